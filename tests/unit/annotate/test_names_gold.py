"""Known names must help: they never lower F1 on any gold at hand."""

import json
import os
from pathlib import Path

import pytest
from spacy import Language
from spacy.tokens import Doc

import framescope
from framescope.actor_table import ActorTable, load_actors
from framescope.annotate.model import load_model
from framescope.annotate.names.find import annotate_names

LEXICON = Path(framescope.__file__).parent / "lexicons" / "actors.csv"
OWN = Path(__file__).parent / "name_sentences.jsonl"
SHARED = Path(os.environ.get("FRAMESCOPE_SHARED", ""))
COARSE = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "EVENT": "EVENT"}
Spans = set[tuple[int, int, str]]


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return load_model()


def marked(path: Path) -> list[tuple[str, Spans]]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        (
            record["text"],
            {(entity[0], entity[1], entity[-1]) for entity in record["ents"] if entity[-1] in COARSE.values()},
        )
        for record in records
    ]


def f1(docs: list[Doc], gold: list[tuple[str, Spans]], table: ActorTable) -> float:
    right = given = 0
    for doc, (_, wanted) in zip(docs, gold, strict=True):
        annotate_names([doc], table)
        found = {
            (span.start_char, span.end_char, COARSE[span.label_])
            for span in doc.spans["names"]
            if span.label_ in COARSE
        }
        right, given = right + len(found & wanted), given + len(found)
    return 2 * right / (given + sum(len(wanted) for _, wanted in gold))


@pytest.mark.parametrize(
    "path", [OWN, SHARED / "data" / "entities" / "crossner_politics_dev120.jsonl"], ids=["own", "shared"]
)
def test_known_names_never_lower_f1(path: Path, pipeline: Language) -> None:
    if not path.exists():
        pytest.skip("FRAMESCOPE_SHARED names no folder with the development gold")
    gold = marked(path)
    docs = list(pipeline.pipe(text for text, _ in gold))
    with_table, without = f1(docs, gold, load_actors(LEXICON)), f1(docs, gold, ActorTable([]))
    assert with_table >= without
    assert with_table >= 0.75
