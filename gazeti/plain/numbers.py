"""Numbers as people read them."""

from babel.numbers import format_decimal

from gazeti.plain.dates import locale_of

STEPS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


def file_size(size: int, *, language: str) -> str:
    """A size in bytes as "24 kB": decimal units (SI), one digit after the point from a megabyte on."""
    locale = locale_of(language)
    for step, unit in STEPS:
        if size >= step:
            pattern = "#,##0" if step == 1_000 else "#,##0.#"
            return f"{format_decimal(size / step, format=pattern, locale=locale)} {unit}"
    return f"{format_decimal(size, locale=locale)} B"
