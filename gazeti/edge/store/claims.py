"""Claims: one process of this machine renders an address while the others wait. The kernel frees a dead holder's.

A claim is a lock (flock) on a file of its own, which its holder takes away before letting go.
"""

import fcntl
import hashlib
import os
from contextlib import suppress
from pathlib import Path


class Claim:
    """The right to render one address on this machine; without a file where the disk gave none."""

    def __init__(self, path: Path | None = None, descriptor: int = -1) -> None:
        """Hold this lock."""
        self.path, self.descriptor = path, descriptor

    def release(self) -> None:
        """Let others have it; a second time is nothing."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor < 0 or self.path is None:
            return
        with suppress(OSError):
            self.path.unlink()
        os.close(descriptor)


def claimed(folder: Path, key: str) -> Claim | None:
    """The claim for a key, None while another holds it. A disk that refuses gives everybody a claim: nobody waits."""
    path = folder / hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
    try:
        descriptor = _locked(path)
    except BlockingIOError:
        return None
    except OSError:
        return Claim()
    if _is_at(path, descriptor):
        return Claim(path, descriptor)
    # Its holder took the file away between our two steps: what we locked is nobody's lock any more. Ask again soon.
    os.close(descriptor)
    return None


def _locked(path: Path) -> int:
    """The descriptor of a file that this process has locked now. Raises BlockingIOError where another has."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _is_at(path: Path, descriptor: int) -> bool:
    with suppress(OSError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False
