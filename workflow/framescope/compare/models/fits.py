"""Quasi-likelihood fits of counts: rates by a log link, shares by a logit link, with the overdispersion of texts."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import statsmodels.api as sm
from scipy.optimize import brentq

from framescope.compare.counts.blocks import Array

# Rounds between coefficients and overdispersion, which end when the overdispersion no longer changes.
ROUNDS, SETTLED = 100, 1e-10
LARGEST_DISPERSION = 1e6


class NoFitError(ValueError):
    """A model that the counts do not determine; the message says why."""


@dataclass(frozen=True)
class Fit:
    """Coefficients, the overdispersion k, and the design and residuals after each row was divided by its standard
    deviation, so that rows have the variance 1 if the model holds.
    """

    coefficients: Array
    dispersion: float
    design: Array
    residuals: Array


def fit_counts(y: Array, size: Array, design: Array, share: bool) -> Fit:
    """The fit of y hits of `size` words (a rate), or of y hits of side a among `size` hits of both sides (a share).

    The mean of a rate is size exp(design b), and the variance m + k m^2 (negative binomial); the mean of a share is
    size r with logit r = design b, and the variance size r (1 - r) (1 + k (size - 1)) (beta-binomial). Coefficients
    solve the quasi-likelihood equations (McCullagh and Nelder 1989, Generalized Linear Models, ch. 9), and k is such
    that Pearson's statistic equals its degrees of freedom (Breslow 1984, Applied Statistics 33; Williams 1982, Applied
    Statistics 31), 0 if it is less for every k. A quasi-Poisson variance, k' m, would weight texts by their length
    alone, although long texts differ from each other as much as short ones do.

    By hand: 4 and 8 hits in 1,000 words each, twice: ln(0.004) and ln(2), and nothing is left over.

    >>> design = np.array([[1.0, 0.0], [1.0, 1.0]] * 2)
    >>> fit = fit_counts(np.array([4.0, 8.0, 4.0, 8.0]), np.full(4, 1000.0), design, share=False)
    >>> fit.coefficients.round(3).tolist(), fit.dispersion
    ([-5.521, 0.693], 0.0)

    Raises: NoFitError if the coefficients do not converge, such as for a level without any hit.
    """
    dispersion, coefficients = 0.0, None
    for _ in range(ROUNDS):
        result = _solved(y, size, design, share, dispersion, coefficients)
        coefficients = np.asarray(result.params)
        mean = np.asarray(result.fittedvalues) * (size if share else 1.0)
        base, slope = _variance(mean, size, share)
        if not np.isfinite(coefficients).all() or (base <= 0).any():
            raise NoFitError("the hits do not determine it")
        before, dispersion = dispersion, _dispersion((y - mean) ** 2 / base, slope, len(y) - design.shape[1])
        if abs(dispersion - before) <= SETTLED * (1 + dispersion):
            break
    else:
        raise NoFitError("its overdispersion does not converge")
    deviation = np.sqrt(base * (1 + dispersion * slope))
    return Fit(coefficients, dispersion, design * (base / deviation)[:, np.newaxis], (y - mean) / deviation)


def _solved(y: Array, size: Array, design: Array, share: bool, dispersion: float, start: Array | None) -> Any:
    """The result of statsmodels for a known overdispersion."""
    options: dict[str, Any] = {"start_params": start, "tol": 1e-12, "tol_criterion": "params", "maxiter": 200}
    if share:
        weights = size / (1 + dispersion * np.maximum(size - 1, 0))
        model = sm.GLM(y / size, design, family=sm.families.Binomial(), var_weights=weights)
    else:
        family = sm.families.NegativeBinomial(alpha=dispersion) if dispersion else sm.families.Poisson()
        model = sm.GLM(y, design, family=family, offset=np.log(size))
    with warnings.catch_warnings(action="ignore"):
        result = model.fit(**options)
    if not result.converged:
        raise NoFitError("its coefficients do not converge")
    return result


def _variance(mean: Array, size: Array, share: bool) -> tuple[Array, Array]:
    """v and z of the variance v (1 + k z)."""
    return (mean * (1 - mean / size), np.maximum(size - 1, 0)) if share else (mean, mean)


def _dispersion(squares: Array, slope: Array, freedom: int) -> float:
    """The k at which the sum of squares / (1 + k slope) is `freedom`, 0 if it is less for every k.

    >>> round(_dispersion(np.array([8.0, 8.0]), np.array([4.0, 4.0]), 2), 3)  # 16 / (1 + 4 k) = 2
    1.75
    """

    def excess(k: float) -> float:
        return float((squares / (1 + k * slope)).sum() - freedom)

    if freedom <= 0 or excess(0.0) <= 0:
        return 0.0
    if excess(LARGEST_DISPERSION) > 0:
        raise NoFitError("its overdispersion has no end")
    return float(brentq(excess, 0.0, LARGEST_DISPERSION, xtol=1e-13, rtol=1e-14))
