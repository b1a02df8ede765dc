"""The comments' place among Django's applications."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """What readers say, and who decides about it."""

    name = "gazeti.comments"
    label = "gazeti_comments"
    verbose_name = "Comments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows the policy, and give the clock its jobs."""
        from gazeti.comments import receivers  # noqa: F401 (connecting is what the import is for)

        give_clock_its_jobs()
        follow_what_appears()


def give_clock_its_jobs() -> None:
    """Let the clock close discussions, forget what was promised, count, and write to whoever must know."""
    from gazeti.comments.actions import alarm, close, count, forget
    from gazeti.comments.queries import alarms, closing, forgetting, numbers
    from gazeti.comments.tasks.alarms import tell_moderators, tell_outcome
    from gazeti.log.clock import register

    register("comments closing", due=closing.aged_due, carry_out=close.close_aged)
    register("comments modes", due=closing.modes_ending, carry_out=close.end_mode)
    register("comments forgotten", due=forgetting.forgetting_due, carry_out=forget.forget_overdue)
    register("comments counted", due=numbers.numbers_due, carry_out=count.count_numbers)
    register("comments waiting", due=alarms.alarm_due, carry_out=alarm.raise_alarm, follow=tell_moderators)
    register("notices answered", due=alarms.answers_due, carry_out=alarm.answer_notice, follow=tell_outcome)


def follow_what_appears() -> None:
    """Let readers be written to of what they follow, and see what is kept of them on their own page."""
    from gazeti.base.models import fill
    from gazeti.comments.actions.following import drop_appearances, note_appearances, take_news
    from gazeti.comments.actions.states import DISCUSSED
    from gazeti.comments.queries.following import appearances_due, follows_due
    from gazeti.comments.tasks.following import tell_follower
    from gazeti.comments.views.account import account_part
    from gazeti.log import clock, followers

    fill("account", "comments", account_part)
    followers.register("followed discussions", note_appearances, streams=[DISCUSSED])
    clock.register("followers told", due=follows_due, carry_out=take_news, follow=tell_follower)
    clock.register("appearances forgotten", due=appearances_due, carry_out=drop_appearances)
