"""The addresses below /media/: renditions readers are shown, the desk's files for the desk, originals for nobody."""

from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q
from django.test import Client
from django.urls import NoReverseMatch, reverse

from gazeti.base.models import slots
from gazeti.edge import tags_of
from gazeti.media.models import Picture
from tests.media.pictures import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Picture:
    """A picture that is ready to be shown."""
    return ready()


@pytest.fixture
def is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture is shown on some page, as an app of a higher floor would say; none is without it."""
    monkeypatch.setitem(slots._slots, "picture gate", {"tests": lambda: Q(pk__gt=0)})


@pytest.fixture
def editor(client: Client) -> Client:
    """A client signed in as somebody who may choose pictures at the desk."""
    user = get_user_model().objects.create_user("editor@paper.example", "secret")
    user.groups.add(Group.objects.get(name="Reporters"))
    client.force_login(user)
    return client


def address(picture: Picture, format_: str = "avif") -> str:
    return str(picture.renditions_in(format_)[0]["url"])


@pytest.mark.usefixtures("is_shown")
@pytest.mark.parametrize("format_", ["avif", "webp"])
def test_a_rendition_is_served_for_good_and_the_same_to_everybody(
    client: Client, editor: Client, picture: Picture, media_folder: Path, format_: str
) -> None:
    answer = Client().get(address(picture, format_))
    assert answer.status_code == 200
    assert answer.content == (media_folder / picture.renditions_in(format_)[0]["path"]).read_bytes()
    assert answer["Content-Type"] == f"image/{format_}"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert parsedate_to_datetime(answer["Last-Modified"])
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert tags_of(answer) == {f"picture:{picture.pk}"}
    assert editor.get(address(picture, format_)).content == answer.content


@pytest.mark.usefixtures("is_shown")
def test_a_reader_who_has_it_gets_no_bytes(client: Client, picture: Picture) -> None:
    first = client.get(address(picture))
    for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        again = client.get(address(picture), headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == first["Cache-Control"]
        assert again["ETag"] == first["ETag"]
    assert client.get(address(picture), headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.usefixtures("is_shown")
def test_a_rendition_is_only_read(client: Client, picture: Picture) -> None:
    assert client.head(address(picture)).status_code == 200
    assert client.post(address(picture)).status_code == 405


@pytest.mark.usefixtures("is_shown")
def test_a_path_without_its_file_is_missing(client: Client, picture: Picture, media_folder: Path) -> None:
    (media_folder / picture.renditions_in("avif")[0]["path"]).unlink()
    answer = client.get(address(picture))
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert answer.content == b"There is no such file."


@pytest.mark.usefixtures("is_shown")
def test_a_file_that_no_row_names_is_missing(client: Client, picture: Picture) -> None:
    folder = picture.served[0]["path"].rsplit("/", 1)[0]
    path = default_storage.save(f"{folder}/abcdefgh-480.avif", ContentFile(b"left by a killed run"))
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.usefixtures("is_shown")
def test_a_deleted_picture_is_missing_at_once(client: Client, picture: Picture) -> None:
    url = address(picture)
    picture.delete()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("method", ["get", "head"])
def test_what_nobody_is_shown_is_for_the_desk_alone(
    client: Client, editor: Client, picture: Picture, method: str
) -> None:
    answer = getattr(Client(), method)(address(picture))
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    seen = getattr(editor, method)(address(picture))
    assert (seen.status_code, seen["Cache-Control"]) == (200, "private, no-store")
    reader = get_user_model().objects.create_user("reader@paper.example", "secret")
    client.force_login(reader)
    assert getattr(client, method)(address(picture)).status_code == 404


def test_who_may_enter_the_desk_and_use_no_pictures_is_told_what_readers_are(client: Client, picture: Picture) -> None:
    rendition = picture.get_rendition("max-165x165")
    moderator = get_user_model().objects.create_user("moderator@paper.example", "secret")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(moderator)
    assert client.get(address(picture)).status_code == 404
    assert client.get(rendition.url).status_code == 404
    moderator.groups.add(Group.objects.get(name="Reporters"))
    assert client.get(address(picture)).status_code == 200
    assert client.get(rendition.url).status_code == 200


def test_where_no_app_opens_the_gate_it_is_closed(picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(slots._slots, "picture gate")
    assert Client().get(address(picture)).status_code == 404


@pytest.mark.usefixtures("is_shown")
def test_a_picture_whose_rights_ended_is_gone_and_nobody_keeps_that(editor: Client, picture: Picture) -> None:
    Picture.objects.update(rights_over=True)
    for format_ in ("avif", "webp"):
        answer = Client().get(address(picture, format_))
        assert (answer.status_code, answer["Cache-Control"]) == (410, "no-store")
        assert b"the right to show it has ended" in answer.content
    assert editor.get(address(picture)).status_code == 200


def test_a_closed_picture_tells_nothing_of_its_rights(picture: Picture) -> None:
    Picture.objects.update(rights_over=True)
    assert Client().get(address(picture)).status_code == 404


@pytest.mark.usefixtures("is_shown")
def test_one_query_tells_whether_a_file_may_be_had(picture: Picture, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert Client().get(address(picture)).status_code == 200


def test_no_address_reaches_an_original_a_document_or_an_upload(
    client: Client, editor: Client, picture: Picture
) -> None:
    paths = [
        picture.file.name,
        default_storage.save("documents/budget.pdf", ContentFile(b"%PDF-1.7")),
        default_storage.save("wagtail/uploads/a.jpg", ContentFile(b"upload")),
        default_storage.save("originals/pictures/1/abcdefgh-480.avif", ContentFile(b"nested")),
        default_storage.save("gazeti.db", ContentFile(b"data")),
    ]
    for one in (Client(), editor):
        assert one.get(picture.file.url).status_code == 404
        assert [one.get(f"/media/{path}").status_code for path in paths] == [404] * 5


@pytest.mark.parametrize("up", ["..", "%2e%2e", "%2E.", ".%2e", "..%2f", "..%5c", "....//", "%252e%252e", "..%00"])
@pytest.mark.parametrize("folder", ["pictures/", "pictures/1/", "desk/"])
def test_no_path_climbs_out_of_its_folder(
    client: Client, editor: Client, picture: Picture, folder: str, up: str
) -> None:
    for steps in (up, f"{up}/{up}"):
        answer = editor.get(f"/media/{folder}{steps}/{picture.file.name}")
        assert answer.status_code == 404
        assert b"JFIF" not in answer.content


def test_the_desks_files_are_for_the_desk(client: Client, picture: Picture) -> None:
    url = picture.get_rendition("max-165x165").url
    assert url.startswith("/media/desk/")
    assert client.get(url).status_code == 404
    reader = get_user_model().objects.create_user("reader@paper.example", "secret")
    client.force_login(reader)
    assert client.get(url).status_code == 404


def test_who_may_enter_the_desk_gets_them_and_nobody_keeps_them(editor: Client, picture: Picture) -> None:
    rendition = picture.get_rendition("max-165x165")
    answer = editor.get(rendition.url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "no-store"
    url = rendition.url
    rendition.file.delete(save=False)
    assert editor.get(url).status_code == 404


def test_wagtails_own_way_to_serve_pictures_is_not_there(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("wagtailimages_serve", args=("signature", 1, "original"))
    assert client.get("/images/signature/1/original/").status_code == 404
