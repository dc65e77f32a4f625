"""Sixty dated speeches of two parties, written from templates with a seed: a study whose changes are known."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np

TINY = Path(__file__).parent / "tiny"
SENTENCES = {
    "economy": ["We must find a market for what we grow.", "Trade is what our towns live on."],
    "defence": ["The fleet lies in the bay and is paid for.", "Our fleet is old and slow."],
    "": [
        "I thank the members for their patience.",
        "The winter was long and the roads were bad.",
        "Many have written to me about this.",
        "We will come back to it when the house meets again.",
    ],
}
SPEECHES, FIRST, BREAK, WAR = 60, 1950, 1980, 1939
PARTIES = ("Liberals", "Conservatives")


def write_dated_study(folder: Path, seed: int = 1) -> None:
    """A study in the folder: a speech a year, from 1980 on with three times the sentences on the economy."""
    random = np.random.default_rng(seed)
    (folder / "raw").mkdir(parents=True)
    shutil.copy(TINY / "themes.yaml", folder)
    with (folder / "raw" / "speeches.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "title", "date", "party", "text"])
        for year in range(FIRST, FIRST + SPEECHES):
            often = 0.45 if year >= BREAK else 0.15
            kinds = random.choice(list(SENTENCES), (8, 3), p=[often, 0.2, 0.8 - often])
            paragraphs = [" ".join(str(random.choice(SENTENCES[kind])) for kind in row) for row in kinds]
            paragraphs[0] += f" In {WAR} nobody asked for it."
            writer.writerow(
                [f"speech-{year}", f"Speech of {year}", f"{year}-03-01", PARTIES[year % 2], "\n\n".join(paragraphs)]
            )
    config = [
        "title: Sixty speeches",
        "lexicon: themes.yaml",
        "corpora:",
        "  - {file: speeches.csv, id: id, text: text, title: title, published: date, group: party}",
        "contrasts:",
        "  - {name: defence v. economy, a: [defence], b: [economy]}",
        "focus_themes: [economy, defence]",
        "permutations: 199",
    ]
    (folder / "config.yaml").write_text("\n".join(config) + "\n", encoding="utf-8")
