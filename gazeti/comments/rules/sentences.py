"""What each rule is called: to all readers, to the writer it meets, to moderators; in the order of the policy."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from gazeti.comments.rules.names import Rule
from gazeti.stories.rules.marked import gettext_noop as _


class Sentences(NamedTuple):
    """One rule in three voices, to be translated where they are shown."""

    policy: str
    """For all, before anybody writes."""
    writer: str
    """Kindly, to whoever meets it; the words it found are shown beside it."""
    moderator: str
    """Why the comment is here."""


SENTENCES: Mapping[str, Sentences] = MappingProxyType(
    {
        Rule.CLOSED: Sentences(
            _("Nothing is added to a discussion that is closed."),
            _("This discussion is closed, so your comment could not be added. What was said stays here to read."),
            _("It came when the discussion was closed."),
        ),
        Rule.BANNED: Sentences(
            _("Whom a moderator has banned cannot comment."),
            _("A moderator has closed commenting for you, so this comment is not shown. You can ask the newsroom why."),
            _("Its writer is banned."),
        ),
        Rule.SUSPENDED: Sentences(
            _("Whom a moderator has suspended cannot comment until that time is over."),
            _("A moderator has asked you to pause for a while, so this comment is not shown. You are welcome after."),
            _("Its writer was suspended when it came."),
        ),
        Rule.NEWSROOM: Sentences(
            _("Comments of the newsroom's own people are published at once and carry their role."),
            _("You write for the paper: your comment is published."),
            _("Its writer belongs to the newsroom."),
        ),
        Rule.REPEATED: Sentences(
            _("The same words are taken once a day."),
            _("The same words were sent here within the last day, so they are not shown twice."),
            _("The same words were sent within the last day."),
        ),
        Rule.TRAP_FILLED: Sentences(
            _("What fills in a field that people do not see is taken for a robot's."),
            _(
                "A field that nobody sees was filled in, as robots do, so your comment was put aside. Please "
                "send it again by hand."
            ),
            _("A field that people do not see was filled in."),
        ),
        Rule.TRAP_FORGED: Sentences(
            _("What comes with a forged form is taken for a robot's."),
            _(
                "The form did not come from this site as we sent it, so your comment was put aside. Please "
                "open the page anew and send it again."
            ),
            _("The time in its form is forged."),
        ),
        Rule.BANNED_WORDS: Sentences(
            _("A comment with a word that hurts people is refused; the word is named to its writer."),
            _("These words are not printed here. You can say what you mean without them and send it again."),
            _("It has words that are banned."),
        ),
        Rule.MUTED: Sentences(
            _("What somebody writes whom a moderator has muted is read before it is shown."),
            _("A moderator reads your comments before they are shown. This one waits for that."),
            _("Its writer is muted."),
        ),
        Rule.NEWSROOM_NAME: Sentences(
            _("A comment under a name of the newsroom's people, from somebody else, is read before it is shown."),
            _("Somebody in our newsroom has this name, so a moderator looks first. If it is yours too, all is well."),
            _("It comes under a name of the newsroom's people, from somebody else."),
        ),
        Rule.LINKS: Sentences(
            _("A comment with many links is read before it is shown."),
            _("Your comment has more links than are shown at once, so a moderator looks at them first."),
            _("It has more links than are allowed, or one in its name."),
        ),
        Rule.ADVERTISING: Sentences(
            _("A comment that seems to advertise is read before it is shown."),
            _("These words look like advertising to us, so a moderator reads your comment first."),
            _("It seems to advertise."),
        ),
        Rule.SUSPECT_WORDS: Sentences(
            _("A comment with a word that often hurts people is read before it is shown."),
            _("These words can hurt, so a moderator reads your comment first. There may be nothing wrong with it."),
            _("It has words to look at twice."),
        ),
        Rule.TOO_FAST: Sentences(
            _("A comment sent within seconds of another is read before it is shown."),
            _(
                "Your comment came very soon after the one before, so a moderator reads it first. You need "
                "not send it again."
            ),
            _("It came within seconds of another from there."),
        ),
        Rule.TRAP_FALLEN: Sentences(
            _("What comes from where a robot's address was asked for just before is read before it is shown."),
            _(
                "Somebody who uses the same connection, or you, followed a link that only robots look for, so a "
                "moderator reads your comment first. You need not send it again."
            ),
            _("Its sender, or somebody beside them, had asked for an address that only robots look for."),
        ),
        Rule.FORM_FAST: Sentences(
            _("What is sent the moment the form is shown is read first."),
            _("Your comment came faster than people type, so a moderator reads it first. You need not send it again."),
            _("The form came back within three seconds."),
        ),
        Rule.FORM_STALE: Sentences(
            _("What is sent with a form of the day before is read first."),
            _(
                "The page had been open for over a day, so a moderator reads your comment first. You need not "
                "send it again."
            ),
            _("The form came back after more than a day."),
        ),
        Rule.FORM_UNSTAMPED: Sentences(
            _("What is sent without the form that we gave is read first."),
            _("The form came without the time at which we showed it, so a moderator reads your comment first."),
            _("It came without our form, perhaps from a program."),
        ),
        Rule.NO_WORK: Sentences(
            _("What comes from a browser without script, from somebody not signed in, is read before it is shown."),
            _(
                "Your browser could not show us that it is no robot: it may run no script. So a moderator "
                "reads your comment first. Of whoever is signed in this is not asked."
            ),
            _("Its browser did no proof of work: no script runs there, or it is a robot."),
        ),
        Rule.FIRST_TIME: Sentences(
            _("The first comment of each reader is read before it is shown."),
            _("This is your first comment here, so a moderator reads it before others do. Welcome!"),
            _("Its writer has had no comment published here before."),
        ),
        Rule.MODE: Sentences(
            _("Under some stories every comment is read before it is shown."),
            _("Under this story a moderator reads every comment before it is shown."),
            _("Under this story, or in its section, all comments wait."),
        ),
        Rule.PASSED: Sentences(
            _("Every other comment is published at once."),
            _("Your comment is published."),
            _("No rule found anything."),
        ),
    }
)
