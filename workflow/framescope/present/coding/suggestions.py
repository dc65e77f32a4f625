"""The terms that themes may lack as a page to read, results/term_suggestions.md."""

from __future__ import annotations

import pandas as pd

INTRODUCTION = """# Terms that themes may lack

The terms of a theme are listed with the most new sentences expected to be right first. Read the examples, and write
the terms that you accept into the study's lexicon; then `make suggest` proposes further ones. The expected precision
is estimated from hits of the theme in the same and neighbouring sentences, and from hand codes if the study has any.
"""


def suggestions_page(suggestions: pd.DataFrame) -> str:
    """The table of `suggestions` as Markdown, a heading for each theme and an entry for each term."""
    parts = [INTRODUCTION]
    for theme, rows in suggestions.groupby("theme", sort=False):
        parts.append(f"## {theme}\n")
        parts += [_entry(row) for row in rows.itertuples()]
    if suggestions.empty:
        parts.append("No term was found that stands near the hits of a theme more often than elsewhere.\n")
    return "\n".join(parts)


def _entry(row: object) -> str:
    values = {name: getattr(row, name) for name in row._fields}  # type: ignore[attr-defined]
    interval = f"{values['low']:.2f} to {values['high']:.2f}"
    lines = [
        f"- `{values['term']}`: expected precision {values['expected_precision']:.2f} ({interval}), {values['hits']} "
        f"hits in {values['documents']} document(s), {values['new_sentences']} new sentence(s); the rate of the theme "
        f"would be {values['rate_with_term']:.2f} instead of {values['rate']:.2f} per 1,000 words."
    ]
    if values["findings"]:
        lines.append(f"  - would change: {values['findings']}")
    lines += [f"  - {example}" for example in values["examples"].split(" | ") if example]
    return "\n".join(lines) + "\n"
