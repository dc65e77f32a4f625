"""Compare the levels of annotation on texts: python benchmarks/annotation_levels.py [FILE ...]

The texts are those of the sample study, or the files that are given. For each level of `annotate`, the table has words
a second of processor time (annotation with names and dates, without the start of the model), and the numbers of
sentences, names and hits, each with the part of those of full annotation that it has as well. `changed` is the sum over
texts and themes of the highest level of the absolute differences from the numbers of hits with full annotation, in
percent of these.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow"))

from framescope.actor_table import load_actors  # noqa: E402
from framescope.actors.identity import resolve  # noqa: E402
from framescope.annotate.batch import annotate_dates  # noqa: E402
from framescope.annotate.dates import load_eras  # noqa: E402
from framescope.annotate.docs import annotated, body, docs_in, stored  # noqa: E402
from framescope.annotate.levels import FULL, LACKS  # noqa: E402
from framescope.annotate.model import load_model  # noqa: E402
from framescope.annotate.names.find import annotate_names  # noqa: E402
from framescope.annotate.sentences import sentence_rows  # noqa: E402
from framescope.document import Document  # noqa: E402
from framescope.extract.reading import read  # noqa: E402
from framescope.resources import LEXICONS  # noqa: E402
from framescope.themes.formats import load_lexicon  # noqa: E402
from framescope.themes.hits import hit_rows  # noqa: E402
from framescope.themes.matching import Matcher  # noqa: E402

Places = set[tuple[Any, ...]]

PLACE = ("document", "paragraph", "start", "end")
FOUND = ("sentences", "names", "hits")


def find(documents: list[Document], level: str) -> tuple[float, dict[str, Places]]:
    """Seconds of annotation, and the places of sentences, names and hits that the level finds."""
    pipeline = load_model(level=level)
    actors, eras = load_actors(LEXICONS / "actors.csv"), load_eras(LEXICONS / "eras.csv")
    matcher = Matcher(load_lexicon(LEXICONS / "themes.yaml").at_level(level))
    seconds, found = 0.0, {name: set[tuple[Any, ...]]() for name in FOUND}
    # The first text is annotated twice, because the first time grammars and patterns are compiled as well.
    for place, document in enumerate((documents[0], *documents)):
        began = time.process_time()
        docs = docs_in(stored(annotated(document, pipeline)))
        annotate_names(docs, actors)
        annotate_dates(docs, None, eras)
        seconds += time.process_time() - began if place else 0.0
        found["sentences"] |= places(sentence_rows(docs))
        found["names"] |= {(document.id, *part) for doc in body(docs) for part in names_of(doc.user_data)}
        hits = hit_rows(docs, matcher, resolve(docs, actors), actors)
        found["hits"] |= places((row for row in hits if not row["set_aside"]), "theme")
    return seconds, found


def names_of(facts: Mapping[str, Any]) -> Places:
    """Paragraph, start and end of the names of a paragraph."""
    return {(facts["paragraph"], name["start"], name["end"]) for name in facts["names"]}


def places(rows: Iterable[Mapping[str, Any]], *further: str) -> Places:
    """The places of rows, with further columns."""
    return {tuple(row[column] for column in (*PLACE, *further)) for row in rows}


def by_theme(hits: Places) -> Counter[tuple[str, str]]:
    """The number of hits of each text and theme of the highest level."""
    return Counter((document, theme.partition(".")[0]) for document, *_, theme in hits)


def main() -> None:
    """Print a row for each level."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args().files
    documents = [read(path) for path in given or sorted((ROOT / "raw").iterdir()) if path.suffix != ".csv"]
    words = sum(len(p.text.split()) for document in documents for s in document.sections for p in s.paragraphs)
    print(f"{len(documents)} texts, {words:,} words\n")
    print("| annotate | words a second | sentences | in full | names | in full | hits | in full | changed |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    full: dict[str, Places] = {}
    for level in (FULL, *(level for level in LACKS if level != FULL)):
        seconds, found = find(documents, level)
        full = full or found
        of_level, of_full = by_theme(found["hits"]), by_theme(full["hits"])
        changed = sum(abs(of_level[key] - of_full[key]) for key in {*of_level, *of_full}) / max(of_full.total(), 1)
        counts = [f"{number:,}" for name in FOUND for number in (len(found[name]), len(found[name] & full[name]))]
        print(f"| {' | '.join([level, f'{words / seconds:,.0f}', *counts, f'{changed:.1%}'])} |", flush=True)


if __name__ == "__main__":
    main()
