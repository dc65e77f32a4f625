"""Lexicons of LIWC (.dic): numbered categories between two lines of "%", then words with category numbers."""

from __future__ import annotations

import re
from pathlib import Path

from framescope.themes.formats.reading import Draft, read_text
from framescope.themes.lexicon import Lexicon

_HEADING = re.compile(r"^(?P<indent>\s*)(?P<number>\d{1,9})[\t ]+(?P<name>\S.*?)\s*$")
_ENTRY = re.compile(r"^\s*(?P<word>.+?)(?P<codes>(?:\s+(?:[<(][^<>()]*[>)]\s*\d{1,9}(?:/\d{1,9})?|\d{1,9}))+)\s*$")
_LONGEST = 2_000
_CODE = re.compile(
    r"(?:(?P<next><[^<>]*>)|(?P<before>\([^()]*\)))\s*(?P<then>\d{1,9})(?:/(?P<otherwise>\d{1,9}))?|(?P<plain>\d{1,9})"
)


def read_dic(path: Path) -> Lexicon:
    """The lexicon of a LIWC .dic file; indented categories are children of the one above them.

    "kind <of>131/125" puts "kind" under 131 before "of" and under 125 elsewhere; "like (02 134)125/464" puts "like"
    under 125 after a word of category 2 or 134 and under 464 elsewhere.

    Raises: LexiconError if the list of categories is missing or malformed.
    """
    draft = Draft(path.name)
    lines = read_text(path).split("\n")
    marks = [number for number, line in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        raise draft.error(1, "expected the categories between two lines that hold only '%'")
    categories = _read_headings(lines, marks[0] + 1, marks[1], draft)
    entries: list[tuple[int, str, str]] = []
    for number in range(marks[1] + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        if len(line) > _LONGEST or (entry := _ENTRY.match(line)) is None:
            found = line.strip()[:80]
            draft.warn(number + 1, f"expected a word and the numbers of its categories, found {found!r}")
        else:
            entries.append((number + 1, entry["word"].strip(), entry["codes"]))
    members: dict[int, list[str]] = {}
    for _, word, codes in entries:
        for code in _CODE.finditer(codes):
            if code["plain"] and "*" not in word:
                members.setdefault(int(code["plain"]), []).append(word.lower())
    for line_number, word, codes in entries:
        _read_entry(line_number, word, codes, categories, members, draft)
    return draft.lexicon()


def _read_headings(lines: list[str], first: int, last: int, draft: Draft) -> dict[int, str]:
    categories: dict[int, str] = {}
    above: list[tuple[int, str]] = []
    for number in range(first, last):
        if not lines[number].strip():
            continue
        if (heading := _HEADING.match(lines[number])) is None:
            raise draft.error(number + 1, f"expected a number and a category's name, found {lines[number].strip()!r}")
        indent = len(heading["indent"].expandtabs(4))
        while above and above[-1][0] >= indent:
            above.pop()
        above.append((indent, heading["name"]))
        if int(heading["number"]) in categories:
            draft.warn(number + 1, f"category {heading['number']} has a name already; this one is left out")
        else:
            categories[int(heading["number"])] = draft.theme(tuple(name for _, name in above), number + 1)
    return categories


def _read_entry(
    line: int, word: str, codes: str, categories: dict[int, str], members: dict[int, list[str]], draft: Draft
) -> None:
    def add(code: str, condition: str = "") -> None:
        if int(code) not in categories:
            draft.warn(line, f"{word!r} names category {code}, which the file does not define")
        else:
            draft.add(categories[int(code)], f"{word.lower()}{condition}", line)

    for code in _CODE.finditer(codes):
        if code["plain"]:
            add(code["plain"])
            continue
        if code["next"]:
            rule, partners = "BEFORE/1", code["next"].strip("<>").lower().split()
        else:
            rule = "AFTER/1"
            numbers = map(int, re.findall(r"\d{1,9}", code["before"]))
            partners = [member for number in numbers for member in members.get(number, [])]
        partners = [partner for partner in dict.fromkeys(partners) if any(map(str.isalnum, partner))]
        if not partners:
            draft.warn(line, f"the condition of {word!r} refers to no word; it is left out")
            continue
        add(code["then"], f" {rule} {' OR '.join(partners)}")
        if code["otherwise"]:
            add(code["otherwise"], f" NOT {rule} {' OR '.join(partners)}")
