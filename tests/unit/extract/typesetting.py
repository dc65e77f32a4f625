"""Small PDFs made by hand, for tests of how they are read."""

from __future__ import annotations

from dataclasses import dataclass

FONTS = {"roman": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}
WIDTH, HEIGHT = 400, 600


@dataclass
class Piece:
    """A string set at a place, in points from the page's lower left corner; `turn` sets it aslant."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "roman"
    turn: bool = False

    def stream(self) -> bytes:
        """The piece as operators of a content stream."""
        matrix = "0.7 0.7 -0.7 0.7" if self.turn else "1 0 0 1"
        escaped = self.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"BT /{self.font} {self.size} Tf {matrix} {self.x} {self.y} Tm ({escaped}) Tj ET\n".encode("cp1252")


@dataclass
class Rule:
    """A horizontal stroke."""

    left: float
    right: float
    y: float

    def stream(self) -> bytes:
        """The stroke as operators of a content stream."""
        return f"0.4 w {self.left} {self.y} m {self.right} {self.y} l S\n".encode()


@dataclass
class Picture:
    """A grey picture that fills the page."""

    def stream(self) -> bytes:
        """The picture as an inline image."""
        return f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID ".encode() + b"\x80 EI Q\n"


Drawn = Piece | Rule | Picture


def paragraph(
    x: float, y: float, *lines: str, size: float = 10, font: str = "roman", leading: float = 12
) -> list[Drawn]:
    """Lines set one below another."""
    return [Piece(x, y - leading * i, line, size, font) for i, line in enumerate(lines)]


def pdf(*pages: list[Drawn], outline: tuple[str, ...] = (), size: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    """A PDF with these pages, width and height being `size`, and an outline of one level with these titles."""
    fonts = " ".join(f"/{name} {3 + i} 0 R" for i, name in enumerate(FONTS))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    for base in FONTS.values():
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>".encode())
    kids = []
    for page in pages:
        stream = b"".join(item.stream() for item in page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {len(objects)} 0 R "
            f"/Resources << /Font << {fonts} >> >> >>".encode()
        )
    references = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{references}] /Count {len(kids)} >>".encode()
    if outline:
        root, count = len(objects) + 1, len(outline)
        objects[0] = f"<< /Type /Catalog /Pages 2 0 R /Outlines {root} 0 R >>".encode()
        objects.append(f"<< /First {root + 1} 0 R /Last {root + count} 0 R /Count {count} >>".encode())
        for i, title in enumerate(outline, 1):
            follows = f"/Next {root + i + 1} 0 R" if i < count else ""
            objects.append(f"<< /Title ({title}) /Parent {root} 0 R /Dest [{kids[0]} 0 R /Fit] {follows} >>".encode())
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + tail
