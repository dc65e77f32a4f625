"""What is drawn on a page of a PDF beside its text: strokes, rectangles and images."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

# A page with more strokes is a drawing, whose strokes do not separate text.
MOST_RULES = 400
# A path of more segments is neither a line nor a rectangle. A page with more of these is a map or a chart.
MOST_SEGMENTS, MOST_DRAWN = 5, 4000
# Objects are searched in forms within forms to this depth.
DEPTH = 3
WANTED = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)


@dataclass
class Drawings:
    """What is drawn on a page, in points from its lower left corner.

    `rules` are left, right and height of thin horizontal strokes, `drawn` the left, right, lower and upper edges of all
    lines and rectangles. `pictured` says that the page has an image.
    """

    rules: list[tuple[float, float, float]] = field(default_factory=list)
    drawn: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictured: bool = False


def read_drawings(page: Any, turn: int) -> Drawings:
    """The drawings of an opened page; of a page that is shown turned, only whether it has an image."""
    found = Drawings()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for kind, item in _objects(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, DEPTH):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.pictured = True
        elif turn == 0 and pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            edges = left.value, right.value, bottom.value, top.value
            if edges[3] - edges[2] < 2.5 and edges[1] - edges[0] > 20:
                found.rules.append((edges[0], edges[1], (edges[2] + edges[3]) / 2))
            if pdfium.FPDFPath_CountSegments(item) <= MOST_SEGMENTS:
                found.drawn.append(edges)
    if len(found.rules) > MOST_RULES:
        found.rules = []
    if len(found.drawn) > MOST_DRAWN:
        found.drawn = []
    return found


def _objects(parent: Any, count: Any, get: Any, depth: int) -> Iterator[tuple[int, Any]]:
    """The kinds and handles of the paths and images of a page or a form, and of the forms in it."""
    for index in range(count(parent)):
        item = get(parent, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind in WANTED:
            yield kind, item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth > 1:
            yield from _objects(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth - 1)
