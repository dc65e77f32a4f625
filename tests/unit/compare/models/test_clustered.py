"""Coefficients, standard errors and degrees of freedom are those of an independent implementation."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.audit.models import combined, quasi_fit

from framescope.compare.models.clustered import clustered_estimates
from framescope.compare.models.fits import NoFitError, fit_counts


def clustered_counts(share: bool, seed: int = 1) -> tuple[np.ndarray, ...]:
    """Hits, sizes, a design and clusters of 60 texts of 12 speakers, one of whom alone has a value."""
    random = np.random.default_rng(seed)
    clusters = np.sort(random.integers(0, 12, 60))
    group = (clusters % 3 == 0).astype(float)
    alone = (clusters == 5).astype(float)
    design = np.column_stack([np.ones(60), group, random.normal(size=60), alone])
    size = np.exp(random.normal(7, 0.7, 60)).round()
    mean = 0.01 * np.exp(0.3 * group + random.normal(0, 0.4, 12)[clusters] + random.normal(0, 0.4, 60))
    if share:
        size = random.poisson(size * mean) + 1.0
        chance = random.beta(3, 5, 60) * np.exp(-0.3 * group)
        return random.binomial(size.astype(int), chance).astype(float), size, design, clusters
    return random.poisson(size * mean).astype(float), size, design, clusters


@pytest.mark.parametrize("share", [False, True])
def test_effects_equal_an_independent_implementation_to_six_digits(share: bool) -> None:
    y, size, design, clusters = clustered_counts(share)
    ours, theirs = fit_counts(y, size, design, share), quasi_fit(y, size, design, share)
    np.testing.assert_allclose(ours.coefficients, theirs.b, rtol=1e-6, atol=1e-9)
    assert ours.dispersion == pytest.approx(theirs.k, rel=1e-6, abs=1e-9)
    rows = np.vstack([np.eye(4), [0, 1, -1, 0]])
    found, (value, error, freedom) = clustered_estimates(ours, clusters, rows, 0.95), combined(theirs, clusters, rows)
    np.testing.assert_allclose(found.value, value, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(found.error, error, rtol=1e-6)
    np.testing.assert_allclose(found.freedom, freedom, rtol=1e-6)


@pytest.mark.parametrize("share", [False, True])
def test_texts_of_these_tests_are_overdispersed(share: bool) -> None:
    y, size, design, _ = clustered_counts(share)
    assert fit_counts(y, size, design, share).dispersion > 0.05


def test_the_order_of_documents_does_not_matter() -> None:
    y, size, design, clusters = clustered_counts(share=False)
    order = np.random.default_rng(3).permutation(len(y))
    first = clustered_estimates(fit_counts(y, size, design, False), clusters, np.eye(4), 0.95)
    mixed = fit_counts(y[order], size[order], design[order], False)
    second = clustered_estimates(mixed, clusters[order], np.eye(4), 0.95)
    np.testing.assert_allclose(first.error, second.error, rtol=1e-8)


def test_p_is_below_the_level_where_the_interval_leaves_out_0() -> None:
    y, size, design, clusters = clustered_counts(share=False)
    found = clustered_estimates(fit_counts(y, size, design, False), clusters, np.eye(4), 0.95)
    assert ((found.low > 0) | (found.high < 0)).tolist() == (found.p < 0.05).tolist()


def test_documents_that_repeat_in_a_cluster_add_no_certainty() -> None:
    y, size, design, clusters = clustered_counts(share=False)
    once = clustered_estimates(fit_counts(y, size, design[:, :2], False), clusters, np.eye(2), 0.95)
    twice = fit_counts(np.tile(y, 2), np.tile(size, 2), np.tile(design[:, :2], (2, 1)), False)
    doubled = clustered_estimates(twice, np.tile(clusters, 2), np.eye(2), 0.95)
    assert doubled.error == pytest.approx(once.error, rel=0.05)


def test_a_value_without_any_hit_is_not_fitted() -> None:
    y, size, design, _ = clustered_counts(share=False)
    y[design[:, 3] == 1] = 0
    with pytest.raises(NoFitError):
        fit_counts(y, size, design, share=False)
