"""Standard errors that allow for documents that are alike within clusters, corrected for few clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from framescope.compare.counts.blocks import Array, Codes
from framescope.compare.models.fits import Fit

# A direction in which a cluster alone determines a coefficient; its adjusted residual is 0 (a generalised inverse).
ALONE = 1e-10


@dataclass(frozen=True)
class Estimates:
    """Estimates with standard errors, degrees of freedom, ends of intervals and p; one value for each combination."""

    value: Array
    error: Array
    freedom: Array
    low: Array
    high: Array
    p: Array


def clustered_estimates(fit: Fit, clusters: Codes, combinations: Array, confidence: float) -> Estimates:
    """Each combination of coefficients (a row) with its interval, and the p of the hypothesis that it is 0.

    Standard errors are CR2, the bias-reduced sandwich of Bell and McCaffrey (2002, Survey Methodology 28), for weighted
    fits as in Pustejovsky and Tipton (2018, Journal of Business & Economic Statistics 36) with the variances of the
    model as working variances: the residuals e_g of cluster g become (I - H_g)^(-1/2) e_g. If each document is its own
    cluster, this is HC2 (MacKinnon and White 1985, Journal of Econometrics 29). The interval and p are those of t with
    Satterthwaite's degrees of freedom, (tr P)^2 / sum P^2, where P has the covariances between clusters of their parts
    of the combination if the model holds (Pustejovsky and Tipton 2018, section 2.2).

    By hand: the mean of -1 and 1 has the squared residuals 1 + 1, each over 1 - 1/2; the error is sqrt(4)/2, and there
    is one degree of freedom.

    >>> fit = Fit(np.array([0.0]), 0.0, np.ones((2, 1)), np.array([-1.0, 1.0]))
    >>> found = clustered_estimates(fit, np.array([0, 1]), np.ones((1, 1)), 0.95)
    >>> found.error.round(3).tolist(), found.freedom.round(3).tolist()
    ([1.0], [1.0])
    """
    bread = np.asarray(np.linalg.inv(fit.design.T @ fit.design))
    towards = combinations @ bread
    order = np.argsort(clusters, kind="stable")
    members = np.split(order, np.flatnonzero(np.diff(clusters[order])) + 1)
    designs = [fit.design[rows] for rows in members]
    # The weight of each document's residual in each combination, cluster by cluster.
    weights = [towards @ _adjusted(design, bread).T for design in designs]
    parts = np.array([weight @ fit.residuals[rows] for weight, rows in zip(weights, members, strict=True)])
    own = np.array([(weight**2).sum(axis=1) for weight in weights])
    shared = np.array([weight @ design for weight, design in zip(weights, designs, strict=True)])
    # P = diag(own) - Z B Z', whose trace and sum of squares need no matrix of clusters by clusters.
    leverage = np.einsum("gci,ij,gcj->gc", shared, bread, shared, optimize=True)
    cross = np.einsum("gci,gcj->cij", shared, shared, optimize=True) @ bread
    squares = (own**2 - 2 * own * leverage).sum(axis=0) + np.einsum("cij,cji->c", cross, cross)
    value, error = combinations @ fit.coefficients, np.sqrt((parts**2).sum(axis=0))
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = (own - leverage).sum(axis=0) ** 2 / squares
        p = 2 * stats.t.sf(np.abs(value) / error, freedom)
    reach = stats.t.ppf((1 + confidence) / 2, freedom) * error
    return Estimates(value, error, freedom, value - reach, value + reach, p)


def _adjusted(design: Array, bread: Array) -> Array:
    """(I - X B X')^(-1/2) X of a cluster's design X, which differs from X in the directions of X alone.

    By hand: a document with x = 1 of four such documents has H = 1/4, and 1/sqrt(3/4).

    >>> _adjusted(np.array([[1.0]]), np.array([[0.25]])).round(4).tolist()
    [[1.1547]]
    """
    basis, triangle = np.linalg.qr(design)
    values, vectors = np.linalg.eigh(triangle @ bread @ triangle.T)
    left = 1 - values
    scale = np.where(left > ALONE, 1 / np.sqrt(np.maximum(left, ALONE)), 0.0)
    return np.asarray(basis @ (vectors * scale) @ vectors.T @ triangle)
