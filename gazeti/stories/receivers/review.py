"""What guards and what follows a submission: it is ready, and whoever it concerns gets a letter.

Wagtail's own notices are sent while the transaction is open; these are kept in it, and a task sends each.
"""

from typing import Any

from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.mail import (
    EmailNotificationMixin,
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from gazeti.accounts.actions import keep_letter
from gazeti.accounts.tasks import send_letter
from gazeti.stories.actions import refuse_unready
from gazeti.stories.models import EditorReview, Story


@receiver(task_submitted, sender=TaskState, dispatch_uid="stories.handed_in")
def story_handed_in(instance: TaskState, **_signal: Any) -> None:
    """Refuse a story that could not go out, by whichever door it is handed in."""
    if isinstance(instance.task.specific, EditorReview):
        version = instance.revision.as_object()
        if isinstance(version, Story):
            refuse_unready(version, now=timezone.now())


class Letters(EmailNotificationMixin):
    """Keeps what Wagtail would send at once, in the language of whoever gets it."""

    letter = ""

    def get_template_set(self, instance: Any, **_facts: Any) -> dict[str, str]:
        """Our words."""
        return {part: f"stories/desk/mail/{self.letter}_{part}.txt" for part in ("subject", "text")}

    def send_notifications(
        self, template_set: dict[str, str], context: dict[str, Any], recipients: Any, **_facts: Any
    ) -> bool:
        """One letter for each."""
        for person in sorted(recipients, key=lambda one: one.pk):
            facts = {**context, "user": person}
            with override(person.wagtail_userprofile.get_preferred_language()):
                subject, body = (render_to_string(template_set[part], facts).strip() for part in ("subject", "text"))
            letter = keep_letter(to=person.email, subject=subject, body=body, now=timezone.now())
            send_letter.enqueue(letter.pk)
        return True


class Submitted(Letters, GroupApprovalTaskStateSubmissionEmailNotifier):
    """To all who may approve it, but not to whoever submitted."""

    letter = "submitted"


class Approved(Letters, WorkflowStateApprovalEmailNotifier):
    """To whoever submitted, unless they approved it themselves."""

    letter = "approved"


class SentBack(Letters, WorkflowStateRejectionEmailNotifier):
    """To whoever submitted, with the editor's comment."""

    letter = "sent_back"


def nobody(**_signal: Any) -> None:
    """The start of a workflow tells nobody: its first step does."""


# Under the names of Wagtail's own, which connects later and leaves a name alone that is taken.
submitted, approved, sent_back = Submitted(), Approved(), SentBack()
task_submitted.connect(submitted, sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
workflow_submitted.connect(nobody, sender=WorkflowState, dispatch_uid="workflow_state_submitted_email_notification")
workflow_approved.connect(approved, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification")
workflow_rejected.connect(sent_back, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification")
