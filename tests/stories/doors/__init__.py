"""Every door by which a version of a story may reach readers, each as a function that goes through it.

A door takes the `World` and returns what it told: the answer's words with where it led, or the exception's.
"""

from collections.abc import Callable

from tests.stories.doors import desk, programs
from tests.stories.doors.world import TYPED, World, what_is_out

__all__ = ["DOORS", "FORMS", "TYPED", "Door", "World", "what_is_out"]
Door = Callable[[World], str]
DOORS: tuple[Door, ...] = (
    desk.publish_button,
    desk.publish_button_over_a_live_story,
    desk.create_and_publish,
    desk.bulk_publish,
    desk.bulk_publish_of_many,
    desk.approval_button,
    desk.approval_in_a_dialog,
    desk.approval_without_scripts,
    desk.schedule,
    desk.schedule_over_a_live_story,
    programs.schedule_by_a_program,
    programs.schedule_in_one_save,
    programs.clock_carries_out_a_schedule,
    programs.api_publish,
    programs.api_create_and_publish,
    programs.api_edit_and_publish,
    programs.api_edit_and_publish_over_a_live_story,
    desk.copy_kept_live,
    desk.copy_of_a_section_kept_live,
    programs.copy_kept_live_by_a_program,
    programs.api_copy,
    programs.api_copy_of_a_section,
    desk.alias,
    programs.alias_by_a_program,
    programs.api_alias,
    desk.alias_made_a_story,
    programs.api_alias_made_a_story,
    programs.alias_follows_its_story,
    desk.revert_and_publish,
    programs.import_with_publication,
    programs.shell_publishes_a_revision,
    programs.shell_publishes_by_the_page,
    programs.shell_saves_it_live,
    programs.shell_saves_it_live_unvalidated,
    programs.shell_saves_the_plain_page_live,
    programs.shell_changes_a_live_story,
    programs.shell_takes_the_byline_off_a_live_story,
    programs.shell_adds_a_live_child,
    programs.action,
)
FORMS = frozenset(
    {
        desk.publish_button,
        desk.publish_button_over_a_live_story,
        desk.create_and_publish,
        desk.approval_button,
        desk.schedule,
        desk.schedule_over_a_live_story,
        desk.revert_and_publish,
    }
)
"""The doors at which somebody has typed something."""
