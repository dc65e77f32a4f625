"""Coefficients and marginal means of models, from hits, words and metadata, with dense matrices and bisection."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from benchmarks.audit.checks import Checks, Near
from benchmarks.audit.counts import Study
from scipy import stats

NOT_COLUMNS = {"document", "title", "published", "metadata"}
# Numbers of the package and of these loops agree to so much; cells are rounded to six digits.
AGREEMENT = 1e-6


@dataclass(frozen=True)
class Fit:
    """Coefficients, overdispersion, and the design and residuals over the standard deviations of the rows."""

    b: np.ndarray
    k: float
    design: np.ndarray
    residuals: np.ndarray


def quasi_fit(y: np.ndarray, size: np.ndarray, x: np.ndarray, share: bool) -> Fit:
    """Fisher's scoring for a known k, and k by bisection of Pearson's statistic, until neither changes."""
    k, start = 0.0, y.sum() / size.sum()
    b = np.linalg.lstsq(x, np.full(len(y), np.log(start / (1 - start) if share else start)), rcond=None)[0]
    for _ in range(400):
        for _ in range(200):
            m, v, z, slope = _moments(x @ b, size, share)
            w = slope**2 / (v * (1 + k * z))
            step = np.linalg.solve((x * w[:, None]).T @ x, (x * (slope / (v * (1 + k * z)))[:, None]).T @ (y - m))
            b = b + step
            if np.abs(step).max() < 1e-13:
                break
        m, v, z, slope = _moments(x @ b, size, share)
        before, k = k, _bisected((y - m) ** 2 / v, z, len(y) - x.shape[1])
        if abs(k - before) < 1e-12:
            break
    deviation = np.sqrt(v * (1 + k * z))
    return Fit(b, k, x * (slope / deviation)[:, None], (y - m) / deviation)


def _moments(eta: np.ndarray, size: np.ndarray, share: bool) -> tuple[np.ndarray, ...]:
    """Mean, v and z of the variance v (1 + k z), and the mean's derivative."""
    if share:
        r = 1 / (1 + np.exp(-eta))
        return size * r, size * r * (1 - r), size - 1, size * r * (1 - r)
    m = size * np.exp(eta)
    return m, m, m, m


def _bisected(squares: np.ndarray, z: np.ndarray, freedom: int) -> float:
    if squares.sum() <= freedom:
        return 0.0
    low, high = 0.0, 1.0
    while (squares / (1 + high * z)).sum() > freedom:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if (squares / (1 + middle * z)).sum() > freedom else (low, middle)
    return (low + high) / 2


def combined(fit: Fit, clusters: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, standard errors and degrees of freedom of combinations of coefficients: CR2 and Satterthwaite.

    Written with the whole matrix I - H and one vector of weights for each cluster, as the formulas are printed.
    """
    x, e = fit.design, fit.residuals
    bread = np.linalg.inv(x.T @ x)
    rest = np.eye(len(x)) - x @ bread @ x.T
    errors, freedoms = [], []
    for row in rows:
        square, vectors = 0.0, []
        for cluster in dict.fromkeys(clusters):
            own = clusters == cluster
            values, axes = np.linalg.eigh(rest[np.ix_(own, own)])
            root = axes @ np.diag([v**-0.5 if v > 1e-10 else 0.0 for v in values]) @ axes.T
            weight = root @ x[own] @ bread @ row
            square += (weight @ e[own]) ** 2
            vectors.append(rest[:, own] @ weight)
        p = np.array(vectors) @ np.array(vectors).T
        errors.append(np.sqrt(square))
        freedoms.append(np.trace(p) ** 2 / (p**2).sum())
    return rows @ fit.b, np.array(errors), np.array(freedoms)


class Model:
    """A formula's documents, design, fit and clusters, from a study's tables."""

    def __init__(self, study: Study, text: str) -> None:
        self.study, self.text = study, text
        self.outcome, right = (part.strip() for part in text.split("~"))
        cluster = re.search(r"\(1 \| (\w+)\)", right)
        stated = [m for m in study.config["models"] if isinstance(m, dict) and m["formula"] == text]
        self.cluster = cluster[1] if cluster else stated[0].get("cluster", "") if stated else ""
        right = re.sub(r"\+?\s*\(1 \| \w+\)", "", right)
        self.terms: list[tuple[str, ...]] = []
        for part in filter(None, (part.strip() for part in right.split("+"))):
            names = [name.strip() for name in part.split("*")]
            self.terms += [c for n in range(1, len(names) + 1) for c in itertools.combinations(names, n)]
        self.terms = sorted(dict.fromkeys(self.terms), key=len)
        self.columns = list(dict.fromkeys(name for term in self.terms for name in term))
        table = covariates(study, self.columns + ([self.cluster] if self.cluster else []))
        self.share = self.outcome in study.contrasts
        sets = list(study.contrasts[self.outcome]) if self.share else [[self.outcome]]
        hits = study.count(sets).hits
        counted = pd.DataFrame(hits).assign(words=study.words).groupby(study.blocks["document"].to_numpy()).sum()
        size = counted[0] + counted[1] if self.share else counted["words"]
        table = table.join(pd.DataFrame({"y": counted[0], "size": size}))
        self.used = table[(table["size"] > 0) & (table != "").all(axis=1)].dropna()
        self.numbers = [c for c in self.columns if pd.api.types.is_numeric_dtype(self.used[c])]
        self.names, self.design = self.matrix(self.used)
        y, size = (self.used[column].to_numpy(float) for column in ("y", "size"))
        self.fit = quasi_fit(y, size, self.design, self.share)
        named = self.used[self.cluster] if self.cluster else pd.Series(self.used.index)
        self.clusters = named.to_numpy()

    def matrix(self, rows: pd.DataFrame) -> tuple[list[str], np.ndarray]:
        """Names of the coefficients and the design: products of deviations of numbers and of indicators of values."""
        coded: dict[str, list[tuple[str, np.ndarray]]] = {}
        for name in self.columns:
            if name in self.numbers:
                step = 10 if name == "year" else 1
                coded[name] = [(name, (rows[name].to_numpy(float) - self.used[name].mean()) / step)]
            else:
                values = sorted(self.used[name].unique())[1:]
                coded[name] = [(f"{name}: {value}", (rows[name] == value).to_numpy(float)) for value in values]
        names, columns = ["intercept"], [np.ones(len(rows))]
        for term in self.terms:
            # The first column of an interaction varies fastest.
            for parts in itertools.product(*(coded[name] for name in reversed(term))):
                names.append(" × ".join(part[0] for part in reversed(parts)))
                columns.append(np.prod([part[1] for part in parts], axis=0))
        return names, np.column_stack(columns)

    def mean_row(self, column: str, value: str) -> np.ndarray:
        """The mean design of all documents if they had this value of a column, or these of two."""
        rows = self.used.copy()
        for name, said in zip(column.split(" and "), value.split(" and "), strict=True):
            if name in self.numbers:
                own = self.used[name]
                rows[name] = min((own.min(), own.max()), key=lambda end: abs(end - float(said)))
            else:
                rows[name] = said
        return self.matrix(rows)[1].mean(axis=0)

    def cells(self, row: np.ndarray) -> dict[str, float]:
        """A combination of coefficients with its interval and p."""
        value, error, freedom = (part[0] for part in combined(self.fit, self.clusters, row[np.newaxis]))
        reach = stats.t.ppf((1 + self.study.confidence) / 2, freedom) * error
        p = 2 * stats.t.sf(abs(value) / error, freedom)
        ends = {"value": value, "low": value - reach, "high": value + reach}
        return {**ends, "standard_error": error, "degrees_of_freedom": freedom, "p": p}


def covariates(study: Study, columns: list[str]) -> pd.DataFrame:
    """The columns of a formula by document; a column of numbers alone is one of numbers."""
    documents = study.table("documents").set_index("document")
    found = {}
    for name in columns:
        if name == "year":
            found[name] = documents["published"].map(_year)
        elif name == "period":
            periods = study.table("trends")
            periods = periods[(periods["unit"] == "period") & (periods["group"] == "")]
            spans = periods[["period", "first", "last"]].drop_duplicates().to_numpy(str)
            found[name] = documents["published"].map(
                lambda day, spans=spans: next((p for p, first, last in spans if first <= _first(day) <= last), "")
            )
        elif name in documents and name not in NOT_COLUMNS:
            found[name] = documents[name].fillna("").astype(str)
        else:
            further = documents["metadata"].map(lambda cell: json.loads(cell) if isinstance(cell, str) and cell else {})
            found[name] = further.map(lambda facts, name=name: str(facts.get(name, "")))
    table = pd.DataFrame(found, index=documents.index)
    for name in table:
        numbers = pd.to_numeric(table[name], errors="coerce")
        if numbers[table[name] != ""].notna().all():
            table[name] = numbers
    return table


def _first(published: str) -> str:
    return (published + "-01-01")[:10]


def _year(published: str) -> float:
    """The middle of a date in years: days since 1970 over 365.2425, and 1970."""
    first = date.fromisoformat(_first(published))
    last = {4: date(first.year, 12, 31), 10: first}.get(len(published))
    if last is None:
        last = date.fromordinal(date(first.year + first.month // 12, first.month % 12 + 1, 1).toordinal() - 1)
    return 1970 + ((first.toordinal() + last.toordinal()) / 2 - date(1970, 1, 1).toordinal()) / 365.2425


class Models:
    """Compares the three tables of models with what they should be."""

    def __init__(self, study: Study, checks: Checks) -> None:
        self.study, self.checks = study, checks

    def check(self) -> None:
        """Compare every number of the models that were fitted."""
        tables = {name: self.study.table(name) for name in ("models", "marginal_means", "marginal_differences")}
        fitted = tables["models"][tables["models"]["term"].notna()]
        for text in dict.fromkeys(fitted["model"]):
            model = Model(self.study, text)
            for name, table in tables.items():
                for line, row in enumerate(table.to_dict("records"), start=2):
                    if row["model"] == text:
                        self._compare(name, f"line {line}", row, getattr(self, f"_{name}")(model, row))

    def _compare(self, table: str, place: str, row: dict[str, object], cells: dict[str, float]) -> None:
        for column, value in cells.items():
            expected = Near(float(value), AGREEMENT * max(abs(float(value)), AGREEMENT))
            self.checks.compare(table, f"{place}, {column}", row[column], expected)

    def _models(self, model: Model, row: dict[str, object]) -> dict[str, float]:
        found = model.cells(np.eye(len(model.names))[model.names.index(str(row["term"]))])
        kept = {name: found[name] for name in ("standard_error", "degrees_of_freedom", "p")}
        ratios = {name: np.exp(found[part]) for name, part in zip(("ratio", "low", "high"), ENDS, strict=True)}
        sizes = {"documents": len(model.used), "left_out": len(self.study.documents) - len(model.used)}
        clusters = len(set(model.clusters))
        return {
            "coefficient": found["value"],
            **kept,
            **ratios,
            **sizes,
            "clusters": clusters,
            "dispersion": model.fit.k,
        }

    def _marginal_means(self, model: Model, row: dict[str, object]) -> dict[str, float]:
        found = model.cells(model.mean_row(str(row["column"]), str(row["value"])))
        ends = {
            name: _predicted(found[part], model.share)
            for name, part in zip(("estimate", "low", "high"), ENDS, strict=True)
        }
        return {**ends, "degrees_of_freedom": found["degrees_of_freedom"]}

    def _marginal_differences(self, model: Model, row: dict[str, object]) -> dict[str, float]:
        a, b = (model.mean_row(str(row["column"]), str(row[f"value_{side}"])) for side in "ab")
        found = model.cells(a - b)
        ratios = {name: np.exp(found[part]) for name, part in zip(("ratio", "low", "high"), ENDS, strict=True)}
        means = {f"mean_{side}": _predicted(end @ model.fit.b, model.share) for side, end in (("a", a), ("b", b))}
        return {**means, **ratios, "degrees_of_freedom": found["degrees_of_freedom"], "p": found["p"]}


ENDS = ("value", "low", "high")


def _predicted(eta: float, share: bool) -> float:
    return float(1 / (1 + np.exp(-eta)) if share else 1000 * np.exp(eta))
