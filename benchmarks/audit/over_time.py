"""Rates by date, smooth lines, trends and breaks, from the counts of documents and with a loop for each series.

The p of a change comes from simulated series and is not drawn again: it is compared with its own critical value only.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.audit.checks import Checks, Near, absent
from benchmarks.audit.counts import Study, Unit
from benchmarks.audit.tables import EXPLORATORY, benjamini_hochberg, holm
from benchmarks.audit.units import Units

Row = dict[str, Any]
EPOCH = date(1970, 1, 1).toordinal()
YEAR = 365.2425
MOST_POINTS, FEWEST_POINTS, FEWEST_HITS = 120, 20, 20
# The overdispersion is found by iteration there and by bisection here.
AGREEMENT = 2e-5
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def days(published: str) -> tuple[int, int]:
    """The first and last day of an ISO day, month or year, as ordinals.

    >>> [date.fromordinal(day).isoformat() for day in days("2018-02")]
    ['2018-02-01', '2018-02-28']
    """
    year, month, day = (int(part) if part else 0 for part in (*published.split("-"), "", "")[:3])
    first = date(year, month or 1, day or 1)
    last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    return first.toordinal(), last.toordinal()


def span_of(label: str) -> tuple[int, int]:
    """The first and last day of a period by its name.

    >>> [date.fromordinal(day).isoformat() for day in (*span_of("2010-Q2"), *span_of("1990s"))]
    ['2010-04-01', '2010-06-30', '1990-01-01', '1999-12-31']
    """
    if quarter := re.fullmatch(r"(\d+)-Q(\d)", label):
        months = [f"{quarter[1]}-{3 * int(quarter[2]) - less:02}" for less in (2, 0)]
        return days(months[0])[0], days(months[1])[1]
    if decade := re.fullmatch(r"(\d+)s", label):
        return days(decade[1])[0], days(f"{int(decade[1]) + 9:04}")[1]
    return days(label)


@dataclass(frozen=True)
class Points:
    """The points of a series: first and last days, and of one measure hits and size by point."""

    first: np.ndarray
    last: np.ndarray
    texts: np.ndarray
    y: np.ndarray
    x: np.ndarray
    share: bool

    @property
    def time(self) -> np.ndarray:
        return ((self.first + self.last) / 2 - EPOCH) / YEAR

    @property
    def value(self) -> np.ndarray:
        return np.divide(self.y, self.x, out=np.zeros_like(self.y), where=self.x > 0)

    @property
    def tested(self) -> bool:
        return bool((self.x > 0).sum() >= FEWEST_POINTS and self.y.sum() >= FEWEST_HITS)

    def weights(self) -> np.ndarray:
        """x / (1 + k z) over their mean: ratio and overdispersion in turn, each k by bisection."""
        y, x, k = self.y, self.x, 0.0
        r, freedom = y.sum() / x.sum(), max(int((x > 0).sum()) - 1, 1)

        def beyond(r: float) -> np.ndarray:
            return np.maximum(x - 1, 0) if self.share else r * x

        for _ in range(100):
            v, z = r * (1 - r) if self.share else r, beyond(r)
            base = np.array([(a - r * b) ** 2 / (v * b) if b * v > 0 else 0.0 for a, b in zip(y, x, strict=True)])
            before, k = k, _root(lambda k, base=base, z=z: float((base / (1 + k * z)).sum()), freedom)
            w = 1 / (1 + k * z)
            r = float((w * y).sum() / (w * x).sum())
            if abs(k - before) < 1e-13 * max(k, 1):
                break
        w = x / (1 + k * beyond(r))
        return np.asarray(w / w.mean())


def _root(falling: Any, target: float) -> float:
    """Where a falling function reaches a value; 0 where it begins below it."""
    if falling(0.0) <= target:
        return 0.0
    low, high = 0.0, 1.0
    while falling(high) > target:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > target else (low, middle)
    return (low + high) / 2


def line_of(points: Points) -> tuple[Row, np.ndarray]:
    """Slope a year, its standard error, ends and statistic of a straight line, and the weighted residuals."""
    w, t, v = points.weights(), points.time, points.value
    design = np.column_stack([np.ones_like(t), t])
    root = np.sqrt(w)
    fit = np.linalg.lstsq(design * root[:, None], v * root, rcond=None)[0]
    residuals = root * (v - design @ fit)
    variance = (residuals**2).sum() / max(int((w > 0).sum()) - 2, 1)
    error = math.sqrt(variance * np.linalg.inv((design * w[:, None]).T @ design)[1, 1])
    third = max(len(t) // 3, 1)
    ends = [np.average(v[part], weights=w[part]) for part in (slice(third), slice(-third, None))]
    numbers = {"slope": fit[1], "error": error, "before": ends[0], "after": ends[1], "statistic": abs(fit[1]) / error}
    return numbers, residuals


def step_of(points: Points) -> tuple[Row, np.ndarray]:
    """Place, means and statistic of the break with the least squares, and the weighted residuals."""
    w, v, n = points.weights(), points.value, len(points.y)
    side = max(5, n // 10)
    best: tuple[float, int, float, float] = (math.inf, side, math.nan, math.nan)
    for place in range(side, n - side + 1):
        if w[:place].sum() <= 0 or w[place:].sum() <= 0:
            continue
        a, b = np.average(v[:place], weights=w[:place]), np.average(v[place:], weights=w[place:])
        squares = (w[:place] * (v[:place] - a) ** 2).sum() + (w[place:] * (v[place:] - b) ** 2).sum()
        if squares < best[0] * (1 - 1e-12):
            best = (squares, place, a, b)
    least, place, a, b = best
    whole = (w * (v - np.average(v, weights=w)) ** 2).sum()
    variance = least / max(int((w > 0).sum()) - 2, 1)
    numbers = {"place": place, "before": a, "after": b, "statistic": math.sqrt(max(whole - least, 0) / variance)}
    return numbers, np.sqrt(w) * (v - np.where(np.arange(n) < place, a, b))


def correlation_of(residuals: np.ndarray) -> float:
    """The sum of the autocorrelations at distances 1 to 3."""
    squares = float((residuals**2).sum())
    return sum(float(residuals[lag:] @ residuals[:-lag]) for lag in (1, 2, 3)) / squares if squares else 0.0


def smooth_of(points: Points) -> np.ndarray:
    """Local straight lines through the nearest half of the points, at each point."""
    w, t, v = points.weights(), points.time, points.value
    found = []
    number = max(5, math.ceil(0.5 * int((w > 0).sum())))
    for here in t:
        distance = np.abs(t - here)
        away = np.sort(np.where(w > 0, distance, np.inf))
        reach = away[min(number, len(t)) - 1]
        reach = reach if np.isfinite(reach) and reach > 0 else max(float(np.ptp(t)), 1e-9)
        near = w * (1 - np.minimum(distance / reach, 1) ** 3) ** 3
        s0, s1, s2 = (float((near * (t - here) ** power).sum()) for power in (0, 1, 2))
        flat = s0 * s2 - s1**2 <= 1e-12 * max(s0 * s2, 1e-300)
        parts = near / s0 if flat else near * (s2 - s1 * (t - here)) / (s0 * s2 - s1**2)
        found.append(float(parts @ v))
    return np.array(found)


class Dated:
    """Hits, sizes, dates and groups of the dated documents of a study, by document."""

    def __init__(self, study: Study, themes: list[str]) -> None:
        self.study, self.themes = study, themes
        documents = study.documents.set_index("document")
        document = study.blocks["document"].to_numpy()
        sets = [[theme] for theme in themes] + [side for sides in study.contrasts.values() for side in sides]
        hits = pd.DataFrame(study.count(sets).hits).groupby(document).sum()
        words = pd.Series(study.words).groupby(document).sum()
        kept = [name for name in hits.index if documents["published"].get(name)]
        self.names = np.array(sorted(kept, key=lambda name: (days(documents["published"][name]), name)), dtype=object)
        hits, words = hits.loc[self.names], words.loc[self.names]
        self.spans = np.array([days(documents["published"][name]) for name in self.names]).reshape(-1, 2)
        self.measures = {("theme", theme): (hits[n].to_numpy(), words.to_numpy()) for n, theme in enumerate(themes)}
        for n, contrast in enumerate(study.contrasts):
            a, b = (hits[len(themes) + 2 * n + side].to_numpy() for side in (0, 1))
            self.measures["contrast", contrast] = (a, a + b)
        blocks = study.blocks.drop_duplicates("document").set_index("document").loc[self.names]
        self.groups = {name.removeprefix("by "): blocks[name] for name in blocks if name.startswith("by ")}
        self.groups["group"] = blocks["group"]
        self.points = cache(self._points)

    def inside(self, grouping: str, group: str) -> np.ndarray:
        """Which of the dated documents are in a group, or all."""
        return self.groups[grouping].to_numpy() == group if grouping else np.ones(len(self.names), dtype=bool)

    def parts(self) -> list[tuple[str, str]]:
        """All texts, and every group of the groupings that have at least two."""
        found = [("", "")]
        for grouping, groups in self.groups.items():
            names = sorted(set(groups) - {""})
            found += [(grouping, name) for name in names] if len(names) > 1 else []
        return found

    def _points(self, grouping: str, group: str, kind: str, name: str) -> Points:
        inside = self.inside(grouping, group)
        y, x = (values[inside].astype(float) for values in self.measures[kind, name])
        spans = self._spans(self.spans[inside])
        first = {span: np.array([own == span for own in spans]) for span in sorted(set(spans))}
        sums = [np.array([values[rows].sum() for rows in first.values()]) for values in (y, x)]
        ends = np.array(list(first)).T
        return Points(ends[0], ends[1], np.array([rows.sum() for rows in first.values()]), *sums, kind == "contrast")

    @staticmethod
    def _spans(spans: np.ndarray) -> list[tuple[int, int]]:
        """The days of the point of each text: its date, or with more than 120 dates the shortest fitting period."""
        own = [(int(first), int(last)) for first, last in spans]
        if len(set(own)) <= MOST_POINTS:
            return own
        for step in MONTHS.values():
            number = [[_month(day) // step for day in span] for span in own]
            if all(first == last for first, last in number) and len({first for first, _ in number}) <= MOST_POINTS:
                break
        return [(_first_day(first * step), _first_day((first + 1) * step) - 1) for first, _ in number]


def _month(day: int) -> int:
    own = date.fromordinal(day)
    return 12 * (own.year - 1970) + own.month - 1


def _first_day(month: int) -> int:
    return date(1970 + month // 12, month % 12 + 1, 1).toordinal()


class OverTime:
    """Compares trends, changes and change_tests with what they should be."""

    def __init__(self, units: Units, checks: Checks) -> None:
        self.units, self.study, self.checks = units, units.study, checks
        self.described = Dated(self.study, units.themes)
        self.tested = Dated(Study(self.study.folder, tested=True), units.themes)

    def check(self) -> None:
        """Compare every number of the three tables; those of simulated series as far as they follow from others."""
        self._changes()
        rows = self.study.table("trends").to_dict("records")
        self._complete(rows)
        segments = self._segments(rows)
        for n, row in enumerate(rows):
            kind = "contrast" if row["contrast"] else "theme"
            cells = self._smooth(row, kind) if row["unit"] == "smooth" else self._described(row, kind)
            cells["segment"] = segments[n]
            for column, expected in cells.items():
                self.checks.compare("trends", f"line {n + 2}, {column}", row[column], expected)
            if row["unit"] == "smooth":
                inside = row["low"] <= row["estimate"] <= row["high"]
                self.checks.fits("trends", f"line {n + 2}, band", inside, row["estimate"], "a line inside its band")

    def _described(self, row: Row, kind: str) -> Row:
        """A document or a period: its rate or share with the interval."""
        unit = Unit("document", row["document"], "", row["document"])
        if row["unit"] == "period":
            first, last = span_of(row["period"])
            spans = self.described.spans
            inside = self.described.inside(row["grouping"], row["group"])
            names = self.described.names[inside & (first <= spans[:, 0]) & (spans[:, 1] <= last)]
            unit = Unit(f"{row['grouping']} {row['group']} {row['period']}", name="inside")
            own = np.isin(self.study.blocks["document"], names)
            self.study.blocks[f"by {unit.kind}"] = np.where(own, "inside", "")
            days_and_texts = {"first": _iso(first), "last": _iso(last), "documents": len(names)}
        else:
            published = self.study.documents.set_index("document")["published"][row["document"]]
            days_and_texts = dict(zip(("first", "last"), map(_iso, days(published)), strict=True)) | {"documents": 1}
        rates = self.units.rates(unit)
        sizes = {name: rates[0][name] for name in ("blocks", "words")}
        if kind == "theme":
            own = rates[self.units.themes.index(row["theme"])]
            numbers = {"hits": "hits", "estimate": "rate_per_1000", "low": "rate_low", "high": "rate_high"}
            return {
                **days_and_texts,
                **sizes,
                **{name: own[of] for name, of in numbers.items()},
                "inference": own["inference"],
            }
        asked = {
            "unit": unit.kind,
            "document": unit.document,
            "section": "",
            "group": unit.name,
            "contrast": row["contrast"],
        }
        own = self.units.contrast(asked)
        numbers = {"hits": "hits_a", "estimate": "share_a", "low": "share_low", "high": "share_high"}
        cells = {name: own[of] for name, of in numbers.items()} | {"hits_both": own["hits_a"] + own["hits_b"]}
        return {**days_and_texts, **sizes, **cells, "inference": own["inference"]}

    def _smooth(self, row: Row, kind: str) -> Row:
        points = self.described.points(row["grouping"], row["group"], kind, row[kind])
        place = [_iso(first) for first in points.first].index(row["first"])
        scale = 1.0 if kind == "contrast" else 1000.0
        value = max(scale * self._line(row["grouping"], row["group"], kind, row[kind])[place], 0)
        value = min(value, 1.0) if kind == "contrast" else value
        return {"estimate": _near(value, scale * points.value.max()), "documents": points.texts[place]}

    def _line(self, grouping: str, group: str, kind: str, name: str) -> np.ndarray:
        self._lines = getattr(self, "_lines", {})
        key = (grouping, group, kind, name)
        if key not in self._lines:
            self._lines[key] = smooth_of(self.described.points(*key))
        return self._lines[key]

    def _complete(self, rows: list[Row]) -> None:
        """Every dated document has its rows, and so has every period with a document, of all texts and each group."""
        top = sum("." not in theme for theme in self.units.themes) + len(self.study.contrasts)
        number = sum(row["unit"] == "document" for row in rows)
        self.checks.fits("trends", "documents", number == top * len(self.described.names), number, "a row for each")
        periods = pd.DataFrame(
            [row for row in rows if row["unit"] == "period" and row["theme"] == self.units.themes[0]]
        )
        for grouping, group in self.described.parts():
            own = periods[(periods["grouping"] == grouping) & (periods["group"] == group)]
            spans = self.described.spans[self.described.inside(grouping, group)]
            named = {span_of(label) for label in set(periods["period"])}
            placed = sum(any(a <= first and last <= b for a, b in named) for first, last in spans)
            counted = int(own["documents"].sum())
            self.checks.fits("trends", f"periods of {grouping} {group}", counted == placed, counted, placed)

    def _segments(self, rows: list[Row]) -> list[int]:
        """The number of the segment of each row: a period without a text, or a long step of a smooth line, is a gap."""
        found: list[int] = []
        last: dict[tuple[str, ...], tuple[int, int]] = {}
        for row in rows:
            if row["unit"] == "document":
                found.append(1)
                continue
            kind = "contrast" if row["contrast"] else "theme"
            key = (row["unit"], row["grouping"], row["group"], kind, row[kind])
            first, end = date.fromisoformat(row["first"]).toordinal(), date.fromisoformat(row["last"]).toordinal()
            segment, before = last.get(key, (1, -1))
            if row["unit"] == "period":
                gap = before >= 0 and first != before + 1
                last[key] = (segment + gap, end)
            else:
                time = self.described.points(*key[1:]).time
                here = ((first + end) / 2 - EPOCH) / YEAR
                place = int(np.abs(time - here).argmin())
                longest = max(0.1 * float(np.ptp(time)), 5 * float(np.median(np.diff(time))))
                gap = place > 0 and time[place] - time[place - 1] > longest
                last[key] = (segment + gap, end)
            found.append(last[key][0])
        return found

    def _changes(self) -> None:
        changes, tests = self.study.table("changes"), self.study.table("change_tests")
        names = ["theme", "contrast", "grouping", "group", "test"]
        whole = changes.merge(tests, on=names, how="left", indicator=True)
        fits = len(whole) == len(changes) and ((whole["_merge"] == "both") == changes["p"].notna()).all()
        self.checks.fits("change_tests", "rows", bool(fits), len(tests), "a row for each test and no others")
        asked = [(*part, test) for part in self.tested.parts() for test in ("trend", "break")]
        number = len(asked) * len(self.tested.measures)
        self.checks.fits("changes", "rows", number == len(changes), len(changes), number)
        corrected = self._corrected(whole)
        for n, row in enumerate(whole.to_dict("records")):
            for column, expected in (self._change(row) | corrected[n]).items():
                table = "change_tests" if column in tests and column not in changes else "changes"
                self.checks.compare(table, f"line {n + 2} of changes, {column}", row[column], expected)
            if not absent(row["p"]):
                below = row["statistic"] > row["critical"]
                near = abs(row["p"] - (1 - self.study.confidence)) < 0.005
                fits = near or below == (row["p"] < 1 - self.study.confidence)
                self.checks.fits(
                    "changes", f"line {n + 2}, p", fits, row["p"], "one that its critical value agrees with"
                )
            if row["test"] == "break" and not absent(row["p"]):
                fits = row["break_low"] <= row["break_at"] <= row["break_high"]
                self.checks.fits("changes", f"line {n + 2}, interval", fits, row["break_low"], "around the break")

    def _corrected(self, rows: pd.DataFrame) -> list[Row]:
        """Corrected p, number of tests and verdict within families, and for exploratory tests within groupings."""
        cells: list[Row] = [{} for _ in range(len(rows))]
        for (family, _), own in rows.groupby(["family", "grouping"], sort=False):
            method = benjamini_hochberg if family == EXPLORATORY else holm
            p = method(own["p"].dropna())
            for n in own.index:
                value = p.get(n)
                verdict = "too little text" if value is None else "differs" if self._below(value) else "not established"
                size = None if value is None else len(p)
                close = None if value is None else Near(value, value * 1e-5)
                cells[n] = {"p_corrected": close, "tests_in_family": size, "verdict": verdict}
        return cells

    def _below(self, p: float) -> bool:
        return p < 1 - self.study.confidence

    def _family(self, row: Row) -> str:
        if not row["grouping"] and row["contrast"]:
            return f"contrast: {row['contrast']}, over time"
        focal = not row["grouping"] and row["theme"] in self.study.config["focus_themes"]
        return "focus themes, over time" if focal else EXPLORATORY

    def _change(self, row: Row) -> Row:
        kind = "contrast" if row["contrast"] else "theme"
        points = self.tested.points(row["grouping"], row["group"], kind, row[kind])
        inside = self.tested.inside(row["grouping"], row["group"])
        spans = self.tested.spans[inside]
        many = len(points.y) >= FEWEST_POINTS
        cells: Row = {"documents": int(inside.sum()), "hits": points.y.sum(), "points": len(points.y) if many else 0}
        cells |= {"first": _iso(spans[:, 0].min()), "last": _iso(spans[:, 1].max()), "family": self._family(row)}
        if not (many and points.tested):
            return cells | {"p": None, "before": None, "after": None, "break_at": None}
        numbers, residuals = (line_of if row["test"] == "trend" else step_of)(points)
        scale = 1.0 if kind == "contrast" else 1000.0
        mean = self._mean_correlation(row["grouping"], row["group"], row["test"])
        own = correlation_of(residuals)
        cells["autocorrelation"] = _near(own if mean is None else 0.3 * own + 0.7 * mean, 1)
        cells["statistic"] = _near(numbers["statistic"])
        size = scale * max(abs(numbers["before"]), abs(numbers["after"]))
        cells |= {end: _near(scale * numbers[end], size) for end in ("before", "after")}
        if row["test"] == "break":
            return cells | {"break_at": _iso(points.first[numbers["place"]])}
        slope, reach = (10 * scale * part for part in (numbers["slope"], row["critical"] * numbers["error"]))
        most = abs(slope) + abs(reach)
        return cells | {
            "slope": _near(slope, most),
            "low": _near(slope - reach, most),
            "high": _near(slope + reach, most),
        }

    def _mean_correlation(self, grouping: str, group: str, test: str) -> float | None:
        """The mean autocorrelation of the themes of the highest level that are tested."""
        self._means = getattr(self, "_means", {})
        key = (grouping, group, test)
        if key not in self._means:
            own = [self.tested.points(grouping, group, "theme", name) for name in self.tested.themes if "." not in name]
            fit = line_of if test == "trend" else step_of
            found = [correlation_of(fit(points)[1]) for points in own if points.tested]
            self._means[key] = float(np.mean(found)) if found else None
        return self._means[key]


def _near(value: float, size: float | None = None) -> Near:
    """A number that may be off by so much of a size, or of itself."""
    return Near(float(value), AGREEMENT * abs(float(value if size is None else size)))


def _iso(day: int) -> str:
    return date.fromordinal(int(day)).isoformat()
