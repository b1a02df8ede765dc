"""`gazeti manage publish_scheduled`: one tick of the clock, in place of Wagtail's command that stops at a failure."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gazeti.log import clock
from gazeti.stories.queries.due import expiries_due, not_out, schedules_due


class Command(BaseCommand):
    """Does what is due now, each by itself, unless the clock of `gazeti serve` is at work."""

    help = "Do everything that is due by time. `gazeti serve` does so by itself; nobody needs to run this every minute."

    def add_arguments(self, parser: CommandParser) -> None:
        """Wagtail's option, spelt as there."""
        parser.add_argument("--dryrun", action="store_true", help="Say what is due, and change nothing.")

    def handle(self, *_args: Any, dryrun: bool, **_options: Any) -> None:
        """Tick once and say what was done. Raises CommandError if something failed."""
        now = timezone.now()
        if dryrun:
            coming, going = len(schedules_due(now=now)), len(expiries_due(now=now))
            self.stdout.write(f"{coming} to be published, {going} to be taken back.")
            return
        ticked = clock.tick(now=now)
        clock.give_up(now=timezone.now())
        if not ticked.is_ours:
            self.stdout.write("The clock of `gazeti serve` is at work and does this by itself.")
            return
        self.stdout.write(f"{len(ticked.done)} done, {len(ticked.failed)} failed.")
        if ticked.failed:
            raise CommandError("\n".join(f"{one.title or one.job}: {' '.join(one.sentences)}" for one in not_out()))
