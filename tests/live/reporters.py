"""What tests of the live desk share: reporters who are signed in, and forms as the desk's pages send them."""

import re
from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from gazeti.live.models import Coverage
from tests.stories.roles import person, signed_in

DESK = "/desk/live/"
JSON = {"accept": "application/json"}


def reporter(name: str = "zawadi", *, role: str = "Reporters") -> Client:
    """A reporter of that name, signed in."""
    return signed_in(person(role, name=name, first_name=name.title(), last_name="Otieno"))


def screen_of(coverage: Coverage) -> str:
    """The address of a coverage's screen."""
    return f"{DESK}{coverage.pk}/"


def post(client: Client, coverage: Coverage, text: str = "Traders crossed it first.", **fields: Any) -> HttpResponse:
    """Send the form of a screen."""
    return client.post(f"{screen_of(coverage)}updates/", {"text": text, **fields})


def send(client: Client, coverage: Coverage, text: str = "Traders crossed it first.", **fields: Any) -> HttpResponse:
    """Send it as the screen's script does."""
    return client.post(f"{screen_of(coverage)}updates/", {"text": text, **fields}, headers=JSON)


def photograph(name: str = "bridge.jpg", size: tuple[int, int] = (1300, 867)) -> SimpleUploadedFile:
    """A picture as a phone sends it."""
    file = BytesIO()
    Image.new("RGB", size, "#967").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


def page_of(response: HttpResponse) -> BeautifulSoup:
    """The answer's page."""
    return BeautifulSoup(response.content, "html.parser")


def typed_in(page: BeautifulSoup) -> dict[str, str]:
    """What a page's form would send as it stands, files apart."""
    form = page.select_one("form.post")
    assert form is not None
    fields = {one["name"]: one.get("value", "") for one in form.select("input[name]") if one.get("type") != "file"}
    for tick in form.select("input[type=checkbox]"):
        fields.pop(tick["name"]) if not tick.has_attr("checked") else fields.update({tick["name"]: "on"})
    texts = {one["name"]: re.sub(r"^\n", "", one.get_text()) for one in form.select("textarea")}
    return {**fields, **texts}
