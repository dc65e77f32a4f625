"""The worked examples in docstrings: all come out as they say, and no measure of a table is without one."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
from pathlib import Path

import pytest
import yaml

import framescope

PACKAGE = Path(framescope.__file__).parent
TABLES = yaml.safe_load((PACKAGE / "schemas" / "tables.yaml").read_text(encoding="utf-8"))

# Each measure, with the columns it defines as table.column.
MEASURES = {
    "annotate.readability.readability_rows": "sections.flesch_kincaid readability.flesch_kincaid",
    "compare.coders.accuracy.effective_size": "",
    "compare.coders.accuracy.f1_score": "validation.f1 validation.f1_low validation.f1_high",
    "compare.coders.accuracy.weighted_share": (
        "validation.precision validation.precision_low validation.precision_high validation.recall "
        "validation.recall_low validation.recall_high validation.specificity validation.specificity_low "
        "validation.specificity_high"
    ),
    "compare.description.actor_pairs.pointwise_mutual_information": "actor_pairs.pmi",
    "compare.description.actor_themes.actor_themes": "actor_themes.share actor_themes.baseline",
    "compare.description.actor_themes.jackknife_interval": "actor_themes.low actor_themes.high",
    "compare.description.actor_themes.theme_log_odds": "actor_themes.log_odds",
    "compare.coders.agreement.cohen_kappa": "validation.kappa_lexicon",
    "compare.coders.agreement.krippendorff_alpha": "validation.alpha_coders",
    "compare.coders.agreement.mean_kappa": "validation.kappa_coders",
    "compare.description.context.leaning": "sentence_themes.context_theme",
    "compare.emphasis.contrasts.leans": "contrasts.lean coded_contrasts.lean",
    "compare.emphasis.contrasts.log_odds_interval": (
        "contrasts.low contrasts.high coded_contrasts.low coded_contrasts.high"
    ),
    "compare.emphasis.contrasts.share_a": "contrasts.share_a coded_contrasts.share_a",
    "compare.spread.cooccurrence.classical_scaling": "profile_map.x profile_map.y",
    "compare.spread.cooccurrence.cooccurrence": "theme_cooccurrence.expected theme_cooccurrence.log_ratio",
    "compare.spread.cooccurrence.dendrogram_order": "profile_map.order",
    "compare.spread.cooccurrence.jensen_shannon": "profile_distances.distance",
    "compare.coders.correction.rogan_gladen": (
        "corrected_shares.share_corrected corrected_shares.corrected_low corrected_shares.corrected_high"
    ),
    "compare.emphasis.differences.log2_ratio": "section_differences.log2_ratio document_differences.log2_ratio",
    "compare.spread.dispersion.deviation_of_proportions": "dispersion.dp dispersion.dp_norm",
    "compare.spread.dispersion.share_of_blocks": (
        "theme_rates.share_blocks coded_theme_rates.share_blocks dispersion.share_blocks"
    ),
    "compare.description.facts.prescriptive_share": "sections.prescriptive_share",
    "compare.inference.families.attainable": "",
    "compare.inference.families.adjust": (
        "contrast_differences.p_adjusted section_differences.p_holm section_differences.p_bh "
        "document_differences.p_holm document_differences.p_bh"
    ),
    "compare.inference.families.family_sizes": (
        "contrast_differences.tests_in_family section_differences.tests_in_family document_differences.tests_in_family"
    ),
    "compare.inference.families.verdicts": (
        "contrast_differences.verdict section_differences.verdict document_differences.verdict"
    ),
    "compare.inference.intervals.rate_interval": (
        "theme_rates.rate_low theme_rates.rate_high coded_theme_rates.rate_low coded_theme_rates.rate_high"
    ),
    "compare.inference.intervals.ratio": (
        "theme_rates.rate_per_1000 theme_rates.share_sentences coded_theme_rates.rate_per_1000 "
        "coded_theme_rates.share_sentences corrected_shares.share_sentences section_differences.rate_a "
        "section_differences.rate_b document_differences.rate_a document_differences.rate_b"
    ),
    "compare.inference.intervals.ratio_error": "",
    "compare.inference.intervals.share_interval": (
        "theme_rates.share_low theme_rates.share_high coded_theme_rates.share_low coded_theme_rates.share_high"
    ),
    "compare.emphasis.keyness.keyness_measures": "",
    "compare.emphasis.keyness.keywords": "keywords.rate keywords.range_share",
    "compare.emphasis.keyness.log_odds_dirichlet": "keywords.log_odds keywords.z",
    "compare.emphasis.keyness.log_ratio": "keywords.log_ratio keywords.log_ratio_low",
    "compare.description.lexicon_terms.lexicon_terms": (
        "lexicon_terms.share lexicon_terms.log_odds_without lexicon_terms.precision"
    ),
    "compare.inference.measures.LogOdds.count_estimates": (
        "contrasts.log_odds coded_contrasts.log_odds robustness.estimate"
    ),
    "compare.inference.measures.LogOdds.estimates": "",
    "compare.inference.measures.LogRates.count_estimates": "",
    "compare.inference.measures.LogRates.estimates": "",
    "compare.inference.models.rate_ratios": "group_models.log2_ratio group_models.low group_models.high",
    "compare.inference.models.score_test": "group_models.p group_models.dispersion",
    "compare.inference.permutation.heterogeneity": "contrast_differences.p_omnibus section_differences.p_omnibus",
    "compare.inference.permutation.omnibus_p": "contrast_differences.p_omnibus section_differences.p_omnibus",
    "compare.inference.permutation.critical_value": " ".join(
        f"{table}.{column}"
        for table in ("contrast_differences", "section_differences", "document_differences", "robustness")
        for column in (["low", "high"] if table == "robustness" else ["low", "high", "critical"])
    ),
    "compare.inference.measures.difference": "contrast_differences.delta_log_odds",
    "compare.inference.permutation.beyond": "",
    "compare.inference.permutation.least_p": (
        "contrast_differences.p_least section_differences.p_least document_differences.p_least"
    ),
    "compare.inference.permutation.least_share": "contrast_differences.p_least section_differences.p_least",
    "compare.inference.permutation.p_of_draws": "document_differences.p",
    "compare.inference.tails.fit_tail": "",
    "compare.inference.tails.misfit": "",
    "compare.inference.tails.tail_p": "",
    "compare.counts.weights.scaled_weights": "",
    "compare.inference.permutation.permutation_test": (
        "contrast_differences.p contrast_differences.p_blocks section_differences.p section_differences.p_blocks "
        "document_differences.p"
    ),
    "compare.emphasis.rates.share_of_hits": "theme_rates.share_of_hits coded_theme_rates.share_of_hits",
    "compare.coders.sampling.allocate": "",
    "compare.coders.sampling.sentences_needed": "",
    "compare.inference.runs.design_effects": "",
    "compare.inference.runs.runs_p": "contrast_differences.p_runs section_differences.p_runs",
    "compare.inference.shifts.shift_tests": "contrast_differences.p section_differences.p",
    "compare.inference.shifts.shifted_sums": "",
    "compare.description.timeline.year_weights": "timeline.weight actor_timeline.weight",
    "compare.spread.trajectory.narrative_arc": "trajectory.rate_per_1000 trajectory.share",
    "compare.spread.trajectory.shares_by_mode": (
        "mode_shares.share_descriptive mode_shares.share_prescriptive mode_shares.difference"
    ),
    "compare.spread.trajectory.text_parts": "trajectory.part",
}
# Numbers that are lengths and not measures.
LENGTHS = {"timeline.years"}
SOURCE = re.compile(r"\b(1[89]|20)\d\d\b|\bours\b")


def with_examples() -> list[str]:
    paths = sorted(path for path in PACKAGE.rglob("*.py") if ">>> " in path.read_text(encoding="utf-8"))
    return [".".join(path.relative_to(PACKAGE).with_suffix("").parts) for path in paths]


def module_of(measure: str) -> str:
    """The longest beginning of a measure's name that is a module."""
    parts = measure.split(".")
    while not PACKAGE.joinpath(*parts).with_suffix(".py").exists():
        parts.pop()
    return ".".join(parts)


def descriptions(measure: str) -> list[str]:
    """The docstrings, without examples, of the module, the class if there is one, and the measure itself."""
    piece = importlib.import_module(f"framescope.{module_of(measure)}")
    found = [piece]
    for name in measure.removeprefix(f"{module_of(measure)}.").split("."):
        piece = getattr(piece, name)
        found.append(piece)
    return [(inspect.getdoc(each) or "").partition(">>>")[0] for each in found]


@pytest.mark.parametrize("module", with_examples())
def test_the_examples_in_the_docstrings_come_out_as_they_say(module: str):
    found = doctest.testmod(importlib.import_module(f"framescope.{module}"))
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_a_worked_example(measure: str):
    module = importlib.import_module(f"framescope.{module_of(measure)}")
    examples = {found.name: found.examples for found in doctest.DocTestFinder().find(module)}
    assert any(example.want for example in examples.get(f"framescope.{measure}", []))


def test_every_number_of_a_table_is_a_measure_with_a_worked_example():
    numbers = {
        f"{table}.{name}"
        for table, facts in TABLES.items()
        for name, column in facts["columns"].items()
        if column["type"] == "number"
    }
    assert numbers - LENGTHS <= set(" ".join(MEASURES.values()).split())


def test_the_columns_that_measures_are_named_for_exist():
    columns = {f"{table}.{name}" for table, facts in TABLES.items() for name in facts["columns"]}
    assert set(" ".join(MEASURES.values()).split()) <= columns


def test_every_measure_names_its_source_or_says_that_it_is_ours():
    assert [name for name in MEASURES if not any(map(SOURCE.search, descriptions(name)))] == []
