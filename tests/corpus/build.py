"""Build the extraction corpus: finished documents by many producers, and the gold of each.

    python tests/corpus/build.py [NAME ...]

makes the named documents of corpus.yaml, or all. README.md says which programs it needs. The texts are in texts/.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
STUDY = HERE.parent.parent / "docs" / "sample-study"
sys.path[:0] = [str(HERE), str(STUDY)]

import dump  # noqa: E402
import produce  # noqa: E402
from gold import Text, book, damaged, gold, long_notes, parse, with_references, without_tables  # noqa: E402

TEXTS, DOCUMENTS, GOLD = HERE / "texts", HERE / "documents", HERE / "gold"
BOOK = ("security-brief", "op-ed", "speech")
BOOK_TITLE = "Neighbours by Way of Others: Three Essays"
CHANGES: dict[str, Callable[[Text], Text]] = {
    "long notes": long_notes,
    "with references": with_references,
    "without tables": without_tables,
}
PAGES: dict[str, Callable[..., list[str]]] = {
    "pdflatex": produce.latex,
    "xelatex": partial(produce.latex, engine="xelatex"),
    "libreoffice": produce.office,
    "chromium": produce.chromium,
    "weasyprint": produce.weasyprint,
    "typst": produce.typst,
    "groff": produce.groff,
    "plain article": partial(produce.plain_article, template=STUDY / "templates" / "article.tex"),
}


def form_dump(text: Text, target: Path, page: str, **damage: list[int]) -> list[str]:
    """The dump in the form of `dump.py` of a PDF that exists only for it."""
    with tempfile.TemporaryDirectory() as name:
        numbers = PAGES[page](text, Path(name) / "text.pdf")
        target.write_text(dump.dump(Path(name) / "text.pdf", **damage), encoding="utf-8")
    return numbers


def news(text: Text, target: Path, template: str) -> list[str]:
    """A page of a news site, by a template of the corpus or of the sample study."""
    folders = [HERE / "templates", STUDY / "templates"]
    return produce.news(text, target, next(folder / template for folder in folders if (folder / template).exists()))


PRODUCERS = {**PAGES, "dump.py": form_dump, "pandoc": produce.pandoc_file, "news": news}


def text_of(name: str) -> Text:
    """A text by the name of its source; `book` is three of them, a chapter each."""
    if name == "book":
        return book([parse(TEXTS / f"{part}.md") for part in BOOK], BOOK_TITLE)
    return parse(TEXTS / f"{name}.md")


def build(file: str, recipe: dict[str, Any]) -> None:
    """Make one document, and its gold unless it is a dump and has that of its original."""
    target = DOCUMENTS / file
    if "of" in recipe:
        target.write_text(produce.dumped(DOCUMENTS / recipe["of"], recipe["producer"]), encoding="utf-8")
        return
    text = text_of(recipe["text"])
    if "change" in recipe:
        text = CHANGES[recipe["change"]](text)
    numbers = PRODUCERS[recipe["producer"]](text, target, **recipe.get("settings", {}), **recipe.get("damage", {}))
    shape = {name: recipe.get(name, []) for name in ("furniture", "ignore", "ignore_titles")}
    record = gold(text, **shape, restart=recipe.get("restart", False), numbers=numbers)
    damaged(record["footnotes"], **recipe.get("damage", {}))
    path = GOLD / f"{file}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(names: list[str]) -> None:
    """Build the named documents, or all."""
    kinds = yaml.safe_load((HERE / "corpus.yaml").read_text(encoding="utf-8"))
    for recipes in kinds.values():
        for file, recipe in recipes.items():
            if not names or file in names:
                build(file, recipe)
                print(file, (DOCUMENTS / file).stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1:])
