"""The sentences or paragraphs of a study to which codes refer."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

import pandas as pd

from framescope.codes.code import Code, Problem, Reading
from framescope.codes.sheets import Row, Sheet
from framescope.codes.tables import read_sheet
from framescope.codes.theme_names import ThemeNames
from framescope.compare.coders.rounds import combined_weights
from framescope.identifiers import slug
from framescope.problems import nearest

ROWS = ["document", "unit", "coder", "theme", "weight", "round"]
CHANGED = "Draw the sample again, or correct the row: the text of the study may have changed. Not used."


@dataclass(frozen=True)
class Coded:
    """Codes found in a study: `rows` has document, unit, coder, theme, weight and round.

    A unit is a sentence or paragraph; `kind` names the column the units are numbered in. A unit coded with nothing has
    a row with an empty theme.
    `problems` says which parts of the files are not used, or doubtful.
    """

    kind: str
    rows: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)


def find_coded(reading: Reading, sentences: pd.DataFrame) -> Coded:
    """The sentences to which codes refer, or the paragraphs where they name no sentence.

    `sentences` has document, sentence, paragraph, text and voice. A code belongs to the sentence whose number and text
    it has; if the text at this number is another, to the sentence of the document with its text. A passage belongs to
    each sentence of which it covers at least half, and to the one in which at least half of it lies. A unit without
    weight takes the one that another row or file gives it, else 1; the weights of several rounds are those of one
    sample (`combined_weights`). What is not found is a problem, and is not used.
    """
    places = Places(sentences)
    kind = "paragraph" if reading.codes and all(_of_paragraph(code) for code in reading.codes) else "sentence"
    problems = list(reading.problems)
    rows = []
    for code in reading.codes:
        units, problem = places.paragraph(code) if kind == "paragraph" else places.sentences(code)
        if problem:
            problems.append(problem)
        themes = code.themes or ("",)
        rows += [(*unit, code.coder, theme, code.weight, code.round) for unit in units for theme in themes]
    stated = [
        (*unit, "", "", code.weight, code.round) for code in reading.weights for unit in places.sentences(code)[0]
    ]
    given, weights = _frame(rows), _frame(stated)
    return Coded(kind, _as_one_sample(_weighted(_settled(given), weights, problems), sentences), problems)


def _frame(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=ROWS).astype({"unit": int, "weight": float, "round": int})


def _as_one_sample(rows: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Codes with the weights of all rounds together; those of one round are as they are."""
    if rows["round"].nunique() < 2:
        return rows
    units = rows.groupby(["document", "unit"])[["weight", "round"]].first()
    weight = combined_weights(units, int((sentences["voice"] == "author").sum()))
    return rows.assign(
        weight=rows[["document", "unit"]].join(weight.rename("weight"), on=["document", "unit"])["weight"]
    )


def _of_paragraph(code: Code) -> bool:
    return code.sentence is None and code.paragraph is not None


def _settled(rows: pd.DataFrame) -> pd.DataFrame:
    """Each answer once, and "none" only where the coder gave the unit no theme."""
    with_theme = rows["theme"].ne("").groupby([rows["document"], rows["unit"], rows["coder"]]).transform("any")
    kept = rows[rows["theme"].ne("") | ~with_theme.astype(bool)]
    return kept.drop_duplicates(["document", "unit", "coder", "theme"]).reset_index(drop=True)


def _weighted(rows: pd.DataFrame, stated: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    """Rows with the first weight and round that any row, or a row of `stated`, gives their unit."""
    both = pd.concat([rows, stated], ignore_index=True).dropna(subset="weight")
    by_unit = both.groupby(["document", "unit"])[["weight", "round"]].first()
    known = rows[["document", "unit"]].join(by_unit, on=["document", "unit"])
    weight, missing = known["weight"], known["weight"].isna()
    if missing.any() and not missing.all():
        units = rows.loc[missing, ["document", "unit"]].drop_duplicates()
        text = f"{len(units)} coded units have no weight, and others have one"
        remedy = "Each counts as one sentence. Name the sample's own file among the codes: it has the weights."
        problems.append(Problem("codes", text, remedy))
    return rows.assign(weight=weight.fillna(1.0), round=known["round"].fillna(1).astype(int))


class Places:
    """The sentences of a study by document and number and by their letters."""

    def __init__(self, sentences: pd.DataFrame) -> None:
        order = sentences.sort_values(["document", "sentence"])
        documents, numbers = order["document"].astype(str).tolist(), order["sentence"].astype(int).tolist()
        keys = [letters(text) for text in order["text"].astype(str)]
        self._letters = dict(zip(zip(documents, numbers, strict=True), keys, strict=True))
        self._paragraphs = (
            set(zip(documents, order["paragraph"].astype(int), strict=True)) if "paragraph" in order else set()
        )
        self._by_letters: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._in_order: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for document, number, key in zip(documents, numbers, keys, strict=True):
            self._by_letters[key].append((document, number))
            self._in_order[document].append((number, key))

    def document(self, name: str) -> str | None:
        """The document with this id, or whose id is formed from this name of a file; None if there is none."""
        return next((known for known in (name, slug(name), slug(Path(name).stem)) if known in self._in_order), None)

    def paragraph(self, code: Code) -> tuple[list[tuple[str, int]], Problem | None]:
        """The paragraph of a code, or the problem with it."""
        document = self.document(code.document)
        if document is None or code.paragraph is None or (document, code.paragraph) not in self._paragraphs:
            return [], Problem(code.place, f"no paragraph {code.paragraph} in {code.document!r}", CHANGED)
        return [(document, code.paragraph)], None

    def sentences(self, code: Code) -> tuple[list[tuple[str, int]], Problem | None]:
        """The sentences of a code, or the problem with it."""
        document = self.document(code.document) if code.document else None
        if code.document and document is None and not code.text:
            return [], Problem(code.place, f"no document {code.document!r}", nearest(code.document, [*self._in_order]))
        key = letters(code.text)
        if document is not None and code.sentence is not None:
            unit = (document, code.sentence)
            if unit in self._letters and (not key or _alike(key, self._letters[unit])):
                return [unit], None
        if code.passage:
            units = [unit for name in ([document] if document else self._in_order) for unit in self._covered(name, key)]
        else:
            units = [unit for unit in self._by_letters.get(key, []) if document in (None, unit[0])][:1] if key else []
        return (units, None) if units else ([], self._not_found(code))

    def _covered(self, document: str, key: str) -> list[tuple[str, int]]:
        """The sentences that a passage covers, where it stands first in the document."""
        sentences = self._in_order[document]
        start = "".join(text for _, text in sentences).find(key) if key else -1
        if start < 0:
            return []
        ends = list(accumulate(len(text) for _, text in sentences))
        units = []
        for place in range(bisect_right(ends, start), len(sentences)):
            number, text = sentences[place]
            begin = ends[place] - len(text)
            if begin >= start + len(key):
                break
            shared = min(ends[place], start + len(key)) - max(begin, start)
            if 2 * shared >= min(len(text), len(key)):
                units.append((document, number))
        return units

    def _not_found(self, code: Code) -> Problem:
        where = f" in {code.document!r}" if code.document else ""
        what = f"no sentence {code.sentence}{where}" if code.sentence is not None else f"no such sentence{where}"
        shown = f": {code.text[:60]!r}" if code.text else ""
        return Problem(code.place, f"{what}{shown}", CHANGED)


def letters(text: str) -> str:
    """The letters and digits of a text, in small letters: what programs leave as it is when they store a text.

    >>> letters("It's 1950\N{EN DASH}1953.")
    'its19501953'
    """
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _alike(first: str, second: str) -> bool:
    """Whether texts have the same letters of ASCII; a spreadsheet that reads the wrong encoding changes the others."""
    return first == second or _ascii(first) == _ascii(second)


def _ascii(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii())


def codes_of_table(table: pd.DataFrame) -> Reading:
    """The codes in a table with the columns that `read_file` accepts, for example one that a program made.

    In it an empty theme stands for none.

    Raises: CodesError if its columns name no sentences and themes.
    """
    texts = table.astype(object).where(table.notna(), "")
    if "theme" in texts:
        texts["theme"] = texts["theme"].replace("", "none")
    columns = [str(name) for name in texts.columns]
    rows = [
        Row(f"row {number}", dict(zip(columns, cells, strict=True)))
        for number, cells in enumerate(texts.itertuples(index=False, name=None), 1)
    ]
    return read_sheet(Sheet("coder", "codes", columns, rows), ThemeNames(None), "coder")
