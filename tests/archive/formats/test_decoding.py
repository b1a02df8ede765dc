"""From bytes to text, or to a sentence."""

import zlib

import pytest

from gazeti.archive.formats.decoding import UnreadableError, decoded
from gazeti.archive.formats.found import Confidence
from tests.archive import pages

FRENCH = (
    "Le ministre a déclaré que l’hôpital rouvrirait à l’été. « C’est fait », a-t-il dit. Économie : 3 000 € de plus.\n"
)


@pytest.mark.parametrize("text", [pages.BRIDGE, pages.SWAHILI, pages.SOMALI, FRENCH])
@pytest.mark.parametrize(
    ("encoding", "confidence"),
    [
        ("utf-8", Confidence.HIGH),
        ("utf-8-sig", Confidence.HIGH),
        ("utf-16", Confidence.HIGH),
        ("cp1252", Confidence.FAIR),
    ],
)
def test_text_comes_back_whole(text: str, encoding: str, confidence: Confidence) -> None:
    found = decoded(text.encode(encoding))
    assert found.value == text
    assert found.confidence is confidence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        ("\u00a0\n".encode(), "is empty"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"PK\x03\x04word/document.xml", "is a packed file or an office document"),
        (b"text\0with a nul", "is binary data"),
        (bytes(1000), "is binary data"),
        (bytes(range(256)) * 20, "is binary data"),
        (zlib.compress(pages.BRIDGE.encode() * 3), "is binary data"),
        (b"\x01\x02\x03" * 30, "is binary data"),
        (b"<!DOCTYPE html><html><body>A story.</body></html>", "is HTML"),
        (pages.BRIDGE.encode("mac_roman"), "is not UTF-8"),
        (pages.BRIDGE.encode() + b"It\x92s here.", "is not UTF-8"),
        ("Kenya’s ".encode() + b"plain words " * 900 + b"It\x92s here.", "is not UTF-8"),
        (pages.BRIDGE.encode() + "Hospital’s".encode()[:-2], "is not UTF-8"),
        ("Справка о погоде на завтра в Найроби".encode("cp1251"), "is not UTF-8"),
        ("قال الوزير إن المستشفى سيفتح".encode("cp1256"), "is not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        decoded(data)


def test_the_sentence_names_the_line_of_the_first_wrong_byte() -> None:
    with pytest.raises(UnreadableError, match="in line 3"):
        decoded("One’s\nTwo\n".encode() + b"Thr\x92ee\n")
