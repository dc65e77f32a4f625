"""The tables of report.html, cell by cell, and the numbers of its findings beside those of findings.md."""

from __future__ import annotations

import math
import re
from collections import Counter

from benchmarks.audit.checks import Checks
from benchmarks.audit.counts import Unit
from benchmarks.audit.findings import in_digits
from benchmarks.audit.tables import Recomputed
from benchmarks.audit.units import Cells
from lxml import html

RATE = {"rate_per_1000": 0, "rate_low": 1, "rate_high": 2}


class Report:
    """Reads the page and compares."""

    def __init__(self, recomputed: Recomputed, checks: Checks) -> None:
        self.recomputed, self.checks, self.study = recomputed, checks, recomputed.study

    def check(self, page: str, findings: str) -> None:
        tree = html.fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
        self._totals(tree)
        self._documents(rows_of(tree, "documents"))
        self._sections(rows_of(tree, "section-rates"))
        # Links of the Markdown name lines of tables; on the page they are addresses, not text.
        spoken = re.sub(r"\(tables/\w+\.csv(#L\d+)?\)", "", findings)
        own = numbers(spoken.partition("\n")[2])
        # The labels of the small pictures beside findings are no numbers of the findings.
        part = '//*[contains(concat(" ", @class, " "), " findings ")]'
        shown = numbers(
            " ".join(tree.xpath(f"{part}//text()[not(ancestor::svg) and not(ancestor::a[@class='quiet'])]"))
        )
        apart = sorted((shown - own) + (own - shown))
        self.checks.fits("report.html", "numbers of the findings", not apart, " ".join(apart), "those of findings.md")

    def _compare(self, place: str, said: str, value: float | None) -> None:
        fits = (said == "") if value is None else said != "" and in_digits(said, value)
        self.checks.fits("report.html", place, fits, said, value)

    def _own(self, document: str) -> dict[str, float | None]:
        """What a document's row says of it."""
        inside = self.study.inside(Unit("document", document))
        everything = self.study.all_sentences[self.study.all_sentences["document"] == document]
        words = self.study.words[inside].sum()
        left = everything["words"].sum() - words
        return {
            "Sections": int((self.study.sections["document"] == document).sum()),
            "Sentences": len(everything),
            "Blocks": everything["block"].nunique(),
            "Words": words,
            "quoted": left or None,
        }

    def _totals(self, tree: html.HtmlElement) -> None:
        said = {(b.tail or "").strip(): (b.text or "").strip() for b in tree.xpath('//ul[@class="counts"]/li/b')}
        documents = [self._own(document) for document in self.study.documents["document"]]
        expected = {"documents": len(documents), "document": len(documents)}
        for label, column in (("section", "Sections"), ("sentence", "Sentences"), ("words counted", "Words")):
            expected[label] = expected[f"{label}s"] = sum(int(own[column] or 0) for own in documents)
        for label, value in said.items():
            if label in expected:
                self._compare(f"totals, {label}", value, expected[label])

    def _documents(self, rows: list[dict[str, list[str]]]) -> None:
        for row in rows:
            own = self._own(row["Document"][0])
            for column in ("Sections", "Sentences", "Blocks", "Words"):
                self._compare(f"documents, {row['Document'][0]}, {column}", row[column][0], own[column])
            quoted = (row["Words"][1:] or [""])[0].removesuffix(" quoted")
            self._compare(f"documents, {row['Document'][0]}, quoted", quoted, own["quoted"])

    def _sections(self, rows: list[dict[str, list[str]]]) -> None:
        shown = self.recomputed.shown["framing_by_section"]
        themes = {theme.replace("_", " "): theme for theme in self.recomputed.units.themes if "." not in theme}
        order = {document: place for place, document in enumerate(self.study.table("documents")["document"])}
        shown = shown.sort_values("document", kind="stable", key=lambda column: column.map(order))
        alone = ~shown["document"].duplicated(keep=False)
        names = alone.map({True: "the whole text", False: "the part before the first heading"})
        shown = shown.assign(name=shown["title"].replace("", None).fillna(names))
        for row, section in zip(rows, shown.to_dict("records"), strict=False):
            unit = Unit("section", section["document"], section["section"], section["section"])
            place = f"sections, {section['document']}, {section['section']}"
            self.checks.compare("report.html", f"{place}, title", row["Section"][0], " ".join(section["name"].split()))
            self._compare(f"{place}, Words", row["Words"][0], self.study.words[self.study.inside(unit)].sum())
            cells = self.recomputed.units.rates(unit)
            for header, (said, *ends) in row.items():
                if header not in themes:
                    continue
                cell = cells[self.recomputed.units.themes.index(themes[header])]
                times = [end for end in ends if end.startswith("×")]
                self._ratio(f"{place}, {header}, ratio", times[0] if times else "", cell)
                ends = [end for end in ends if end not in times]
                said_ends = ends[0].split("–") if ends else ["", ""]
                for column, value in zip(RATE, (said, *said_ends), strict=True):
                    self._compare(f"{place}, {header}, {column}", value, cell[column])

    def _ratio(self, place: str, said: str, cell: Cells) -> None:
        """A ratio to the baseline with its interval in parentheses, as in ×1.8 (1.2–2.7)."""
        ratio, _, ends = said.removeprefix("×").removesuffix(")").partition(" (")
        low, _, high = ends.partition("–")
        for value, end in ((ratio, ""), (low, "_low"), (high, "_high")):
            known = cell[f"ratio{end}"]
            self._compare(f"{place}{end}", value.replace(",", ""), None if math.isnan(known) else known)


def rows_of(tree: html.HtmlElement, name: str) -> list[dict[str, list[str]]]:
    """Rows of a table of the page and its continuations: by header the cell's own text, then what is small in it.

    A table continued for further themes has the same rows again, whose cells are added to them.
    """
    first, *others = tree.xpath(f'//table[@id="{name}" or starts-with(@id, "{name}-")]')
    rows = rows_of_table(first)
    for other in others:
        for row, more in zip(rows, rows_of_table(other), strict=True):
            row.update(more)
    return rows


def rows_of_table(table: html.HtmlElement) -> list[dict[str, list[str]]]:
    """Rows of one table."""
    head, *body = table.xpath(".//tr")
    headers = [" ".join(cell.text_content().split()) for cell in head.xpath("./th")]
    return [
        {
            header: [
                " ".join(" ".join(cell.xpath("./text() | ./a/text()")).split()),
                *(" ".join(s.text_content().split()) for s in cell.xpath("./small")),
            ]
            for header, cell in zip(headers, row.xpath("./th | ./td"), strict=True)
        }
        for row in body
    ]


def numbers(text: str) -> Counter[str]:
    """The numbers of a text with how often each is there."""
    return Counter(re.findall(r"\d[\d,]*(?:\.\d+)?", text))
