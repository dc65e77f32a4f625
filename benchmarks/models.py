"""How often intervals of models contain the true ratio: python benchmarks/models.py [--studies N]

Hits of texts of several speakers or countries are simulated: a part of the variation between texts belongs to the
cluster. For each setting the share of 95 % intervals that contain the true ratio is printed, of three standard errors:
naive (each text by itself, as the model assumes), CR1 with the normal distribution (the usual clustered error), and
the one of Framescope (CR2 with Satterthwaite's degrees of freedom).
"""

from __future__ import annotations

import argparse

import numpy as np
from scipy import stats

from framescope.compare.models.clustered import clustered_estimates
from framescope.compare.models.fits import Fit, NoFitError, fit_counts

RATIO = 1.35
PER_WORD = 0.008
# The standard deviation of a text's expected rate, as a share of it, is that of frequent themes in dated addresses.
SPREAD = 0.6
TEXTS_A_CLUSTER = (2, 12)


def simulated(random: np.random.Generator, clusters: int, shared: float, between: bool, share: bool) -> tuple:
    """Hits, sizes, design and cluster of each text; a column of the design differs between clusters or within them."""
    cluster = np.repeat(np.arange(clusters), random.integers(*TEXTS_A_CLUSTER, clusters, endpoint=True))
    texts = len(cluster)
    sides = random.permutation(np.arange(clusters) % 2)
    chosen = sides[cluster] if between else random.integers(0, 2, texts)
    year = random.normal(0, 1, clusters)[cluster] + random.normal(0, 1, texts)
    design = np.column_stack([np.ones(texts), chosen, year]).astype(float)
    variance = np.log1p(SPREAD**2)
    habit = random.normal(0, np.sqrt(shared * variance), clusters)[cluster]
    predictor = habit + random.normal(0, np.sqrt((1 - shared) * variance), texts) + np.log(RATIO) * chosen
    size = np.exp(random.normal(7.6, 0.7, texts)).round()
    if not share:
        return random.poisson(PER_WORD * size * np.exp(predictor - variance / 2)), size, design, cluster
    both = random.poisson(2 * PER_WORD * size) + 1
    return random.binomial(both, 1 / (1 + np.exp(-predictor))), both, design, cluster


def contained(fit: Fit, cluster: np.ndarray) -> list[bool]:
    """Whether the naive, the CR1 and Framescope's interval contain the true ratio."""
    bread = np.linalg.inv(fit.design.T @ fit.design)
    number = cluster.max() + 1
    scores = np.array([fit.design[cluster == c].T @ fit.residuals[cluster == c] for c in range(number)])
    sandwich = bread @ scores.T @ scores @ bread * number / (number - 1)
    error = abs(fit.coefficients[1] - np.log(RATIO))
    reach = stats.norm.ppf(0.975)
    found = clustered_estimates(fit, cluster, np.eye(fit.design.shape[1]), 0.95)
    naive, plain = (bool(error < reach * np.sqrt(matrix[1, 1])) for matrix in (bread, sandwich))
    return [naive, plain, bool(found.low[1] < np.log(RATIO) < found.high[1])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=1000)
    studies = parser.parse_args().studies
    print("| outcome | the column differs | clusters | shared | naive | CR1 | CR2 | not fitted |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for share in (False, True):
        for between in (True, False):
            for clusters in (10, 20, 30):
                for shared in (0.3, 0.6):
                    random = np.random.default_rng([share, between, clusters, int(10 * shared)])
                    found, failed = [], 0
                    for _ in range(studies):
                        y, size, design, cluster = simulated(random, clusters, shared, between, share)
                        try:
                            fit = fit_counts(y.astype(float), size.astype(float), design, share)
                        except NoFitError:
                            failed += 1
                            continue
                        found.append(contained(fit, cluster))
                    cells = " | ".join(f"{value:.3f}" for value in np.mean(found, axis=0))
                    named = f"{'share' if share else 'rate'} | {'between' if between else 'within'} clusters"
                    print(f"| {named} | {clusters} | {shared} | {cells} | {failed} |", flush=True)


if __name__ == "__main__":
    main()
