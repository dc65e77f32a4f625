"""Measure themes: python benchmarks/themes.py

FRAMESCOPE_SHARED names the folder with the development data (data/themes) and its scorer (bench/themes/theme_eval.py).
Prints the figures of docs/themes.md: cells that differ from quanteda, F1 on hand-coded speeches and bills, the
direction of framing between parts of speeches, errors by cause, what leaning on neighbours adds, tokens read in a
second on one core, and how many of 60 sentences are told apart as prescriptive or not.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
import spacy

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "workflow"))

from framescope.annotate.voice import is_prescriptive  # noqa: E402
from framescope.compare.description.context import context_themes  # noqa: E402
from framescope.themes.formats import load_lexicon  # noqa: E402
from framescope.themes.lexicon import Lexicon  # noqa: E402
from framescope.themes.matching import Matcher  # noqa: E402
from framescope.themes.tally import tally  # noqa: E402
from framescope.words import count_words  # noqa: E402

LEXICON = HERE.parent / "workflow" / "framescope" / "lexicons" / "themes.yaml"
PAGE = HERE.parent / "docs" / "themes.md"
START, END = "<!-- figures start -->", "<!-- figures end -->"
# The coarse themes of the hand codes by the names of ours; the others are called alike.
CODED_AS = {
    "defence": "defence_security",
    "economy": "economy_trade",
    "diplomacy": "diplomacy_politics",
    "technology": "technology_science",
    "culture": "education_culture",
    "society_health": "health_social",
    "labour_migration": "labour_immigration",
}
PART = 40
REPEATS = 20
TERMS = 1400


def quanteda(data: Path, scope: str) -> str:
    """Cells of quanteda's table of counts that ours differs from."""
    matcher = Matcher(load_lexicon(data / "quanteda" / "nested.yml"), scope)  # type: ignore[arg-type]
    tokens = pd.read_csv(data / "quanteda" / "tokens.csv", keep_default_na=False)["toks"]
    reference = pd.read_csv(data / "quanteda" / f"counts_{scope}.csv").drop(columns=["id", "ntoken"])
    rows = [
        Counter(matcher.entries[match.entry].theme for match in matcher.match_words(text.split(" "))) for text in tokens
    ]
    ours = pd.DataFrame(rows).reindex(columns=reference.columns).fillna(0)
    return f"scope {scope}: {int((ours.to_numpy() != reference.to_numpy()).sum())} of {reference.size} cells differ"


def score(gold: pd.DataFrame, counts: pd.DataFrame, name: str, scorer: Path) -> str:
    """What the scorer prints of counts by top-level theme, one row a coded text."""
    with tempfile.TemporaryDirectory() as folder:
        gold_file, counts_file = Path(folder) / "gold.csv", Path(folder) / "counts.csv"
        gold.to_csv(gold_file, index=False)
        counts.rename(columns=CODED_AS).assign(id=gold["id"]).to_csv(counts_file, index=False)
        command = [sys.executable, str(scorer), "--gold", gold_file, "--pred", counts_file, "--set", name]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def parts(gold: pd.DataFrame, size: int) -> pd.DataFrame:
    """Speeches cut into parts of so many sentences, to have pairs enough; shorter remainders are left out."""
    number = gold.groupby("doc_id").cumcount() // size
    cut = gold.assign(doc_id=gold["doc_id"].astype(str) + "." + number.astype(str))
    return cut[cut.groupby("doc_id")["id"].transform("size") == size]


def leaning(gold: pd.DataFrame, counts: pd.DataFrame) -> list[str]:
    """Accuracy of one theme a sentence against the codes (which know no history), without and with its neighbours."""
    sentences = gold.rename(columns={"doc_id": "document", "pos": "sentence"}).assign(paragraph=1)
    coded_themes = counts.drop(columns="history_ideology").reset_index(drop=True)
    hits = sentences[["document", "sentence"]].join(coded_themes)
    hits = hits.melt(["document", "sentence"], var_name="theme", value_name="hits")
    hits = hits.loc[hits.index.repeat(hits["hits"])].assign(voice="author", subject_term=False)
    found = context_themes(sentences, hits).merge(sentences, on=["document", "sentence"], suffixes=("", "_coded"))
    return [
        f"{column}: {(found[column].replace(CODED_AS) == found['theme_coded']).mean():.3f} of sentences right"
        for column in ("theme", "context_theme")
    ]


def errors_by_cause(gold: pd.DataFrame, counts: pd.DataFrame, running: bool) -> list[str]:
    """How many misses and false alarms of "has a hit" have which cause, most first. A text has one code.

    If the texts are sentences of a running text, those within two sentences of it are near.
    """
    found = (counts > 0).drop(columns="history_ideology").rename(columns=CODED_AS).reset_index(drop=True)
    coded = pd.DataFrame({theme: gold["theme"].to_numpy() == theme for theme in found})
    right = (found & coded).any(axis=1)
    misses: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for theme in found:
        missed, alarm = coded[theme] & ~found[theme], found[theme] & ~coded[theme]
        found_near, coded_near = (_near(table[theme], gold["doc_id"]) & running for table in (found, coded))
        other = found.drop(columns=theme).any(axis=1)
        hits = np.where(other, "only hits of other themes", "no hit of any theme")
        misses.update(hits[missed] + np.where(found_near[missed], ", but some near", ""))
        none = (gold["theme"] == "none").to_numpy()
        codes = np.where(
            none, "coded with no theme", np.where(right, "its coded theme is found too", "its coded theme is not found")
        )
        alarms.update(codes[alarm] + np.where(coded_near[alarm], ", this one is coded near", ""))
    of_kind = {"missed": misses, "false alarm": alarms}
    return [f"{kind}: {cause}: {number}" for kind, causes in of_kind.items() for cause, number in causes.most_common()]


def _near(has: pd.Series, documents: pd.Series) -> pd.Series:
    by_document = has.astype(int).groupby(documents.to_numpy())
    return sum((by_document.shift(step, fill_value=0) for step in (-2, -1, 1, 2)), start=has * 0) > 0


def rate(tokens: int, work: Callable[[], object]) -> str:
    """Tokens a second of processor time, the best of three."""
    best = np.inf
    for _ in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return f"{tokens / best:,.0f} tokens/s"


def speed(texts: list[str], lexicon: Lexicon) -> list[str]:
    """Speed of reading and counting plain text, and of counting stored annotations, with 1,400 terms and with all."""
    paragraphs = [" ".join(texts[at : at + 5]) for at in range(0, len(texts), 5)] * REPEATS
    words = sum(map(count_words, paragraphs))
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    docs = list(pipeline.pipe(paragraphs))
    lines = []
    for name, given in (
        (f"{TERMS:,} terms", Lexicon.build(islice(lexicon, TERMS))),
        (f"all {sum(1 for _ in lexicon):,} terms", lexicon),
    ):
        matcher = Matcher(given)
        lines.append(f"{name}, plain text: {rate(words, lambda given=given: tally(paragraphs, given))}")
        stored = rate(words, lambda matcher=matcher: [matcher.entries_in_doc(doc) for doc in docs])
        lines.append(f"{name}, stored annotations: {stored}")
    return lines


def prescriptive() -> str:
    """How many of the sentences written for it `is_prescriptive` tells apart."""
    with (HERE / "data" / "prescriptive_sentences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = sum(is_prescriptive(row["text"]) == (row["prescriptive"] == "1") for row in rows)
    return f"{right} of {len(rows)} sentences"


def figures(shared: Path) -> list[str]:
    """Every figure, as lines of text."""
    data, scorer = shared / "data" / "themes", shared / "bench" / "themes" / "theme_eval.py"
    lexicon = load_lexicon(LEXICON)
    lines = ["quanteda", *(f"  {quanteda(data, scope)}" for scope in ("key", "dictionary"))]
    texts: list[str] = []
    for name in ("sotu", "bills"):
        gold = pd.read_csv(data / f"{name}_dev.csv", keep_default_na=False)
        texts += gold["text"].tolist()
        counts = tally(gold["text"], lexicon)[[theme for theme in lexicon.themes if "." not in theme]]
        lines += score(gold, counts, name, scorer).splitlines()
        lines += [f"{name}, errors by cause", *(f"  {line}" for line in errors_by_cause(gold, counts, name == "sotu"))]
        if name == "sotu":
            cut = parts(gold, PART)
            lines += [
                f"sotu in parts of {PART} sentences",
                score(cut, counts.loc[cut.index], name, scorer).splitlines()[-1],
            ]
            lines += ["one theme a sentence", *(f"  {line}" for line in leaning(gold, counts))]
    lines += ["speed", *(f"  {line}" for line in speed(texts, lexicon)), "prescriptive", f"  {prescriptive()}"]
    return [line for line in lines if not line.startswith("note:")]


def main() -> None:
    """Print every figure; with --write put them into docs/themes.md as well."""
    if "FRAMESCOPE_SHARED" not in os.environ:
        sys.exit("Set FRAMESCOPE_SHARED to the folder with the development data and scorers.")
    text = "\n".join(figures(Path(os.environ["FRAMESCOPE_SHARED"])))
    print(text)
    if "--write" in sys.argv[1:]:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{START}\n\n```text\n{text}\n```\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
