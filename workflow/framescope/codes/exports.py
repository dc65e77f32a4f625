"""Codes as annotation tools export them: Label Studio, doccano, INCEpTION."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from framescope.codes.code import Problem, Reading
from framescope.codes.columns import roles_of
from framescope.codes.sheets import Row, Sheet
from framescope.codes.tables import add_code, read_sheet
from framescope.codes.theme_names import ThemeNames

TSV = "#FORMAT=WebAnno TSV"
TOKEN = re.compile(r"^\d+-\d+(\.\d+)?$")
# The number by which WebAnno TSV distinguishes annotations of several tokens or several annotations of one token.
DISTINGUISHED = re.compile(r"(?<!\\)\[\d+\]$")


def read_records(records: list[Row], path: Path, themes: ThemeNames, coder: str) -> Reading:
    """The codes of JSON objects: tasks of Label Studio, or texts with labels as doccano and many programs write them.

    Raises: CodesError if the objects name no sentences and themes.
    """
    tasks = [record for record in records if _is_task(record.cells)]
    others = [record for record in records if not _is_task(record.cells)]
    reading = Reading()
    for task in tasks:
        _read_task(task, themes, reading)
    if others:
        facts = [Row(row.place, _with_facts(row.cells)) for row in others]
        columns = list(dict.fromkeys(key for row in facts for key in row.cells))
        reading.add(read_sheet(Sheet(path.stem, path.name, columns, facts), themes, coder))
    return reading


def _is_task(cells: dict[str, Any]) -> bool:
    return isinstance(cells.get("data"), dict) and ("annotations" in cells or "predictions" in cells)


def _with_facts(cells: dict[str, Any]) -> dict[str, Any]:
    """An object of doccano, whose facts about a text may be in it or in an object called meta or metadata."""
    inner: dict[str, Any] = next((cells[key] for key in ("meta", "metadata") if isinstance(cells.get(key), dict)), {})
    return {**inner, **{key: value for key, value in cells.items() if key not in ("meta", "metadata")}}


def _read_task(task: Row, themes: ThemeNames, reading: Reading) -> None:
    """A task of Label Studio with the annotations of people and the predictions of models, each of which is a coder."""
    data = task.cells["data"]
    roles, _ = roles_of(data)
    roles = {role: column for role, column in roles.items() if role not in ("coder", "theme")}
    given = [("annotator", a.get("completed_by"), a) for a in task.cells.get("annotations") or []]
    given += [("model", p.get("model_version"), p) for p in task.cells.get("predictions") or [] if isinstance(p, dict)]
    for kind, who, answer in given:
        coder = _name(kind, who)
        if answer.get("was_cancelled"):
            reading.problems.append(Problem(task.place, f"{coder} skipped it", "Not used."))
            continue
        values = [part.get("value", {}) for part in answer.get("result") or []]
        cell = [value for value in values if {"choices", "labels", "taxonomy"} & value.keys()]
        add_code(Row(task.place, data), roles, coder, cell, themes, reading)


def _name(kind: str, who: Any) -> str:
    if isinstance(who, dict):
        who = who.get("email") or who.get("username") or who.get("id")
    return f"{kind} {who}" if isinstance(who, int) else str(who or kind)


def is_webanno(text: str) -> bool:
    """Whether a text is in INCEpTION's format WebAnno TSV."""
    return text.removeprefix("\ufeff").startswith(TSV)


def read_webanno(text: str, path: Path, themes: ThemeNames, coder: str) -> Reading:
    """The codes of a document that INCEpTION exported as WebAnno TSV 3: the themes of any token of a sentence.

    A sentence without a theme is one that has none, because a document is coded as a whole.
    """
    reading = Reading()
    sentences = list(_sentences(text.removeprefix("\ufeff")))
    cells = [(column, value) for _, _, rows in sentences for row in rows for column, value in _labels(row)]
    columns = {column for column, value in cells if themes.find(value)}
    if cells and not columns:
        problem = "none of its annotations is a theme of the lexicon"
        reading.problems.append(Problem(path.name, problem, "Name the labels as the themes are named. Not used."))
        return reading
    for number, sentence, rows in sentences:
        labels = [value for row in rows for column, value in _labels(row) if column in columns]
        row = Row(f"{path.name}, line {number}", {"passage": sentence})
        add_code(row, {"passage": "passage"}, coder, labels or "none", themes, reading)
    return reading


def _labels(row: list[str]) -> list[tuple[int, str]]:
    """The values of a token's annotations, each with its column; the first three columns hold the token itself."""
    return [(column, value) for column, cell in enumerate(row[3:]) for value in _values(cell)]


def _sentences(text: str) -> Iterator[tuple[int, str, list[list[str]]]]:
    """The line, the text and the rows of tokens of each sentence."""
    number, parts, rows = 0, list[str](), list[list[str]]()
    for line_number, line in enumerate([*text.splitlines(), "#Text="], 1):
        if line.startswith("#Text="):
            if rows:
                yield number, " ".join(parts), rows
                parts, rows = [], []
            number = number if parts else line_number
            parts.append(_unescaped(line.removeprefix("#Text=")))
        elif line and not line.startswith("#") and TOKEN.match((cells := line.split("\t"))[0]):
            rows.append(cells)


def _values(cell: str) -> Iterable[str]:
    """The values in a cell, which are separated by vertical bars; `_` and `*` mean that there is none.

    >>> list(_values("defence[2]|economy[3]")), list(_values("_"))
    (['defence', 'economy'], [])
    """
    parts = re.split(r"(?<!\\)\|", cell)
    return (_unescaped(DISTINGUISHED.sub("", part)) for part in parts if part not in ("_", "*", ""))


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": " ", "r": " ", "t": " "}.get(found[1], found[1]), text)
