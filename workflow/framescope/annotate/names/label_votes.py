"""Labels decided by majority: among all occurrences of a name in its document, or among the members of a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from framescope.annotate.names.context import TITLES
from framescope.annotate.names.model import Name
from framescope.annotate.names.patterns import word_set

# A majority decides, so that words count here which are titles before some names only ("Major Disasters").
VOTING_TITLES = TITLES | word_set("General Justice Major Representative")
TITLE_WEIGHT = 3
VOTING = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT"})
FEWEST_IN_LIST = 3
# In shorter lists a full name of a person keeps its label: "Apple, Microsoft and Jane Smith".
FEWEST_FOR_FULL_NAMES = 4
LIST_MAJORITY = 0.6
FILLED = frozenset({"PERSON", "ORG", "GPE"})
LONGEST_FILLING = 7


def agreed(docs: Sequence[Doc], names_by_doc: Sequence[list[Name]]) -> list[list[Name]]:
    """The names of one document, with the labels that the model gave corrected to that of the majority."""
    listed = [_by_list(doc, _filled(doc, names)) for doc, names in zip(docs, names_by_doc, strict=True)]
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for doc, names in zip(docs, listed, strict=True):
        for name in names:
            if _votes(name):
                votes[doc[name.start].text][name.label] += 1
                if name.start and doc[name.start - 1].text.rstrip(".") in VOTING_TITLES:
                    votes[doc[name.start].text]["PERSON"] += TITLE_WEIGHT
    return [[_elected(doc, name, votes) for name in names] for doc, names in zip(docs, listed, strict=True)]


def _votes(name: Name) -> bool:
    return name.rule == "model" and name.end - name.start == 1 and name.label in VOTING


def _elected(doc: Doc, name: Name, votes: dict[str, Counter[str]]) -> Name:
    if not _votes(name):
        return name
    ranked = sorted(votes[doc[name.start].text].items(), key=lambda vote: (-vote[1], vote[0]))
    label, most = ranked[0]
    return replace(name, label=label, rule="majority") if label != name.label and most > ranked[1][1] else name


def _by_list(doc: Doc, names: list[Name]) -> list[Name]:
    """The names, in lists such as "Lahore, Taxila, Thar and Guddu" with the label that most members have."""
    ordered = sorted(names, key=lambda name: name.start)
    result: list[Name] = []
    run: list[Name] = []
    for name in ordered:
        if run and not _joined(doc, run[-1].end, name.start):
            result += _harmonised(run)
            run = []
        run.append(name)
    return result + _harmonised(run)


def _filled(doc: Doc, names: list[Name]) -> list[Name]:
    """The names, and capitalised words that stand alone between two commas of a list whose members have one label."""
    ordered = sorted(names, key=lambda name: name.start)
    added = []
    for number, (left, right) in enumerate(pairwise(ordered)):
        if left.label != right.label or left.label not in FILLED or not 3 <= right.start - left.end <= LONGEST_FILLING:
            continue
        beside = [*ordered[max(number - 1, 0) : number], *ordered[number + 2 : number + 3]]
        if any(name.label == left.label for name in beside) and _is_listed(doc, left.end, right.start):
            start = left.end + 1
            ends = [i for i in range(start, right.start) if doc[i].text in (",", "and")]
            added.append(Name(start, ends[0], left.label, "list"))
    return [*names, *added]


def _is_listed(doc: Doc, start: int, end: int) -> bool:
    """Whether the words from one name of a list to the next are one more member, as in ", Green Front,"."""
    if doc[start].text != ",":
        return False
    words = [token.text for token in doc[start + 1 : end]]
    ends = [i for i, word in enumerate(words) if word in (",", "and")]
    member = words[: ends[0]] if ends else []
    rest = words[ends[0] :] if ends else []
    return bool(member) and all(word[0].isupper() for word in member) and set(rest) <= {",", "and", "the"}


def _joined(doc: Doc, end: int, start: int) -> bool:
    between = doc[end:start]
    return 0 < len(between) <= 3 and all(token.lower_ in (",", "and", "or", "the") for token in between)


def _harmonised(run: list[Name]) -> list[Name]:
    if len(run) < FEWEST_IN_LIST:
        return run
    label, most = Counter(name.label for name in run).most_common(1)[0]
    if most < LIST_MAJORITY * len(run) or label not in VOTING:
        return run
    return [replace(name, label=label, rule="list") if _follows(name, len(run)) else name for name in run]


def _follows(name: Name, members: int) -> bool:
    """Whether a name in a list of so many members takes the label of the others."""
    full = name.label == "PERSON" and name.end - name.start > 1
    return name.rule == "model" and name.label in VOTING and (not full or members >= FEWEST_FOR_FULL_NAMES)
