"""How the study was measured: as a table, as sentences for a paper, and what to cite."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from framescope.annotate.levels import NAMES, NONE, what_is_missing
from framescope.compare.counts.choices import CHOICES
from framescope.compare.emphasis.baselines import EVEN, said_baseline, stated_rates
from framescope.compare.inputs import ONCE, BaselineSetting
from framescope.compare.opinion.encoder import MODEL
from framescope.compare.opinion.opinions import FILLS_ABOVE, VETOES_BELOW

LIBRARIES = ("spacy", "textacy", "pandas", "snakemake")


def methods_of(record: Mapping[str, Any]) -> dict[str, str]:
    """The statements of the methods section, taken from the record of provenance."""
    config = record["config"]
    contrasts = "; ".join(f"{c['name']}: {' + '.join(c['a'])} v. {' + '.join(c['b'])}" for c in config["contrasts"])
    return {
        "Model": f"{record['model']['name']}, digest {record['model']['digest']}" if record["model"] else "none",
        "Annotation": what_is_missing(config["annotate"]) or config["annotate"],
        "Lexicon and actors": ", ".join(f"{name} (SHA-256 {digest[:12]})" for name, digest in record["data"].items()),
        "What counts": what_counts(config["counting"]),
        "Contrasts": contrasts,
        "Baseline": said_baseline(config["baseline"]),
        "Second opinion": said_opinion(config["second_opinion"]) or "none",
        "Themes asked about in advance": ", ".join(config["focus_themes"]),
        "Fewest blocks for a test": str(config["min_blocks"]),
        "Intervals": f"{config['confidence']:.0%}, over blocks: a paragraph with the list items it introduces",
        "Tests": f"{config['permutations']:,} permutations of blocks, seed {config['seed']}",
        "Versions": f"Framescope {record['framescope']}, Python {record['python']}, "
        + ", ".join(f"{name} {record['libraries'][name]}" for name in LIBRARIES),
        "Results": f"all tables, SHA-256 {digest_of_tables(record)[:16]}; each table is in provenance.json",
    }


def what_counts(counting: Mapping[str, Any]) -> str:
    """The choices of the study about what is counted, in words."""
    without = "; ".join(choice.described for name, choice in CHOICES.items() if not counting[name])
    quoted = "Quotations count as the author's own words. " if counting["quoted"] else ""
    return f"{quoted}Left out: {without or 'nothing'}."


def said_opinion(wanted: bool) -> str:
    """How the second opinion on themes was formed, as a sentence; empty if there is none."""
    if not wanted:
        return ""
    return (
        f"As a second opinion, sentences and their neighbours were described by the vectors of {MODEL}, and for each "
        "theme a logistic regression learned from the hits of the lexicon alone which sentences have one; a hit with a "
        f"probability below {VETOES_BELOW:.2f} is vetoed, and a sentence without a hit and with a probability above "
        f"{FILLS_ABOVE:.2f} is filled. No figure of a finding uses it, but for the variation of that name in the table "
        "of robustness. "
    )


def digest_of_tables(record: Mapping[str, Any]) -> str:
    """The SHA-256 of the names and digests of all tables, which differs where any number of the study does."""
    return hashlib.sha256(json.dumps(record["tables"], sort_keys=True).encode()).hexdigest()


def methods_text(record: Mapping[str, Any], totals: Mapping[str, int]) -> list[str]:
    """Paragraphs that describe the measurement in the words of a paper."""
    config = record["config"]
    counting, once = what_counts(config["counting"]), config["copied_passages"] == ONCE
    return [
        f"The study covers {totals['documents']:,} documents with {totals['words']:,} words of their authors. "
        f"{_annotation(record)} Themes were measured by the terms of a lexicon; a name that stands for a theme counts "
        f"once. The files of the lexicon, the actors and the eras are {', '.join(record['data'])}. {counting} "
        "Notes, references and headings are not counted. "
        f"{said_opinion(config['second_opinion'])}".strip(),
        "Emphasis is the number of hits per 1,000 words of the author. Intervals are "
        f"{config['confidence']:.0%} intervals over blocks, where a block is a paragraph with the list items it "
        f"introduces, and exist from two blocks on. {_compared(config['baseline'])}"
        f"Differences were tested from {config['min_blocks']} blocks on "
        f"each side by {config['permutations']:,} permutations of blocks (seed {config['seed']}); what is stated as a "
        "finding was corrected over all tests of the study together (Holm)."
        + (" Of a passage that stands in several places only the first one was tested." if once else ""),
    ]


def _compared(baseline: BaselineSetting) -> str:
    """With what rates are compared, as a sentence."""
    if baseline == EVEN:
        return ""
    chance = "the rate" if stated_rates(baseline) is not None else "both rates"
    return (
        f"Each rate was divided by that of its baseline, {said_baseline(baseline)}; the interval of the ratio allows "
        f"for the chance in {chance}. "
    )


def _annotation(record: Mapping[str, Any]) -> str:
    """How texts were read and annotated, as a sentence."""
    level, library = record["config"]["annotate"], f"spaCy {record['libraries']['spacy']}"
    read = f"Texts were read with Framescope {record['framescope']}"
    if level == NONE:
        return f"{read} and divided into words and sentences by rules, with {library} and without a language model."
    pipeline = f"the spaCy pipeline {record['model']['name']} ({library})"
    if level == NAMES:
        return f"{read} and divided into sentences by rules; names were found with {pipeline}."
    return f"Texts were read and annotated with Framescope {record['framescope']} and {pipeline}."


def citation(record: Mapping[str, Any], title: str) -> str:
    """How to cite the page, with the digest by which to check whether another copy has the same numbers."""
    return (
        f"{title}. Report of Framescope {record['framescope']} (The Framescope developers: Framescope: reproducible "
        f"framing analysis of policy texts). Results SHA-256 {digest_of_tables(record)[:16]}."
    )
