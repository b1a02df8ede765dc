"""The one file of a backup: a tar whose last member seals it, so that a missing end or a changed bit is found.

Plain Python over streams, in bounded memory; what the members hold is for others to know.
"""

import hashlib
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import IO, NamedTuple, Protocol

from gazeti.cli.failures import Failure

FIRST = "gazeti-backup.json"
"""The first member's name: a tar begins with it, so these are also the first bytes of every backup."""
SUMS, SEAL = "sha256sums", "seal"
BLOCK = 512
"""Bytes to which a tar fills its members up (POSIX pax, ustar)."""
CHUNK = 1 << 20


class Source(Protocol):
    """Bytes to be read once."""

    def read(self, size: int, /) -> bytes:
        """At most so many; none at the end."""


class Target(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object:
        """Take all of them."""


class Member(NamedTuple):
    """A file in a backup, to be read before the next is asked for."""

    name: str
    size: int
    file: IO[bytes]


class Hashing:
    """Reads through, and knows the checksum of what was read."""

    def __init__(self, source: Source) -> None:
        """Begin with nothing read."""
        self.source, self.digest = source, hashlib.sha256()

    def read(self, size: int = CHUNK) -> bytes:
        """Read on."""
        data = self.source.read(size)
        self.digest.update(data)
        return data


class Sealing:
    """Writes members into a stream and at last the seal over every byte before it."""

    def __init__(self, out: IO[bytes]) -> None:
        """Begin a backup at the stream's beginning."""
        self.out, self.length, self.digest = out, 0, hashlib.sha256()
        self.sums: dict[str, str] = {}
        self.tar = tarfile.TarFile(mode="w", fileobj=self, format=tarfile.PAX_FORMAT)  # type: ignore[arg-type]

    def write(self, data: bytes) -> int:
        """What the tar writes."""
        self.out.write(data)
        self.digest.update(data)
        self.length += len(data)
        return len(data)

    def tell(self) -> int:
        """Where the tar is."""
        return self.length

    def add(self, name: str, source: Source, *, size: int, at: float = 0) -> str:
        """Add a file of exactly so many bytes, last changed at that Unix time; its SHA-256. Raises Failure."""
        info, counted = tarfile.TarInfo(name), Hashing(source)
        info.size, info.mtime, info.mode = size, int(at), 0o600
        try:
            self.tar.addfile(info, counted)
        except OSError as error:
            if error.errno is not None:
                raise
            raise Failure(f"{name} became shorter while it was read. Run the backup again.") from error
        self.tar.members.clear()  # type: ignore[attr-defined]  # it would keep one of each file to its end
        self.sums[name] = counted.digest.hexdigest()
        return self.sums[name]

    def add_text(self, name: str, text: str, *, at: float = 0) -> None:
        """Add a text in UTF-8."""
        data = text.encode()
        self.add(name, BytesIO(data), size=len(data), at=at)

    def close(self) -> None:
        """Add the members' checksums, as `sha256sum --check` reads them, and the seal."""
        self.add_text(SUMS, "".join(f"{digest}  {name}\n" for name, digest in self.sums.items()))
        self.out.write(seal_of(self.digest.hexdigest()))


class Unsealing:
    """Reads a backup from its beginning, keeping back what would be its seal."""

    def __init__(self, source: Source, *, name: str) -> None:
        """Take the stream, and what to call it."""
        self.source, self.name = source, name
        self.digest, self.held, self.is_over = hashlib.sha256(), bytearray(), False
        self.beginning = b""

    def read(self, size: int = CHUNK) -> bytes:
        """What the tar reads: all but the seal."""
        while not self.is_over and len(self.held) < size + LENGTH_OF_SEAL:
            part = self.source.read(CHUNK)
            self.is_over = not part
            self.held += part
        self.beginning = self.beginning or bytes(self.held[: len(FIRST)])
        ready = max(0, min(size, len(self.held) - LENGTH_OF_SEAL))
        given = bytes(self.held[:ready])
        del self.held[:ready]
        self.digest.update(given)
        return given

    def members(self) -> Iterator[Member]:
        """The files in their order, each once. Raises Failure for what is not whole, at the end if not before."""
        with self.told(), tarfile.open(fileobj=self, mode="r|", encoding="utf-8") as tar:  # type: ignore[call-overload]
            yield from self._each(tar)
        self.check()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell in a sentence why a backup cannot be read on, or a member of it. Raises Failure."""
        try:
            yield
        except (tarfile.TarError, EOFError, UnicodeError, ValueError, OverflowError) as error:
            self.check()
            raise Failure(f"{self.name} cannot be read ({error}). Restore another backup.") from error

    def check(self) -> None:
        """Read what is left, and compare all with the seal. Raises Failure with a sentence."""
        while self.read():
            pass
        if bytes(self.held) != seal_of(self.digest.hexdigest()):
            raise Failure(self._what_is_wrong())

    def _what_is_wrong(self) -> str:
        if self.beginning != FIRST.encode():
            return f"{self.name} is no backup of Gazeti, or its beginning is damaged."
        if self.held.startswith(f"{SEAL}\0".encode()):
            return f"{self.name} is damaged: its bytes are not those that were written. Restore another backup."
        return f"{self.name} is not whole: its end is missing. Restore another backup."

    @staticmethod
    def _each(tar: tarfile.TarFile) -> Iterator[Member]:
        while info := tar.next():
            file = tar.extractfile(info)
            # Nothing else is ever written: no link or device, nor a file whose size is not that of its bytes.
            if file is None or info.issparse():
                raise tarfile.ReadError(f"{info.name} is no plain file")
            yield Member(info.name, info.size, file)
            tar.members.clear()  # type: ignore[attr-defined]  # it would keep one of each file to its end


def seal_of(digest: str) -> bytes:
    """The last bytes of a backup: a member that holds the checksum of all before, and the end of the tar."""
    info = tarfile.TarInfo(SEAL)
    info.size, info.mode = len(digest) + 1, 0o600
    text = f"{digest}\n".encode("ascii")
    return info.tobuf(tarfile.USTAR_FORMAT) + text.ljust(BLOCK, b"\0") + bytes(2 * BLOCK)


LENGTH_OF_SEAL = len(seal_of(hashlib.sha256().hexdigest()))


def begins_as_backup(file: IO[bytes]) -> bool:
    """Whether a file begins as a backup does; it is left at its beginning where it can be."""
    is_one = file.read(len(FIRST)) == FIRST.encode()
    with suppress(OSError):
        file.seek(0)
    return is_one


def copied(source: Source, target: Target) -> None:
    """Copy all that is left of one into the other."""
    while part := source.read(CHUNK):
        target.write(part)
