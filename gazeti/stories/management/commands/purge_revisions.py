"""`gazeti manage purge_revisions`: in place of Wagtail's command, which can take what readers see."""

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from wagtail.management.commands import purge_revisions as wagtails

from gazeti.stories.actions.revisions import purge_revisions


class Command(wagtails.Command):
    """Deletes old revisions of pages, never what is live, scheduled, under review or the latest."""

    help = "Delete revisions that nothing stands on: not live, scheduled, under review or the latest of their page."

    def handle(self, *_args: Any, days: int | None, pages: bool, non_pages: bool, **_options: Any) -> None:
        """Delete and say how many. Raises CommandError for a number of days that is none."""
        if days is not None and days < 0:
            raise CommandError("--days counts days back from today: give 0 or more.")
        count = 0
        if pages or not non_pages:
            count += purge_revisions(before=timezone.now() - timedelta(days=days) if days else None)
        if non_pages or not pages:
            count += wagtails.purge_revisions(days=days, pages=False, non_pages=True)[0]
        self.stdout.write(f"{count} revisions deleted.")
