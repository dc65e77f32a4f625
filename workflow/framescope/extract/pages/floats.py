"""Floats: tables, captions and tables of contents, which are not running text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import median

from framescope.extract.pages.headings import CONTENTS, DATE
from framescope.extract.pages.lines import Block, Line, finished, letters

# What tables and figures are called in several languages; in Chinese and Japanese the number follows without a space.
FLOAT = (
    r"(?:figure|fig\.|table|map|chart|graph|box|plate|exhibit|diagram|tableau|graphique|carte|encadré|abbildung|abb\."
    r"|tabelle|karte|figura|tabla|cuadro|gr[aá]fico|mapa|tabela|quadro|tabella|figuur|tabel|grafiek"
    r"|рисунок|рис\.|таблица|график)\s+|[图圖表]表?\s?"
)
CAPTION = re.compile(rf"(?i:{FLOAT})(?:\d+(?:[.-]\d+)*(?![.-]?\d)|[IVX]+|[A-Z]\d*)\s*(?:[.:|–—：]|$|(?=[A-Z“‘]))")
LABEL = re.compile(rf"(?:{FLOAT})[\dIVX]+(?:[.-]\d+)*[a-z]?\s*[.:：]?", re.IGNORECASE)
SOURCE = re.compile(
    r"(?:sources?|notes?|quellen?|anmerkung(?:en)?|fuentes?|notas?|fontes?|fonti?|bron(?:nen)?|источники?|примечани[ея]"
    r"|注释?|註|来源|來源|[资資]料来源|資料來源)\s*[:：]",
    re.IGNORECASE,
)
ENTRY = re.compile(r"\D\s*\b(?:\d{1,4}|[ivxl]{1,6})$")
# Five full stops or fewer without a number are an ellipsis of the author.
LEADERS = re.compile(r"(?:\.\s?){4,}\s*[-–]?\s*(?:\d+|[ivxl]+)\s*[-–]?$|(?:\.\s?){6,}$|(?:…\s?){2,}\s*\d+$")

# What follows a title in a table of contents: leaders and a page number.
PAGE = re.compile(r"[\s.…·]*(?:\b\d{1,4}|\b[ivxl]{1,6})?\s*$")
FEWEST_ENTRIES = 4
# At least this number of pieces in a row, with fewer words than this, are not running text; nor is a block in which
# figures exceed this share of words.
FEWEST_PIECES, LONGEST_PIECE = 3, 14
MOST_FIGURES = 0.6
# The largest median number of words in the cells of a table.
LONGEST_CELL = 4
# The number of rows above and below with whose cells a cell is compared; more distant ones are aligned by chance.
NEAR_ROWS = 3
# A row of a table has fewer lines.
LONGEST_ROW = 20
# Lines longer than this without cells are running text.
LONG = 50


def contents(lines: Sequence[Line], going: bool) -> tuple[int, int]:
    """First line and end of a table of contents in a column; `going` if it continues from the column before."""
    entries = [bool(ENTRY.search(line.plain)) for line in lines]
    start = 0 if going else next((i for i, line in enumerate(lines) if CONTENTS.fullmatch(line.plain)), len(lines))
    if going and sum(entries) < 0.5 * len(entries):
        return 0, 0
    end = start
    while (more := next((i for i in range(end, min(len(lines), end + 4)) if entries[i]), None)) is not None:
        end = more + 1
    return start, end


def without_tables(
    lines: Sequence[Line], rules: Sequence[tuple[float, float, float]]
) -> tuple[list[Line], list[list[Line]]]:
    """A column's lines without tables, and the tables; `rules` are left, right and place of strokes."""
    inside = [False] * len(lines)
    for first, last in [*_ruled(lines, rules), *_runs(lines)]:
        inside[first : last + 1] = [True] * (last + 1 - first)
    kept: list[Line] = []
    tables: list[list[Line]] = []
    for i, line in enumerate(lines):
        if not inside[i]:
            kept.append(line)
        elif i and inside[i - 1]:
            tables[-1].append(line)
        else:
            tables.append([line])
    return kept, tables


def _ruled(lines: Sequence[Line], rules: Sequence[tuple[float, float, float]]) -> list[tuple[int, int]]:
    """First and last line between two successive rules of the same width, if many lines have several cells."""
    found: list[tuple[int, int]] = []
    if not any(line.cells for line in lines):
        return found
    for left, right, place in rules:
        places = [other for a, b, other in rules if abs(a - left) < 3 and abs(b - right) < 3 and other > place + 2]
        within = [i for i, line in enumerate(lines) if places and place < line.top < min(places) + 1]
        running = sum(not lines[i].cells and len(lines[i].text) > LONG for i in within)
        if within and running < 2 and sum(bool(lines[i].cells) for i in within) >= 0.3 * len(within):
            found.append((within[0], within[-1]))
    return found


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """First and last line of runs with at least three lines of several cells in columns, wrapped cells between them.

    A run ends at a caption, after which another table or the text begins.
    """
    rows = [i for i, line in enumerate(lines) if line.cells]

    def near(row: int, after: int) -> bool:
        return after - row <= 3 and not any(CAPTION.match(line.plain) for line in lines[row + 1 : after])

    close = _grouped(rows, near)
    wrapped = _grouped(rows, lambda row, after: near(row, after) or _wrapped(lines[row], lines[row + 1 : after]))
    return [
        (run[0], _row_end(lines, run[-1]))
        for run in [*close, *(run for run in wrapped if run not in close)]
        if len(run) >= 3 and _in_columns([lines[k] for k in run])
    ]


def _grouped(rows: Sequence[int], near: Callable[[int, int], bool]) -> list[list[int]]:
    """Numbers of rows in runs in which each is `near` the one before it."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and near(runs[-1][-1], row):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _row_end(lines: Sequence[Line], row: int) -> int:
    """The last line of a row of a table, with the rest of its wrapped cells."""
    end = row
    while end + 1 < len(lines) and _wrapped(lines[row], lines[row + 1 : end + 2]):
        end += 1
    return end


def _wrapped(row: Line, after: Sequence[Line]) -> bool:
    """Whether all lines after a row of a table begin where one of its cells does, as the rest of that cell."""
    near = 0.4 * row.size if row.size > 1 else 0.5
    return len(after) < LONGEST_ROW and all(
        any(abs(line.left - left) <= near for left, _ in row.cells) for line in after
    )


def _in_columns(rows: Sequence[Line]) -> bool:
    """Whether the cells of rows mostly begin or end below one another.

    Of rows that also end below one another, as justified lines do, nearly all cells must begin so.
    """
    near = 0.4 * rows[0].size if rows[0].size > 1 else 0.5
    begun = aligned = total = 0
    for i, row in enumerate(rows):
        around = rows[max(0, i - NEAR_ROWS) : i + NEAR_ROWS + 1]
        others = [cell for other in around if other is not row for cell in other.cells]
        for left, right in row.cells:
            begins = any(abs(a - left) <= near for a, _ in others)
            total += 1
            begun += begins
            aligned += begins or (right < row.right and any(abs(b - right) <= near for _, b in others))
    edge = max(row.right for row in rows) - 0.1 * rows[0].size
    justified = sum(row.right > edge and not row.text[-1].isdecimal() for row in rows) > 0.5 * len(rows)
    return begun > 0.9 * total if justified else aligned > 0.6 * total


def name_floats(blocks: Sequence[Block], size: float) -> None:
    """Set the kind of captions, small notes and sources, and entries of a table of contents; `size` is the body's."""
    for before, block in zip([None, *blocks], blocks, strict=False):
        if block.kind not in ("prose", "item", "heading"):
            continue
        if sum(bool(LEADERS.search(line.plain)) for line in block.lines) * 2 >= len(block.lines):
            block.kind = "other"
        elif (
            (CAPTION.match(block.plain) and len(block.lines) < 6)
            or (before is not None and before.kind == "caption" and _titles(block, before))
            or (block.lines[0].size < 0.97 * size and _notes(block, before))
        ):
            block.kind = "caption"


def _notes(block: Block, before: Block | None) -> bool:
    """Whether a small block is the note or the source of a figure, or goes on below one."""
    gap = block.lines[0].gap
    goes_on = before is not None and before.kind == "caption" and SOURCE.match(before.plain)
    return bool(SOURCE.match(block.plain)) or bool(goes_on and gap is not None and gap < 1.0)


def _titles(block: Block, before: Block) -> bool:
    """Whether a block below a caption is its title: the caption is a label alone, and the block ends no sentence."""
    labelled = before.kind == "caption" and LABEL.fullmatch(before.plain)
    return bool(labelled) and len(block.lines) < 4 and not finished(block.plain)


def name_contents(blocks: Sequence[Block]) -> None:
    """Set the kind of entries of a table of contents: four blocks or more in a row that headings below repeat."""
    headings = {letters(block.plain): i for i, block in enumerate(blocks) if block.kind == "heading"}
    run: list[Block] = []
    for i, block in enumerate([*blocks, None]):
        if block is not None and headings.get(letters(PAGE.sub("", block.plain)) or "-", -1) > i:
            run.append(block)
            continue
        if len(run) >= FEWEST_ENTRIES:
            for entry in run:
                entry.kind = "other"
        run = []


def name_cells(blocks: Sequence[Block]) -> None:
    """Set the kind of the short pieces that a dump makes of cells of a table: five or more, or three after a caption.

    Without a caption, pieces with as many words as a line of verse are text.
    """
    start = 0
    for i, block in enumerate([*blocks, None]):
        if block is not None and _is_cell(block):
            continue
        run = blocks[start:i]
        captioned = any(CAPTION.match(blocks[j].plain) for j in range(max(0, start - 1), min(i, start + 1)))
        brief = bool(run) and median(len(cell.plain.split()) for cell in run) <= LONGEST_CELL
        if start > 2 and len(run) >= (3 if captioned else 5) and (captioned or brief):
            for cell in run:
                cell.kind = "caption" if CAPTION.match(cell.plain) else "table"
        start = i + 1


def name_fragments(blocks: Sequence[Block], size: float) -> None:
    """Set the kind of the short pieces of tables and charts on a typeset page: rows of figures, labels and cells.

    A piece is short and does not end a sentence. Three in a row are not running text if they are smaller than the body,
    whose type size is `size`, or if a caption, a table or a row of figures is among them or next to them.
    """
    for block in blocks:
        if block.kind in ("prose", "item", "quote") and _is_figures(block, size):
            block.kind = "table"
    start = 0
    ends: list[Block | None] = [*blocks, None]
    for i, end in enumerate(ends):
        if end is not None and (_is_piece(end) or end.kind == "table"):
            continue
        run = [piece for piece in blocks[start:i] if piece.kind != "table"]
        beside = blocks[max(0, start - 1) : i + 1]
        small = all(line.size < 0.97 * size for piece in run for line in piece.lines)
        if len(run) >= FEWEST_PIECES and (small or any(other.kind in ("caption", "table") for other in beside)):
            for piece in run:
                piece.kind = "table"
        start = i + 1


def _is_figures(block: Block, size: float) -> bool:
    """Whether most words of a block are figures, or the only one if it is small, and it does not end a sentence."""
    words = block.plain.split()
    figures = sum(any(map(str.isdigit, word)) or word in "–—-+%" for word in words)
    if DATE.fullmatch(block.plain):
        return False
    fewest = 1 if block.lines[0].size < 0.97 * size else 2
    return len(words) >= fewest and figures > MOST_FIGURES * len(words) and not finished(block.plain)


def _is_piece(block: Block) -> bool:
    text = block.plain
    short = len(text.split()) < LONGEST_PIECE and not finished(text) and not text.endswith(",")
    return block.kind in ("prose", "quote") and short


def _is_cell(block: Block) -> bool:
    text = block.plain
    return block.kind == "prose" and len(block.lines) < 4 and len(text) < 80 and not finished(text)
