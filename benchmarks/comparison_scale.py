"""Time every table of comparison for 2,000 documents on one core: python benchmarks/comparison_scale.py

Prints seconds of processor for each table, and the most memory used. --documents gives another number of documents.
With --write FOLDER the tables are written there with all digits, so that those of two versions can be compared.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fake_sections import Sectioned, Text, tables

# fake_sections sets what numpy reads when it is imported, so it comes first.
import numpy as np  # isort: skip
import pandas as pd  # isort: skip

from framescope.compare.counts.groupings import with_groupings
from framescope.compare.emphasis.contrasts import contrast_differences, contrasts
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.emphasis.framing import framing_tables
from framescope.compare.emphasis.keyness import keywords
from framescope.compare.emphasis.rates import theme_rates
from framescope.compare.inference.models import group_models
from framescope.compare.models.tables import model_tables
from framescope.compare.robust.robustness import robustness
from framescope.compare.spread.cooccurrence import LEVELS, profile_distances, profile_map, theme_cooccurrence
from framescope.compare.spread.dispersion import PLACES, dispersion
from framescope.compare.spread.modes import mode_shares
from framescope.compare.spread.trajectory import trajectory
from framescope.compare.time.changes import changes
from framescope.compare.time.trends import trends
from framescope.present.findings import findings


def scale(count: int) -> dict[str, pd.DataFrame | str]:
    """Time every table of a study of many documents, of 850 words in 10 sections each; the tables by name."""
    random = np.random.default_rng(4)
    parents = ["defence", "economy", "energy", "diplomacy", "technology", "culture", "history", "law", "health"]
    paths = [f"{parent}.{child}" for parent in parents for child in ("one", "two", "three")]
    documents = []
    for _ in range(count):
        hits = random.poisson(random.gamma(0.5, 0.09, len(paths)), (45, len(paths)))
        text = Text(random.poisson(18.9, 45).clip(3).astype(float), hits, paths, np.arange(45) // 2)
        section = np.sort(random.integers(0, 10, 45))
        documents.append(Sectioned(text, np.arange(45) // 2 * 10 + section, np.char.add("0", section.astype(str))))
    study = tables(documents, [f"g{i % 5}" for i in range(count)])
    # Over fifty years, one or two a fortnight.
    days = np.datetime64("1970-01-01") + np.sort(random.integers(0, 50 * 365, count))
    documents = study.documents.assign(published=days.astype(str))
    documents = documents.assign(
        genre=[f"k{i % 3}" for i in range(count)], speaker=[f"s{i // 20}" for i in range(count)]
    )
    # Three groupings: group, genre, and both together.
    study = replace(study, documents=with_groupings(documents, ["genre", "group * genre"]))
    words = random.zipf(1.3, int(study.sentences["words"].sum() // 2)).clip(max=60000)
    place = study.sentences.iloc[np.sort(random.integers(0, len(study.sentences), len(words)))]
    terms = place[["document", "section", "block"]].assign(term=[f"w{word}" for word in words])
    terms = terms.groupby(["document", "section", "block", "term"]).size().rename("count").reset_index()
    print(f"{count} documents, {int(study.sentences['words'].sum())} words, {len(study.hits)} hits")
    print(f"before: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB at most")
    options = {"focus_themes": ["defence", "economy"]}
    made: dict[str, pd.DataFrame | str] = {}
    begun = time.process_time()

    def timed(name: str, make: Callable[[], pd.DataFrame | str]) -> None:
        start = time.process_time()
        made[name] = make()
        print(f"  {name}: {time.process_time() - start:.1f} s of processor, {len(made[name])} rows or characters")

    timed("theme_rates", lambda: theme_rates(study))
    rates = [made["theme_rates"]]
    timed("framing_by_section", lambda: framing_tables(rates, study)["framing_by_section"])
    timed("contrasts", lambda: contrasts(study))
    timed("contrast_differences", lambda: contrast_differences(study))
    timed("section_differences", lambda: section_differences(study, **options))
    timed("document_differences", lambda: document_differences(study, **options))
    timed("group_models", lambda: group_models(study))
    formulas = ["defence ~ year + group + genre + (1 | speaker)", "economy ~ period * group"]
    timed("models", lambda: model_tables(study, formulas, themes=parents)["models"])
    timed("trends", lambda: trends(study))
    timed("changes", lambda: changes(study, **options))
    timed("trajectory", lambda: trajectory(study))
    timed("dispersion", lambda: pd.concat([dispersion(study, kind) for kind in PLACES], ignore_index=True))
    timed("mode_shares", lambda: mode_shares(study))
    timed("theme_cooccurrence", lambda: pd.concat([theme_cooccurrence(study, level) for level in LEVELS]))
    timed("profile_distances", lambda: profile_distances(made["theme_rates"]))
    timed("profile_map", lambda: profile_map(made["theme_rates"]))
    timed("keywords", lambda: keywords([terms], study.documents))
    differences = {name: made[name] for name in ("contrast_differences", "section_differences", "document_differences")}
    timed("robustness", lambda: robustness(study, **differences))
    timed(
        "findings",
        lambda: findings(made["contrasts"], *differences.values(), study.sections, study.documents, made["robustness"]),
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"all: {time.process_time() - begun:.1f} s of processor, {peak:.2f} GB at most")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description="Time every table of comparison.")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    for name, table in scale(given.documents).items():
        if given.write:
            written = table if isinstance(table, str) else table.to_csv(index=False)
            (given.write / name).write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
