"""Sixty dated speeches of two parties and two kinds, written from templates with a seed: a study whose changes and
differences are known.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np

TINY = Path(__file__).parent / "tiny"
SENTENCES = {
    "economy": ["We must find a market for what we grow.", "Trade is what our towns live on."],
    "defence": ["The fleet lies in the bay and is paid for.", "Our fleet is old and slow."],
    "energy": ["The coal is brought down by cart.", "Gas came late to the valley."],
    "": [
        "I thank the members for their patience.",
        "The winter was long and the roads were bad.",
        "Many have written to me about this.",
        "We will come back to it when the house meets again.",
    ],
}
SPEECHES, FIRST, BREAK, WAR = 60, 1950, 1980, 1939
PARTIES, KINDS, TERM = ("Liberals", "Conservatives"), ("spoken", "written"), 4
# The shares of sentences on the economy and on energy before the break and from it on, and on defence by party.
ECONOMY, ENERGY, DEFENCE = (0.12, 0.45), (0.24, 0.03), {"Liberals": 0.08, "Conservatives": 0.25}


def write_dated_study(folder: Path, seed: int = 1) -> None:
    """A study in the folder: a speech a year by speakers who stay for four.

    From 1980 on the economy has nearly four times the sentences and energy an eighth. Conservatives have three times
    the sentences on defence that Liberals have. Spoken and written speeches do not differ.
    """
    random = np.random.default_rng(seed)
    (folder / "raw").mkdir(parents=True)
    shutil.copy(TINY / "themes.yaml", folder)
    with (folder / "raw" / "speeches.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "title", "date", "party", "kind", "speaker", "text"])
        for place, year in enumerate(range(FIRST, FIRST + SPEECHES)):
            term = place // TERM
            party, kind = PARTIES[term % 2], KINDS[place % 3 % 2]
            shares = [ECONOMY[year >= BREAK], DEFENCE[party], ENERGY[year >= BREAK]]
            kinds = random.choice(list(SENTENCES), (8, 3), p=[*shares, 1 - sum(shares)])
            paragraphs = [" ".join(str(random.choice(SENTENCES[kind])) for kind in row) for row in kinds]
            paragraphs[0] += f" In {WAR} nobody asked for it."
            named = [f"speech-{year}", f"Speech of {year}", f"{year}-03-01", party, kind, f"Speaker {term + 1}"]
            writer.writerow([*named, "\n\n".join(paragraphs)])
    config = [
        "title: Sixty speeches",
        "lexicon: themes.yaml",
        "corpora:",
        "  - {file: speeches.csv, id: id, text: text, title: title, published: date, speaker: speaker, group: party}",
        "groups: [kind, group * kind]",
        "models:",
        "  - economy ~ year + group + kind + (1 | speaker)",
        "  - defence ~ year + group + kind + (1 | speaker)",
        "  - defence v. economy ~ year + group",
        "contrasts:",
        "  - {name: defence v. economy, a: [defence], b: [economy]}",
        "focus_themes: [economy, energy]",
        "permutations: 199",
        # All speeches are made of the same few sentences, which are no copies of one another here.
        "copied_passages: everywhere",
    ]
    (folder / "config.yaml").write_text("\n".join(config) + "\n", encoding="utf-8")
