"""Units in no test take no part in what is computed for tests; draws are added until there are enough of them."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from compare_frames import study

from framescope.compare.counts.blocks import Array, count_blocks, theme_sets
from framescope.compare.inference import pairs as pairs_module
from framescope.compare.inference.estimators import LogRates
from framescope.compare.inference.pairs import REST, _random_statistics, compare_pairs, document_pairs, section_pairs
from framescope.compare.inference.permutation import ENOUGH, ROUNDS
from framescope.compare.inputs import Testing

LONG = [[{"defence": 2}, {"economy": 1} if i in (2, 7) else {}] for i in range(10)]
OTHER = [[{"economy": 2}, {"defence": 1} if i in (3, 6) else {}] for i in range(10)]


def test_a_section_of_one_block_divides_no_nought_by_nought_and_leaves_the_tested_pair_as_it_is():
    found = {}
    for name, parts in {
        "with": {"01": LONG, "02": OTHER, "03": LONG[:1]},
        "without": {"01": LONG, "02": OTHER},
    }.items():
        counts = count_blocks(study({"a": parts}), theme_sets(["defence", "economy"]))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            effects = np.full((len(counts.words), 1), 2.0)
            compared = compare_pairs(section_pairs(counts), LogRates(), Testing(permutations=199), effects)
        found[name] = compared
    assert found["with"].tested.tolist() == [True, False, False]
    assert np.isnan(found["with"].p[1:]).all()
    assert found["with"].p[0].tolist() == found["without"].p[0].tolist()


@pytest.mark.parametrize("rare", [0.5, 2.0, 99.0])
def test_draws_are_added_until_enough_of_them_reach_every_statistic_and_no_longer(rare: float) -> None:
    random = np.random.default_rng(1)
    features, testing = random.normal(size=(60, 2)), Testing(permutations=200)
    sizes = np.array([5, 9])
    observed = [np.array([[0.1, 0.2], [0.3, rare], [0.2, 0.1]]), np.array([[0.1, 0.1]])]

    def mean(sums: Array, others: Array) -> Array:
        return sums / 5

    drawn = _random_statistics(features, sizes, observed, mean, testing)
    rounds = len(drawn[0]) // (testing.permutations - 1)
    assert {len(statistics) for statistics in drawn} == {rounds * (testing.permutations - 1)}

    def enough(rounds: int) -> bool:
        parts = [statistics[: rounds * (testing.permutations - 1)] for statistics in drawn]
        reached = [(part >= row).sum(axis=0).min() for part, rows in zip(parts, observed, strict=True) for row in rows]
        return min(reached) >= ENOUGH

    assert next(number for number in range(1, ROUNDS + 1) if number == ROUNDS or enough(number)) == rounds


def pairs_of(documents: dict[str, list[str]], groups: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """The pairs of documents, roles and groups of texts with these sections, which are named after their roles."""
    parts = {document: dict.fromkeys(sections, LONG) for document, sections in documents.items()}
    roles = {section: section for sections in documents.values() for section in sections}
    counts = count_blocks(study(parts, roles=roles, groups=groups), theme_sets(["defence", "economy"]))
    layouts = list(document_pairs(counts))
    return [(pair.unit, pair.role, pair.a, pair.b) for layout in layouts for pair in layout.pairs]


def test_two_documents_that_are_wholly_of_one_role_are_compared_once():
    pairs = pairs_of({"a": ["analysis"], "b": ["analysis"], "c": ["analysis", "conclusion"]}, {})
    assert [pair for pair in pairs if pair[2:] == ("a", "b")] == [("document", "", "a", "b")]
    assert ("document", "analysis", "a", "c") in pairs


@pytest.mark.parametrize("number", [3, 31])
def test_a_group_of_one_document_with_all_others_is_left_out_if_the_document_is_compared_with_the_rest(number: int):
    documents = {f"d{place:02}": ["analysis", "conclusion"] for place in range(number)}
    groups = dict.fromkeys(documents, "others") | {"d00": "single"}
    pairs = pairs_of(documents, groups)
    assert (("document", "", "d00", REST) in pairs) == (number > 30)
    groups_compared = [pair[2:] for pair in pairs if pair[0] == "group"]
    assert groups_compared == ([] if number > 30 else [("others", "single")])


@pytest.mark.parametrize(("most", "reference", "compared"), [(5, None, REST), (4, None, None), (4, "d3", "d3")])
def test_single_documents_of_a_very_large_study_are_compared_only_with_a_reference_and_groups_always(
    monkeypatch: pytest.MonkeyPatch, most: int, reference: str | None, compared: str | None
) -> None:
    monkeypatch.setattr(pairs_module, "MOST_PAIRWISE", 3)
    monkeypatch.setattr(pairs_module, "MOST_DOCUMENTS", most)
    groups = {f"d{place}": "others" if place else "single" for place in range(5)}
    counts = count_blocks(
        study({document: {"01": LONG} for document in groups}, groups=groups), theme_sets(["defence"])
    )
    pairs = [pair for layout in document_pairs(counts, reference) for pair in layout.pairs]
    assert {pair.b for pair in pairs if pair.unit == "document"} == ({compared} if compared else set())
    # A group of one document is compared with the others unless that document is compared with the rest.
    expected = [] if compared == REST else [("others", "single")]
    assert [(pair.a, pair.b) for pair in pairs if pair.unit == "group"] == expected
