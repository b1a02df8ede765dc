"""Our own lists to start with, in English, Swahili, Somali and Sheng: the text files in this folder."""

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent


def starter_words(kind: str, *, is_used: bool = True) -> tuple[str, ...]:
    """The words of ours that are "banned" or "suspect"; none where the newsroom does not use them."""
    return _lines(kind) if is_used else ()


@lru_cache(maxsize=4)
def _lines(kind: str) -> tuple[str, ...]:
    lines = (line.strip() for path in sorted(FOLDER.glob(f"{kind}-*.txt")) for line in _text(path).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
