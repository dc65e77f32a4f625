"""Formulas of models: an outcome, the columns it may depend on, and the unit whose documents may be alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from formulaic.errors import FormulaicError
from formulaic.parser import DefaultFormulaParser

RANDOM_TERM = re.compile(r"\+?\s*\(\s*1\s*\|\s*([^()|]+?)\s*\)")
ESCAPES = re.compile("\x1b\\[[0-9;]*m|[⧛⧚]")
EXAMPLE = "economy ~ year + group + (1 | speaker)"


class FormulaError(ValueError):
    """A formula that cannot be understood; the message says what was expected and found."""


@dataclass(frozen=True)
class Formula:
    """A formula: its text, its outcome, its right side without the random term, the columns on that side, and the
    column whose values are the clusters, or empty text if each document is by itself.
    """

    text: str
    outcome: str
    right: str
    columns: tuple[str, ...]
    cluster: str


def parse_formula(stated: str | Mapping[str, str]) -> Formula:
    """The formula that an entry of `models` states: text, or a mapping with `formula` and `cluster`.

    The outcome is before the tilde. After it are columns joined by + (both), : (their interaction) or * (both and their
    interaction), as in Wilkinson and Rogers (1973, Applied Statistics 22). The term (1 | column) names the clusters. It
    adds no random effect: it makes the standard errors allow for documents that are alike within a cluster.

    >>> found = parse_formula("economy ~ year * group + (1 | speaker)")
    >>> found.outcome, found.right, found.columns, found.cluster
    ('economy', 'year * group', ('year', 'group'), 'speaker')

    Raises: FormulaError if it is no such formula.
    """
    text, cluster = (stated, "") if isinstance(stated, str) else (stated["formula"], stated.get("cluster", ""))
    outcome, tilde, right = (part.strip() for part in text.partition("~"))
    if not tilde or not outcome or "~" in right:
        raise FormulaError(f"expected a theme or contrast, one ~, and columns, such as {EXAMPLE}; found {text!r}.")
    random = RANDOM_TERM.findall(right)
    random += [cluster] * bool(cluster)
    if len(random) > 1:
        raise FormulaError(f"expected one column of clusters; found {', '.join(random)}.")
    fixed = RANDOM_TERM.sub("", right).strip().removeprefix("+").strip() or "1"
    return Formula(text, outcome, fixed, _columns(fixed), random[0] if random else "")


def _columns(right: str) -> tuple[str, ...]:
    """The columns of the right side of a formula in their order."""
    if "|" in right:
        raise FormulaError(f"expected (1 | column) as the only term with a bar; found {right!r}.")
    try:
        terms = list(DefaultFormulaParser().get_terms(right).root)
    except FormulaicError as error:
        said = ESCAPES.sub("", str(error)).split("\n")[0]
        raise FormulaError(f"expected columns joined by +, : or *; found {right!r}. {said}") from error
    factors = [factor for term in terms for factor in term.factors]
    computed = [factor.expr for factor in factors if factor.eval_method.value == "python"]
    if computed:
        raise FormulaError(f"expected names of columns (in backticks if they have spaces); found {computed[0]!r}.")
    if not any(str(term) == "1" for term in terms):
        raise FormulaError(f"expected a formula with an intercept; found {right!r}. Leave out 0 and -1.")
    return tuple(dict.fromkeys(factor.expr for factor in factors if factor.eval_method.value == "lookup"))
