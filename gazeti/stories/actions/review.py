"""Handing a story in for review."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from wagtail.models import WorkflowState

from gazeti.stories.actions.refuse import refuse_unready
from gazeti.stories.models import Story


@transaction.atomic
def submit_story(story: Story, *, now: datetime, by: AbstractBaseUser) -> bool:
    """Hand the latest version of a story in; one that was sent back goes on in the review that it was in.

    False, and nothing written, where it is in review already or no review is set up. Raises NotReady with the reasons.
    """
    workflow, state = story.get_workflow(), story.current_workflow_state
    if workflow is None or (state and state.status == WorkflowState.STATUS_IN_PROGRESS):
        return False
    refuse_unready(story.get_latest_revision_as_object(), now=now)
    if state:
        state.resume(by)
    else:
        workflow.start(story, by)
    return True
