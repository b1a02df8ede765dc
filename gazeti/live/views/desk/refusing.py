"""What is not taken yet: each reason at its field, for a person with all that they typed, for a script as a problem."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from gazeti.live.actions import NotReady, Refused, WasRefused
from gazeti.live.forms import TextForm, UpdateForm
from gazeti.live.views.desk.doors import is_a_program, problem
from gazeti.media.actions import PictureRefused
from gazeti.stories.rules import Finding

UNFIT, OVERTAKEN, GONE = 422, 409, 410
AT = {"alt": "alt", "alt_adds": "alt", "credit": "credit", "rights": "picture"}
"""The form's field where a rule's reason stands."""


class Unfit(Exception):
    """Nothing was written. `words` say why, where the form's own errors do not; `facts` are told to scripts."""

    def __init__(self, words: Promise | str = "", *, status: int = UNFIT, **facts: Any) -> None:
        """Keep what is to be said."""
        super().__init__(str(words))
        self.words, self.status, self.facts = words, status, facts


@contextmanager
def told_why(form: TextForm) -> Iterator[None]:
    """Put the reasons of whatever is refused to the fields that mend it. Raises Unfit."""
    try:
        yield
    except PictureRefused as refusal:
        form.add_error("picture", str(refusal))
        raise Unfit from refusal
    except NotReady as refusal:
        for finding in refusal.findings:
            form.add_error(_field(form, finding), finding.sentence)
        raise Unfit from refusal
    except Refused as refusal:
        status = GONE if isinstance(refusal, WasRefused) else OVERTAKEN
        raise Unfit(str(refusal), status=status) from refusal


def refusal_of(
    request: HttpRequest, form: TextForm, unfit: Unfit, *, again: Callable[..., HttpResponse]
) -> HttpResponse:
    """The answer: the same page, or a problem: `errors` by field, `kept` a picture that need not come again."""
    if not is_a_program(request):
        return again(status=unfit.status, told=str(unfit.words))
    errors = {name: [str(one) for one in reasons] for name, reasons in form.errors.items()}
    sentences = [str(unfit.words), *(one for reasons in errors.values() for one in reasons)]
    kept = form.kept_now if isinstance(form, UpdateForm) else None
    detail = " ".join(one for one in sentences if one)
    return problem(detail, status=unfit.status, errors=errors, kept=kept, **unfit.facts)


def _field(form: TextForm, finding: Finding) -> str:
    name = AT.get(finding.rule, finding.field)
    return name if name in form.fields else "text"
