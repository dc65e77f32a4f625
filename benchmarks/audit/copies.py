"""Copied passages and editions, from the sentences: texts cut out again, words aligned again, paragraphs counted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from typing import Any

import pandas as pd
from benchmarks.audit.checks import Checks
from benchmarks.audit.counts import Study

Row = dict[str, Any]
# Dotted abbreviations, numbers with points or commas, and letters with apostrophes inside; "'s" belongs to no word.
WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*[^\W_]*|(?!(?<=['’])[sS]\b)[^\W_][\w\u0300-\u036f]*(?:['’](?![sS]\b)[^\W_]+)*"
)
FEWEST, LEAST_ALIKE, COPIED = 12, 0.8, 0.5
# Exact repetitions of so many words without a name or a quotation mark have to be in a passage.
CERTAIN = 20
CHANGES = ("kept", "edited", "moved", "added", "dropped")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def aligned(first: list[str], second: list[str]) -> int:
    """Equal words in the best alignment: 1 for an equal word, -1 for one replaced, left out or put in.

    >>> aligned("a b c d".split(), "a x c d".split())
    3
    """
    before = [(-n, 0) for n in range(len(second) + 1)]
    for word in first:
        row = [(before[0][0] - 1, 0)]
        for n, other in enumerate(second):
            equal = word == other
            diagonal = (before[n][0] + (1 if equal else -1), before[n][1] + equal)
            row.append(max(diagonal, (before[n + 1][0] - 1, before[n + 1][1]), (row[n][0] - 1, row[n][1])))
        before = row
    return before[-1][1]


def matched(first: list[str], second: list[str]) -> int:
    """Words in common blocks: the longest block, of equals the first, then the same on both sides of it."""
    if not first or not second:
        return 0
    places: dict[str, list[int]] = defaultdict(list)
    for n, word in enumerate(second):
        places[word].append(n)
    best, lengths = (0, 0, 0), Counter[int]()
    for m, word in enumerate(first):
        now = Counter({n: lengths[n - 1] + 1 for n in places.get(word, [])})
        for n, length in now.items():
            if length > best[0]:
                best = (length, m - length + 1, n - length + 1)
        lengths = now
    size, a, b = best
    if not size:
        return 0
    return size + matched(first[:a], second[:b]) + matched(first[a + size :], second[b + size :])


class Reuse:
    """Compares reuse, reuse_by_document and copied_sentences with the sentences."""

    def __init__(self, study: Study, checks: Checks) -> None:
        self.study, self.checks = study, checks
        self.sentences = study.table("sentences").sort_values(["document", "sentence"])
        published = study.documents.set_index("document")["published"]
        self.order = sorted(published.index, key=lambda name: (not published[name], published[name], name))
        self.published = published

    @cached_property
    def words(self) -> dict[str, list[tuple[int, int, int, str]]]:
        """By document each word: its sentence, the paragraph's character where it begins and ends, and itself."""
        found: dict[str, list[tuple[int, int, int, str]]] = {name: [] for name in self.order}
        columns = self.sentences[["document", "sentence", "start", "text"]]
        for document, sentence, start, text in columns.itertuples(index=False):
            for match in WORD.finditer(text):
                word = match[0].lower().replace("’", "'")
                found[document].append((sentence, start + match.start(), start + match.end(), word))
        return found

    def inside(self, row: Row, side: str) -> range:
        """The places of a passage's words among those of its document."""
        words = self.words[row[f"{side}document"]]
        begins, ends = (row[f"{side}sentence"], row[f"{side}start"]), (row[f"{side}last_sentence"], row[f"{side}end"])
        own = [
            n
            for n, (sentence, start, end, _) in enumerate(words)
            if begins <= (sentence, start) and (sentence, end) <= ends
        ]
        return range(own[0], own[-1] + 1) if own else range(0)

    def check(self) -> None:
        """Compare every passage, the sums by document and the copied sentences; and look for passages left out."""
        rows = self.study.table("reuse").to_dict("records")
        places = [(self.inside(row, ""), self.inside(row, "first_")) for row in rows]
        for line, (row, (later, earlier)) in enumerate(zip(rows, places, strict=True), start=2):
            self._passage(f"line {line}", row, later, earlier)
        self._by_document(rows, places)
        self._copied_sentences(rows, places)
        self._left_out(rows, places)

    def _passage(self, place: str, row: Row, later: range, earlier: range) -> None:
        cells: Row = {}
        for side, inside in (("", later), ("first_", earlier)):
            words = self.words[row[f"{side}document"]]
            cells[f"{side}words"], cells[f"{side}published"] = len(inside), self.published[row[f"{side}document"]]
            cells[f"{side}text"] = self._text(row, side)
            if inside:
                first = self._sentence(row[f"{side}document"], words[inside[0]][0])
                cells |= {f"{side}{name}": first[name] for name in ("section", "paragraph", "sentence")}
        own, other = (
            [self.words[row[f"{side}document"]][n][3] for n in inside]
            for side, inside in (("", later), ("first_", earlier))
        )
        equal = aligned(other, own)
        cells |= {"equal_words": equal, "alike": equal / max(len(own), len(other), 1)}
        for column, expected in cells.items():
            self.checks.compare("reuse", f"{place}, {column}", row[column], expected)
        fits = min(len(own), len(other)) >= FEWEST and cells["alike"] >= LEAST_ALIKE
        self.checks.fits("reuse", f"{place}, passage", fits, cells["alike"], "twelve words of which .8 are equal")
        stands = [
            (self.order.index(row[f"{side}document"]), inside) for side, inside in (("first_", earlier), ("", later))
        ]
        before = stands[0][0] < stands[1][0] or (stands[0][0] == stands[1][0] and earlier.stop <= later.start)
        self.checks.fits("reuse", f"{place}, first", before, row["first_document"], "an earlier place")

    @cached_property
    def _sentences(self) -> dict[tuple[str, int], Row]:
        rows = self.sentences.to_dict("records")
        return {(row["document"], row["sentence"]): row for row in rows}

    def _sentence(self, document: str, number: int) -> Row:
        return self._sentences[document, number]

    def _text(self, row: Row, side: str) -> str:
        """The sentences of a passage, the first and the last cut to its characters."""
        texts = []
        first, last = row[f"{side}sentence"], row[f"{side}last_sentence"]
        for number in range(first, last + 1):
            sentence = self._sentences.get((row[f"{side}document"], number))
            if sentence is not None:
                end = row[f"{side}end"] - sentence["start"] if number == last else None
                texts.append(sentence["text"][row[f"{side}start"] - sentence["start"] if number == first else 0 : end])
        return " ".join(texts)

    def _by_document(self, rows: list[Row], places: list[tuple[range, range]]) -> None:
        copied, repeated, elsewhere = (defaultdict(set) for _ in range(3))
        sources: dict[str, Counter[str]] = defaultdict(Counter)
        for row, (later, earlier) in zip(rows, places, strict=True):
            own, first = row["document"], row["first_document"]
            (repeated if own == first else copied)[own].update(later)
            if own != first:
                elsewhere[own].update(later)
                elsewhere[first].update(earlier)
                sources[own][first] += row["words"]
        shown = self.study.table("reuse_by_document").to_dict("records")
        self.checks.fits(
            "reuse_by_document", "rows", [row["document"] for row in shown] == self.order, len(shown), len(self.order)
        )
        for line, row in enumerate(shown, start=2):
            name, total = row["document"], len(self.words[row["document"]])
            most = min(sources[name].items(), key=lambda item: (-item[1], self.order.index(item[0])), default=("", 0))
            cells = {
                "words": total,
                "repeated_words": len(repeated[name]),
                "most_from": most[0],
                "most_from_words": most[1],
            }
            for kind, words in (("copied", copied[name]), ("elsewhere", elsewhere[name])):
                cells |= {f"{kind}_words": len(words), f"{kind}_share": len(words) / total if total else 0.0}
            for column, expected in cells.items():
                self.checks.compare("reuse_by_document", f"line {line}, {column}", row[column], expected)

    def _copied_sentences(self, rows: list[Row], places: list[tuple[range, range]]) -> None:
        inside: dict[str, set[int]] = defaultdict(set)
        for row, (later, _) in zip(rows, places, strict=True):
            inside[row["document"]].update(later)
        expected = {}
        for document, copied in inside.items():
            lengths = Counter(sentence for sentence, *_ in self.words[document])
            parts = Counter(self.words[document][n][0] for n in copied)
            expected |= {(document, s): (lengths[s], n) for s, n in parts.items() if n >= COPIED * lengths[s]}
        shown = self.study.table("copied_sentences").to_dict("records")
        found = {(row["document"], row["sentence"]): (row["words"], row["copied_words"]) for row in shown}
        for key in sorted({*expected, *found}):
            place = f"{key[0]}, sentence {key[1]}"
            self.checks.fits(
                "copied_sentences", place, found.get(key) == expected.get(key), found.get(key), expected.get(key)
            )

    def _left_out(self, rows: list[Row], places: list[tuple[range, range]]) -> None:
        """Twenty words that stand twice, without a name or a quotation mark, are in a passage but for their ends."""
        inside: dict[str, set[int]] = defaultdict(set)
        for row, (later, _) in zip(rows, places, strict=True):
            inside[row["document"]].update(later)
        seen: dict[tuple[str, ...], tuple[str, int]] = {}
        for document in self.order:
            words = self.words[document]
            for n in range(len(words) - CERTAIN + 1):
                gram = tuple(word for *_, word in words[n : n + CERTAIN])
                first = seen.setdefault(gram, (document, n))
                if first == (document, n) or (first[0] == document and n - first[1] < CERTAIN):
                    continue
                sentences = {sentence for sentence, *_ in words[n : n + CERTAIN]}
                texts = [self._sentence(document, sentence)["text"] for sentence in sentences]
                if any(re.search(r"[\"“”‘'’]|\w.*[A-Z]", text) for text in texts):
                    continue
                part = sum(m in inside[document] for m in range(n, n + CERTAIN))
                fits = part >= CERTAIN - FEWEST
                self.checks.fits("reuse", f"{document}, sentence {words[n][0]}", fits, part, " ".join(gram))


class Editions:
    """Compares editions, edition_sections and edition_themes with the paragraphs of both texts."""

    def __init__(self, study: Study, checks: Checks) -> None:
        self.study, self.checks = study, checks
        self.sentences, self.sections = study.table("sentences"), study.table("sections")
        hits = study.table("hits")
        hits = hits[hits["counted"].astype(bool)]
        hits = hits.assign(top=hits["theme"].str.split(".").str[0])
        self.hits = hits.drop_duplicates(["document", "sentence", "start", "end", "top"])

    def check(self) -> None:
        """Compare every pair of editions that the study states."""
        changes, sections, themes = (self.study.table(f"edition{name}") for name in ("s", "_sections", "_themes"))
        known = set(self.study.documents["document"])
        for pair in self.study.config.get("editions", []):
            if set(pair) <= known:
                own = [self._of(table, pair) for table in (changes, sections, themes)]
                self._paragraphs(own[0], pair)
                self._sections(own[1], own[0], pair)
                self._themes(own[2], own[0], pair)

    def _of(self, table: pd.DataFrame, pair: list[str]) -> pd.DataFrame:
        return table[(table["old_document"] == pair[0]) & (table["new_document"] == pair[1])]

    def _facts(self, document: str) -> dict[int, Row]:
        """By number each paragraph: its section, words, text and the hits of each theme."""
        found: dict[int, Row] = {}
        own = self.sentences[self.sentences["document"] == document].sort_values("sentence")
        for row in own.to_dict("records"):
            facts = found.setdefault(
                row["paragraph"], {"section": row["section"], "words": 0, "text": [], "hits": Counter()}
            )
            facts["words"] += row["words"]
            facts["text"].append(row["text"])
        here = self.hits[self.hits["document"] == document]
        for paragraph, top in here[["paragraph", "top"]].itertuples(index=False):
            found[paragraph]["hits"][top] += 1
        return found

    def _paragraphs(self, rows: pd.DataFrame, pair: list[str]) -> None:
        facts = {side: self._facts(document) for side, document in zip(("old", "new"), pair, strict=True)}
        for side, own in facts.items():
            shown = sorted(rows[f"{side}_paragraph"].dropna().astype(int))
            self.checks.fits("editions", f"{side} paragraphs of {pair}", shown == sorted(own), len(shown), "each once")
        both = rows["old_paragraph"].notna() & rows["new_paragraph"].notna()
        stayed = rows[both & (rows["change"] != "moved")]["old_paragraph"].tolist()
        self.checks.fits(
            "editions", f"order of {pair}", stayed == sorted(stayed), "an order", "that of the old edition"
        )
        for row in rows.to_dict("records"):
            sides = [side for side in facts if row[f"{side}_paragraph"] == row[f"{side}_paragraph"]]
            words, cells = {}, {}
            for side in sides:
                own = facts[side][int(row[f"{side}_paragraph"])]
                text = " ".join(own["text"])
                words[side] = [word.lower() for word in WORD.findall(text)]
                named = "; ".join(f"{theme} {n}" for theme, n in sorted(own["hits"].items()))
                cells |= {f"{side}_{name}": own[name] for name in ("section", "words")}
                cells |= {f"{side}_text": text, f"{side}_themes": named}
            if len(sides) == 2:
                a, b = words["old"], words["new"]
                cells["alike"] = 2 * matched(a, b) / max(len(a) + len(b), 1)
                if row["change"] != "moved":
                    cells["change"] = "kept" if a == b else "edited"
            else:
                cells |= {"alike": None, "change": "dropped" if sides == ["old"] else "added"}
            place = f"{pair[1]}, paragraphs {row['old_paragraph']} and {row['new_paragraph']}"
            for column, expected in cells.items():
                shown = row[column] if not isinstance(row[column], float) or row[column] == row[column] else None
                self.checks.compare("editions", f"{place}, {column}", shown, expected or None)

    def _sections(self, rows: pd.DataFrame, changes: pd.DataFrame, pair: list[str]) -> None:
        for side, document in zip(("old", "new"), pair, strict=True):
            own = self.sections[self.sections["document"] == document]["section"].tolist()
            shown = sorted(section for section in rows[f"{side}_section"].dropna() if section)
            self.checks.fits("edition_sections", f"{side} sections of {pair}", shown == sorted(own), shown, "each once")
        for row in rows.fillna("").to_dict("records"):
            state = (
                "kept" if row["old_section"] and row["new_section"] else "added" if row["new_section"] else "dropped"
            )
            place = f"{pair[1]}, {row['old_section']} and {row['new_section']}"
            self.checks.compare("edition_sections", f"{place}, change", row["change"], state)
            for change in CHANGES:
                side = "old" if change == "dropped" else "new"
                section = row[f"{side}_section"]
                own = changes[(changes["change"] == change) & (changes[f"{side}_section"] == section)]
                self.checks.compare("edition_sections", f"{place}, {change}", row[change], len(own) if section else 0)

    def _themes(self, rows: pd.DataFrame, changes: pd.DataFrame, pair: list[str]) -> None:
        old, new = (self._facts(document) for document in pair)
        gone = changes.loc[changes["change"] == "dropped", "old_paragraph"].astype(int)
        come = changes.loc[changes["change"] == "added", "new_paragraph"].astype(int)
        parts = {"dropped": [old[n] for n in gone], "added": [new[n] for n in come]}
        parts |= {"old": list(old.values()), "new": list(new.values())}
        themes = {theme for facts in (*old.values(), *new.values()) for theme in facts["hits"]}
        self.checks.fits("edition_themes", f"{pair}", set(rows["theme"]) == themes, len(rows), sorted(themes))
        for row in rows.to_dict("records"):
            for part, facts in parts.items():
                hits, words = sum(f["hits"][row["theme"]] for f in facts), sum(f["words"] for f in facts)
                cells = {"hits": hits, "words": words, "rate": 1000 * hits / words if words else None}
                for name, expected in cells.items():
                    place = f"{pair[1]}, {row['theme']}, {part}_{name}"
                    self.checks.compare("edition_themes", place, row[f"{part}_{name}"], expected)
