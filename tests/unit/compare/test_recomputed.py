"""Every cell of the tables of rates, contrasts and differences is the one that an independent recomputation gives."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from benchmarks.audit.checks import Checks
from benchmarks.audit.counts import Study
from benchmarks.audit.tables import Recomputed
from compare_frames import study

from framescope.compare.emphasis.contrasts import contrasts
from framescope.compare.emphasis.framing import framing_tables
from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.emphasis.tables import difference_tables
from framescope.compare.inputs import BaselineSetting, Tables, Testing
from framescope.tables import write_table

CONTRASTS = [
    {"name": "arms v. money", "a": ["defence"], "b": ["economy"]},
    {"name": "threats v. all else", "a": ["defence.threat"], "b": ["economy", "defence.sales"]},
    {"name": "power v. books", "a": ["energy"], "b": ["culture"]},
]
THEMES = ["defence", "defence.sales", "defence.threat", "economy", "energy", "culture"]
SETTINGS = {"confidence": 0.9, "min_blocks": 6, "permutations": 199, "seed": 3, "baseline": "rest"}
SETTINGS |= {"copied_passages": "once"}
FOCUS = ["defence", "energy"]
ROLES = {"00": "abstract", "01": "introduction", "02": "analysis"}


def made_up(documents: int, blocks: int, groups: str, seed: int, runs: bool = False) -> Tables:
    """Documents of an abstract and three sections of different lengths, some too short for a test.

    Sentences have words of their own number, some of them quoted; some sentences are quoted whole, some are copies, and
    some spans belong to two themes. With `runs` the themes come in runs.
    """
    random = np.random.default_rng(seed)
    texts: dict[str, dict[str, list[list[dict[str, int]]]]] = {}
    for number in range(documents):
        texts[f"d{number:02}"] = {}
        for section, length in (
            ("00", 3),
            ("01", blocks),
            ("02", blocks + number % 3),
            ("03", 5 if number % 2 else blocks),
        ):
            tide = (
                np.repeat(random.gamma(0.7, 1.4, (2 * length, 5)), 5, axis=0) if runs else random.gamma(2, 0.3, (99, 5))
            )
            texts[f"d{number:02}"][section] = [
                [
                    dict(zip(THEMES[1:], random.poisson(tide[block] * [1, 0.6, 1.3, 0.1, 0.1]).tolist(), strict=True))
                    for _ in range(1 + block % 3)
                ]
                for block in range(length)
            ]
    group = {document: groups[n % len(groups)].strip() for n, document in enumerate(texts)}
    frames = study(texts, roles=ROLES, groups=group)
    words = random.integers(9, 30, len(frames.sentences))
    quoted = np.where(random.random(len(words)) < 0.2, words // 3, 0)
    voice = np.where(random.random(len(words)) < 0.1, "quoted", "author")
    sentences = frames.sentences.assign(
        words=words, quoted_words=quoted, voice=voice, copied=random.random(len(words)) < 0.1
    )
    both = frames.hits[frames.hits["theme"] == "defence.threat"].iloc[::4].assign(theme="economy", term="arms sale")
    hits = pd.concat([frames.hits, both]).sort_values(
        ["document", "sentence", "start"], kind="stable", ignore_index=True
    )
    places = sentences.set_index(["document", "sentence"])["voice"]
    return replace(
        frames, sentences=sentences, hits=hits.assign(voice=hits.set_index(["document", "sentence"]).index.map(places))
    )


STUDIES = {
    "roles and groups": (made_up(11, 6, "xxyyxyxyzzz", 5), None),
    "themes in runs and a reference": (made_up(4, 9, "xyxy", 11, runs=True), "d02"),
    "each against the rest": (made_up(31, 2, "x ", 8), None),
}


def recomputed(
    frames: Tables,
    names: Sequence[str],
    folder: Path,
    reference: str | None = None,
    baseline: BaselineSetting = "rest",
) -> Checks:
    """What differs between these tables of a study as they are written and as they are computed anew from its hits."""
    tables = folder / "results" / "tables"
    tables.mkdir(parents=True)
    testing = Testing(**(SETTINGS | {"baseline": baseline}))
    made: dict[str, Callable[[], pd.DataFrame]] = {
        "theme_rates": lambda: theme_rates(frames, themes=THEMES, testing=testing),
        "framing_by_section": lambda: framing_tables(
            [theme_rates(frames, themes=THEMES, testing=testing)], frames, contrasts=CONTRASTS, testing=testing
        )["framing_by_section"],
        "contrasts": lambda: contrasts(frames, contrasts=CONTRASTS, testing=testing),
    }
    written = {name: made[name]() for name in {"theme_rates", *names} & set(made)}
    if not set(names) <= set(made):
        settings = {"themes": THEMES, "contrasts": CONTRASTS, "focus_themes": FOCUS, "testing": testing}
        written |= difference_tables(frames, **settings, reference=reference)
    hits = frames.hits.assign(counted=frames.hits["voice"] == "author", set_aside="")
    sentences = frames.sentences
    copies = sentences.loc[sentences["copied"], ["document", "section", "sentence", "words"]]
    written |= {"sentences": sentences.drop(columns="copied"), "hits": hits}
    written |= {"copied_sentences": copies.assign(copied_words=copies["words"])}
    for name, table in written.items():
        write_table(table, name, tables / f"{name}.csv")
    frames.sections.to_csv(tables / "sections.csv", index=False)
    frames.documents.to_csv(tables / "documents.csv", index=False)
    config = {
        **SETTINGS,
        "baseline": baseline,
        "contrasts": CONTRASTS,
        "focus_themes": FOCUS,
        "counting": {"quoted": False},
    }
    (folder / "results" / "provenance.json").write_text(json.dumps({"config": config}), encoding="utf-8")
    checks = Checks()
    Recomputed(Study(folder), names).check(checks)
    return checks


@pytest.mark.parametrize(
    "names",
    [
        ["theme_rates", "framing_by_section", "contrasts"],
        ["contrast_differences", "section_differences", "document_differences"],
    ],
    ids=lambda names: names[-1],
)
@pytest.mark.parametrize("name", STUDIES)
def test_every_cell_is_the_one_computed_anew_from_sentences_and_hits(name, names, tmp_path):
    frames, reference = STUDIES[name]
    checks = recomputed(frames, names, tmp_path, reference)
    assert not checks.differences, "\n".join(checks.differences[:20])
    assert sum(checks.counted.values()) > 300


@pytest.mark.parametrize(
    "baseline",
    [
        "d01",
        "even",
        "lexicon",
        {"name": "group: x", "documents": [f"d{n:02}" for n in range(0, 31, 2)]},
        {"name": "base.csv", "rates": {"defence": 21.5, "economy": 40.0, "energy": 0.0}},
    ],
    ids=["document", "even", "lexicon", "group", "table"],
)
def test_every_ratio_to_a_baseline_is_the_one_computed_anew(baseline, tmp_path):
    frames, _ = STUDIES["each against the rest"]
    names = ["theme_rates", "framing_by_section", "contrasts"]
    checks = recomputed(frames, names, tmp_path, baseline=baseline)
    assert not checks.differences, "\n".join(checks.differences[:20])
    assert sum(checks.counted.values()) > 300
