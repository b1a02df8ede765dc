"""The bytes of pictures, in and out: what a file says it is, its bare pixels, and the small files made of them."""

from gazeti.media.formats.headers import KINDS, Header, Unreadable, header_of, kind_of
from gazeti.media.formats.pixels import Encoded, bare, encoded, resized

__all__ = ["KINDS", "Encoded", "Header", "Unreadable", "bare", "encoded", "header_of", "kind_of", "resized"]
