"""A one-page PDF of a title and some lines (ISO 32000-1), for the sample edition's documents."""

import textwrap
from collections.abc import Iterable

WIDTH, HEIGHT = 595, 842  # A4 in points
MARGIN, LEADING, LINE_LENGTH = 60, 18, 78


def sheet_pdf(title: str, lines: Iterable[str], *, language: str = "en") -> bytes:
    """The bytes of a PDF that holds the title and the lines, wrapped; the same words give the same bytes."""
    content = _content(title, lines)
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}) /ViewerPreferences << /DisplayDocTitle true >> >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        b"<< /Title (%b) /Creator (Gazeti) >>" % _text(title),
    ]
    return _file(objects)


def _content(title: str, lines: Iterable[str]) -> bytes:
    top = HEIGHT - MARGIN - LEADING
    shown = [b"BT /F2 18 Tf %d %d Td (%b) Tj" % (MARGIN, top, _text(title)), b"/F1 11 Tf 0 -%d Td" % (LEADING * 2)]
    for line in lines:
        parts = textwrap.wrap(line, LINE_LENGTH, drop_whitespace=False) or [""]
        shown += [b"(%b) Tj 0 -%d Td" % (_text(part), LEADING) for part in parts]
        shown.append(b"0 -%d Td" % (LEADING // 3))
    return b"\n".join([*shown, b"ET"])


def _font(name: str) -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def _text(words: str) -> bytes:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return escaped.encode("cp1252")


def _file(objects: list[bytes]) -> bytes:
    """Objects in order, then the table of where each begins; the last one is the document's information."""
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return out + head + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(out)
