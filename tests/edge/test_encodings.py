"""Which coding a client is sent, and that its bytes are the body's, smaller and the same each time."""

import gzip
from random import Random

import brotli
import pytest
import zstandard

from gazeti.edge.encodings import chosen, encoded

ALL = ("br", "zstd", "gzip", "identity")
PAGE = b"<!doctype html><p>The footbridge opens on Thursday, the county engineer said.</p>" * 60


@pytest.mark.parametrize(
    ("accepts", "sent"),
    [
        (None, "identity"),
        (b"", "identity"),
        (b"gzip", "gzip"),
        (b"gzip, deflate, br, zstd", "br"),
        (b"gzip, deflate, br", "br"),
        (b"zstd, gzip", "zstd"),
        (b"GZIP", "gzip"),
        (b"x-gzip", "gzip"),
        (b"deflate", "identity"),
        (b"*", "br"),
        (b"br;q=0, *", "zstd"),
        (b"br;q=0.2, gzip;q=0.8", "gzip"),
        (b"br ; q=0.5 , gzip ; Q=0.500", "br"),
        (b"gzip;q=0", "identity"),
        (b"gzip;q=0.000, br;q=0.0", "identity"),
        (b"gzip;q=0.001", "gzip"),
        (b"identity", "identity"),
        (b"identity, gzip;q=0.5", "identity"),
        (b"identity;q=0.5, gzip", "gzip"),
        (b"identity;q=0, gzip", "gzip"),
        (b"identity;q=0", None),
        (b"*;q=0", None),
        (b"*;q=0, identity", "identity"),
        (b"*;q=0, gzip;q=0.1", "gzip"),
        (b"gzip;q=2", "identity"),
        (b"gzip;q=-1, br;q=abc, zstd;level=3", "identity"),
        (b",, gzip ,", "gzip"),
        (b"\xff\xfe, br", "br"),
    ],
)
def test_the_coding_is_the_one_that_the_client_weighs_most(accepts: bytes | None, sent: str | None) -> None:
    assert chosen(accepts, ALL) == sent


def test_of_codings_weighed_the_same_the_first_available_is_sent() -> None:
    assert chosen(b"gzip, br, zstd", ("gzip", "br", "identity")) == "gzip"


def test_what_is_not_available_is_not_sent() -> None:
    assert chosen(b"br, zstd", ("gzip", "identity")) == "identity"
    assert chosen(b"gzip", ("identity",)) == "identity"
    assert chosen(b"gzip", ()) is None


def test_a_page_is_smaller_in_each_coding_and_the_smallest_comes_first() -> None:
    bodies = encoded(PAGE, b"text/html; charset=utf-8")
    assert set(bodies) == set(ALL)
    assert [len(body) for body in bodies.values()] == sorted(len(body) for body in bodies.values())
    assert list(bodies)[-1] == "identity"
    assert brotli.decompress(bodies["br"]) == gzip.decompress(bodies["gzip"]) == bodies["identity"] == PAGE
    assert zstandard.decompress(bodies["zstd"]) == PAGE


def test_the_bytes_are_the_same_each_time() -> None:
    bodies = encoded(PAGE, b"text/html")
    assert bodies == encoded(PAGE, b"text/html")
    assert bodies["gzip"][4:8] == bytes(4)  # gzip's place for the time (RFC 1952, 2.3.1)


@pytest.mark.parametrize(
    "kind", [b"image/avif", b"image/webp", b"application/pdf", b"font/woff2", b"application/zip", b"video/mp4", b"",
             b"text/event-stream"]
)  # fmt: skip
def test_what_is_compressed_already_stays_as_it_is(kind: bytes) -> None:
    assert encoded(PAGE, kind) == {"identity": PAGE}


@pytest.mark.parametrize(
    "kind",
    [b"text/css", b"TEXT/HTML", b"application/json", b"application/javascript", b"image/svg+xml", b"font/ttf",
     b"application/rss+xml; charset=utf-8", b"application/feed+json", b"application/wasm", b"image/x-icon",
     b"application/manifest+json"],
)  # fmt: skip
def test_text_of_every_kind_is_compressed(kind: bytes) -> None:
    assert "gzip" in encoded(PAGE, kind)


def test_a_short_body_and_one_that_would_grow_stay_as_they_are() -> None:
    short, noise = PAGE[:199], Random(3).randbytes(5_000)
    assert encoded(short, b"text/plain") == {"identity": short}
    assert encoded(noise, b"text/plain") == {"identity": noise}
