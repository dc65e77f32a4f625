"""Measure names, identities and predicates: python benchmarks/actors.py

Prints the figures of docs/actors.md. FRAMESCOPE_SHARED names the folder with the development gold
(data/entities/*.jsonl); without it only this project's own sentences are scored. With --article GOLD.jsonl a document
marked in the same form, one paragraph a line, is scored as well; with --errors every disagreement is shown. Libraries
of country names (countrynames, pycountry, countryinfo) are compared where they are installed.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from spacy.language import Language
from spacy.tokens import Doc
from textacy.extract import subject_verb_object_triples

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "workflow"))

from framescope.actor_table import ActorTable, load_actors  # noqa: E402
from framescope.actors.identity import resolve  # noqa: E402
from framescope.actors.predicates import predicate_rows  # noqa: E402
from framescope.annotate.batch import annotate_dates  # noqa: E402
from framescope.annotate.dates.eras import default_eras  # noqa: E402
from framescope.annotate.model import load_model  # noqa: E402
from framescope.annotate.names.find import annotate_names  # noqa: E402
from framescope.compare.description.actor_themes import actor_themes  # noqa: E402
from framescope.words import count_words  # noqa: E402

LEXICON = HERE.parent / "workflow" / "framescope" / "lexicons" / "actors.csv"
TESTS = HERE.parent / "tests" / "unit"
COARSE = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "EVENT": "EVENT"}
CORE = ("PERSON", "ORG", "LOC")
Spans = set[tuple[int, int, str]]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def f1(right: int, given: int, wanted: int) -> float:
    """The harmonic mean of precision and recall, per cent."""
    return 200 * right / (given + wanted) if given + wanted else 0.0


def as_body(doc: Doc, paragraph: int = 1) -> Doc:
    """A Doc marked as a paragraph of a body."""
    doc.user_data.update({"document": "d", "section": "01", "part": "body", "kind": "prose"})
    doc.user_data.update({"paragraph": paragraph, "block": paragraph})
    return doc


def trimmed(text: str, start: int, end: int, label: str) -> tuple[int, int, str]:
    """A span without a leading "the" and a trailing possessive, as the gold is scored."""
    lead = re.match(r"the\s+", text[start:end], re.IGNORECASE)
    start += lead.end() if lead else 0
    tail = re.search(r"['’]s?$", text[start:end])
    return start, end - (len(tail.group()) if tail else 0), label


def gold_spans(record: dict[str, Any]) -> Spans:
    """The marked names of a record that have a coarse label."""
    return {trimmed(record["text"], e[0], e[1], e[-1]) for e in record["ents"] if e[-1] in COARSE.values()}


def found_spans(doc: Doc, model_only: bool) -> Spans:
    """The names of a Doc under coarse labels, before or after merging."""
    spans = doc.ents if model_only else doc.spans["names"]
    return {
        trimmed(doc.text, span.start_char, span.end_char, COARSE[span.label_])
        for span in spans
        if span.label_ in COARSE
    }


def report_names(title: str, gold: Path, pipeline: Language, table: ActorTable, whole: bool, errors: bool) -> None:
    """F1 of the model alone, with patterns and acronyms, and with known names; `whole` if the gold is one document."""
    records = read_lines(gold)
    docs = [as_body(doc, i) for i, doc in enumerate(pipeline.pipe(record["text"] for record in records), start=1)]
    for stage, known in (("model alone", None), ("and patterns", ActorTable([])), ("and known names", table)):
        for group in [docs] if whole else [[doc] for doc in docs]:
            if known is not None:
                annotate_names(group, known)
        found = [found_spans(doc, known is None) for doc in docs]
        wanted = [gold_spans(record) for record in records]
        scores = [
            score(found, wanted, labels)
            for labels in (CORE, (*CORE, "EVENT"), *((label,) for label in (*CORE, "EVENT")))
        ]
        print(f"{title:12} {stage:16}", "  ".join(f"{value:5.1f}" for value in scores))
    causes = Counter(cause for got, due in zip(found, wanted, strict=True) for cause in causes_of_errors(got, due))
    print(f"{title:12} errors           ", "  ".join(f"{cause} {n}" for cause, n in causes.most_common()))
    if errors:
        for record, got, due in zip(records, found, wanted, strict=True):
            for kind, spans in (("missed", due - got), ("spurious", got - due)):
                for start, end, label in sorted(spans):
                    print(f"    {record['id']} {kind}: {record['text'][start:end]!r} {label}")


def causes_of_errors(found: Spans, wanted: Spans) -> Iterable[str]:
    """One cause for each name that was found or wanted only: the label, the limits, or the name itself.

    A name wanted with another label, or with other limits, accounts for the found one that it overlaps.
    """
    spurious = found - wanted
    for start, end, label in sorted(wanted - found):
        beside = {other for other in spurious if other[0] < end and start < other[1]}
        spurious -= beside
        if (start, end) in {other[:2] for other in beside}:
            yield f"other label than {label}"
        else:
            yield f"other limits of {label}" if beside else f"missed {label}"
    yield from (f"too many {label}" for _, _, label in sorted(spurious))


def score(found: list[Spans], wanted: list[Spans], labels: Iterable[str]) -> float:
    """F1 on exact spans and labels over the given labels."""
    chosen = set(labels)
    pairs = [
        ({span for span in got if span[2] in chosen}, {span for span in due if span[2] in chosen})
        for got, due in zip(found, wanted, strict=True)
    ]
    return f1(sum(len(g & d) for g, d in pairs), sum(len(g) for g, _ in pairs), sum(len(d) for _, d in pairs))


def report_aliases(pipeline: Language, table: ActorTable, errors: bool) -> None:
    """Share of alias cases right and wrong, by class; unresolved is neither."""
    with (TESTS / "actors" / "alias_cases.tsv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t"))
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for case, doc in zip(cases, pipeline.pipe(case["sentence"] for case in cases), strict=True):
        annotate_names([as_body(doc)], table)
        given = next((row["actor_id"] for row in resolve([doc], table) if row["text"] == case["mention"]), "")
        wanted = "" if case["id"] == "-" else case["id"]
        outcome = "right" if given == wanted else "wrong" if given else "unresolved"
        for group in (case["class"], "all"):
            outcomes[group][outcome] += 1
        if errors and outcome != "right":
            print(f"    {outcome}: {case['mention']!r} in {case['sentence']!r}: {given or 'nothing'}")
    for group, counted in outcomes.items():
        n = sum(counted.values())
        print(
            f"aliases      {group:16} {n:4}  right {100 * counted['right'] / n:5.1f}  "
            f"wrong {100 * counted['wrong'] / n:4.1f}"
        )


def report_meanings(pipeline: Language, table: ActorTable, errors: bool) -> None:
    """Cases decided by time, by context and by the persons of a text: share of the last mentions right."""
    for name in ("time", "context", "person"):
        with (TESTS / "actors" / f"{name}_cases.tsv").open(encoding="utf-8", newline="") as file:
            cases = list(csv.DictReader(file, delimiter="\t"))
        outcomes: Counter[bool] = Counter()
        for case, doc in zip(cases, pipeline.pipe(case["text"] for case in cases), strict=True):
            docs = [as_body(doc)]
            annotate_names(docs, table)
            annotate_dates(docs, case.get("published") or None, default_eras())
            mentions = [row["actor_id"] for row in resolve(docs, table) if row["text"] == case["mention"]]
            wanted = "" if case["id"] == "-" else case["id"]
            right = mentions[-1:] == [wanted]
            outcomes[right] += 1
            if errors and not right:
                print(f"    {case['mention']!r} in {case['text']!r}: {mentions[-1:]} and not {wanted!r}")
        print(f"identity     {name:16} {len(cases):4}  right {100 * outcomes[True] / len(cases):5.1f}")


def report_libraries(table: ActorTable) -> None:
    """How libraries of country names resolve the alias cases that name a state, against the table."""
    with (TESTS / "actors" / "alias_cases.tsv").open(encoding="utf-8", newline="") as file:
        cases = [
            case
            for case in csv.DictReader(file, delimiter="\t")
            if case["class"] in ("names", "short forms", "demonyms")
        ]

    def of_table(name: str) -> str | None:
        row = table.find(name)
        return row.id if row else None

    for library, look_up in {"actors table": of_table, **libraries()}.items():
        given = [look_up(case["mention"]) or "" for case in cases]
        right = sum(code == case["id"] for code, case in zip(given, cases, strict=True))
        wrong = sum(bool(code) and code != case["id"] for code, case in zip(given, cases, strict=True))
        n = len(cases)
        print(f"state names  {library:16} {n:4}  right {100 * right / n:5.1f}  wrong {100 * wrong / n:4.1f}")


def libraries() -> dict[str, Callable[[str], str | None]]:
    """The libraries of country names that are installed, as functions from a name to an ISO 3166-1 code."""
    found: dict[str, Callable[[str], str | None]] = {}
    from babel import Locale

    territories = {name: code for code, name in Locale("en").territories.items() if len(code) == 2}
    found["babel (CLDR)"] = territories.get
    if importlib.util.find_spec("countrynames"):
        import countrynames

        found["countrynames"] = countrynames.to_code
    if importlib.util.find_spec("pycountry"):
        import pycountry

        def exact(name: str) -> str | None:
            try:
                return str(pycountry.countries.lookup(name).alpha_2)
            except LookupError:
                return None

        found["pycountry exact"] = exact

        def fuzzy(name: str) -> str | None:
            try:
                return str(pycountry.countries.search_fuzzy(name)[0].alpha_2)
            except LookupError:
                return None

        found["pycountry fuzzy"] = fuzzy
    if importlib.util.find_spec("countryinfo"):
        from countryinfo import CountryInfo
        from countryinfo.exceptions import CountryNotFoundError

        def info(name: str) -> str | None:
            try:
                return str(CountryInfo(name).iso(2))
            except (CountryNotFoundError, KeyError, ValueError):
                return None

        found["countryinfo"] = info
    return found


def report_predicates(pipeline: Language, table: ActorTable, errors: bool) -> None:
    """F1 of predicates on the marked sentences, with and without the partner, and of textacy's triples alone."""
    marked = read_lines(TESTS / "actors" / "predicate_sentences.jsonl")
    totals: dict[str, list[int]] = {
        name: [0, 0, 0] for name in ("with partner", "without partner", "textacy, agents and patients")
    }
    for sentence, doc in zip(marked, pipeline.pipe(record["text"] for record in marked), strict=True):
        annotate_names([as_body(doc)], table)
        entities = resolve([doc], table)
        shown = {row["actor_id"]: row["actor"] for row in entities if row["rule"] in ("full name", "surname")}
        known = {row["actor_id"]: row["actor"] for row in entities if row["label"] == "PERSON"}
        gold = {tuple(predicate) for predicate in sentence["roles"]}
        found = {
            tuple(
                {**shown, **known}.get(value, value)
                for value in (
                    row["actor_id"] or row["actor"],
                    row["role"],
                    row["verb"],
                    row["partner_id"] or row["partner"],
                )
            )
            for row in predicate_rows([doc], entities, table)
        }
        deeds = {role[:3] for role in gold if role[1] in ("agent", "patient")}
        add(totals["with partner"], found, gold)
        add(totals["without partner"], {role[:3] for role in found}, {role[:3] for role in gold})
        add(totals["textacy, agents and patients"], triples(doc, entities), deeds)
        if errors and found != gold:
            print(f"    {sentence['text']}  too many: {sorted(found - gold)}  missing: {sorted(gold - found)}")
    for name, counts in totals.items():
        print(f"predicates   {name:30} F1 {f1(*counts):5.1f}")


def add(counts: list[int], found: set[Any], gold: set[Any]) -> None:
    """Add what was found, given and wanted."""
    for i, number in enumerate((len(found & gold), len(found), len(gold))):
        counts[i] += number


def triples(doc: Doc, entities: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """Agents and patients as textacy's subject-verb-object triples give them."""
    predicates = set()
    for triple in subject_verb_object_triples(doc):
        verb = triple.verb[-1].lemma_.lower()
        for tokens, role in ((triple.subject, "agent"), (triple.object, "patient")):
            for token in tokens:
                for row in entities:
                    if row["start"] <= token.idx < row["end"]:
                        predicates.add((row["actor_id"] or row["actor"], role, verb))
    return predicates


def report_speed(pipeline: Language, table: ActorTable, texts: list[str]) -> None:
    """Words a second of processor time: the model alone, names and identities, and both, over the same texts."""
    words = sum(map(count_words, texts))
    started = time.process_time()
    docs = [as_body(doc, i) for i, doc in enumerate(pipeline.pipe(texts), start=1)]
    model = time.process_time() - started
    annotate_names(docs[:1], table)
    started = time.process_time()
    annotate_names(docs, table)
    resolve(docs, table)
    names = time.process_time() - started
    print(
        f"speed        {words} words: model {words / model:,.0f} words/s, names and identities {words / names:,.0f}; "
        f"together {100 * model / (model + names):.1f} % of the model's own speed"
    )


def report_coverage(studies: int = 200, seed: int = 3) -> None:
    """How often the interval of actor_themes covers no difference where actor and theme are independent."""
    for blocks in (12, 30, 60):
        generator = np.random.default_rng(seed)
        covered = trials = 0
        for _ in range(studies):
            themed = generator.random((blocks, 6)) < generator.beta(0.5, 2, (blocks, 1))
            named = generator.random((blocks, 6)) < generator.beta(0.7, 2.5, (blocks, 1))
            rows = [
                ("d", b * 6 + s + 1, b + 1, t, n)
                for b in range(blocks)
                for s in range(6)
                for t, n in [(themed[b, s], named[b, s])]
            ]
            frame = pd.DataFrame(rows, columns=["document", "sentence", "block", "theme", "named"])
            frame["paragraph"] = frame["block"]
            sentences = frame.assign(voice="author")
            hits = frame[frame["theme"]].assign(theme="t", start=0, end=1, voice="author", subject_term=False)
            entities = frame[frame["named"]].assign(actor="A", actor_id="A", start=5, end=6)
            for row in actor_themes(entities, sentences, hits).itertuples():
                if row.low == row.low:
                    trials += 1
                    covered += row.low <= 0 <= row.high
        print(
            f"coverage     {blocks:3} blocks: 95 % intervals hold the truth in {100 * covered / trials:.1f} % "
            f"of {trials} studies"
        )


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--article", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    pipeline, table = load_model(), load_actors(LEXICON)
    golds = [("own", TESTS / "annotate" / "name_sentences.jsonl", False)]
    shared = os.environ.get("FRAMESCOPE_SHARED")
    if shared:
        golds += [("development", path, False) for path in sorted(Path(shared, "data", "entities").glob("*.jsonl"))]
    if options.article:
        golds.append(("article", options.article, True))
    print(f"{'F1 on names':29}   core    all  person  org    loc   event")
    for title, path, whole in golds:
        report_names(title, path, pipeline, table, whole, options.errors)
    report_aliases(pipeline, table, options.errors)
    report_meanings(pipeline, table, options.errors)
    report_libraries(table)
    report_predicates(pipeline, table, options.errors)
    texts = [record["text"] for _, path, _ in golds for record in read_lines(path)]
    report_speed(pipeline, table, texts * max(1, 600 // len(texts)))
    report_coverage()


if __name__ == "__main__":
    main()
