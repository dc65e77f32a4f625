from __future__ import annotations

import html
import re
from dataclasses import replace

import pandas as pd
import pytest
from compare_frames import study
from markdown_it import MarkdownIt

from framescope.annotate.levels import what_is_missing
from framescope.compare.emphasis.contrasts import contrast_differences, contrasts
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.inference import pairs
from framescope.compare.inputs import Tables
from framescope.compare.robust.robustness import robustness
from framescope.present import findings as findings_module
from framescope.present.findings import findings, statable

TABLES = ["contrasts", "contrast_differences", "section_differences", "document_differences"]
BLOCKS = [[{"defence": 2}, {"economy": 1} if i in (2, 7) else {}] for i in range(10)]
OTHER = [[{"economy": 2}, {"defence": 1} if i in (3, 6) else {}] for i in range(10)]
EVEN = [[{"defence": 1}, {"economy": 1}] for _ in range(8)]
FRAMES = study({"a": {"01": BLOCKS, "02": OTHER, "03": EVEN, "04": BLOCKS[:4]}})
FRAMES.sections["title"] = ["Arms & alliances", "Trade_routes", "Background", "Conclusion"]


def written(frames: Tables, **options: object) -> tuple[str, dict[str, pd.DataFrame]]:
    tables = {
        "contrasts": contrasts(frames),
        "contrast_differences": contrast_differences(frames),
        "section_differences": section_differences(frames, focus_themes=["defence"]),
        "document_differences": document_differences(frames),
    }
    return findings(*tables.values(), frames.sections, frames.documents, **options), tables


TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}


def stated(text: str) -> list[str]:
    """The sentences on what differs."""
    part = text.partition("## What differs")[2].partition("## What was tested")[0]
    return [line for line in part.splitlines() if line.startswith("- ")]


def test_a_difference_is_told_with_its_rates_how_many_times_and_the_interval():
    text, _ = written(FRAMES)
    told = (
        r"- In \*a\*, \*Arms & alliances\* has about \d\.\d times as much on defence as \*Trade\\_routes\* "
        r"\(95 % \d\.\d to \d+\): 50\.0 against 5\.0 hits per 1,000 words\."
    )
    assert re.match(told, stated(text)[0])


def test_a_section_without_a_heading_is_told_of_as_the_part_before_the_first_heading_and_not_by_its_id():
    untitled = replace(FRAMES, sections=FRAMES.sections.assign(title=[None, "Trade", "Background", "Conclusion"]))
    text, _ = written(untitled)
    assert "In *a*, the part before the first heading has about" in stated(text)[0]
    assert "*01*" not in text


def test_one_pair_of_units_is_told_of_once_though_several_measures_say_the_same():
    text, tables = written(FRAMES)
    assert (tables["contrast_differences"]["verdict"] == "differs").sum() == 6
    assert len(stated(text)) == 3
    assert "They also differ in defence v. economy, defence v. economy and energy." in stated(text)[0]


def test_the_largest_difference_comes_first_and_at_most_ten_are_told():
    text, _ = written(study({f"d{i}": {"01": BLOCKS if i % 2 else OTHER} for i in range(8)}))
    assert len(stated(text)) == 11
    assert "The tables of differences have" in stated(text)[-1]
    sizes = [float(size) for size in re.findall(r"has about ([\d.]+) times as", text)]
    assert sizes == sorted(sizes, reverse=True)


def test_what_is_stated_is_corrected_over_everything_that_could_be():
    _, tables = written(FRAMES)
    rows = statable(*list(tables.values())[1:])
    assert len(rows) == 9
    assert rows["p_together"].min() == pytest.approx(9 * rows["p"].min())
    weak = {
        name: table.assign(p=0.01) if "p" in table and name != "contrasts" else table for name, table in tables.items()
    }
    assert (weak["section_differences"]["p"] < 0.05).all()
    text = findings(*weak.values(), FRAMES.sections, FRAMES.documents)
    assert stated(text) == []
    assert "No difference is established: of 18 tests of differences none passes" in text


def test_a_contrast_is_told_by_its_shares_where_no_rate_is():
    _, tables = written(FRAMES)
    tables["section_differences"] = tables["section_differences"].iloc[:0]
    text = findings(*tables.values(), FRAMES.sections, FRAMES.documents)
    told = (
        r"\*Arms & alliances\* has about \d+ times as many hits of defence for each of economy as \*Trade\\_routes\* "
        r"\(95 % [\d.]+ to \d+\): 91% against 9% of the hits of both sides\."
    )
    assert re.search(told, text)


def test_sections_too_short_for_a_test_are_counted_and_have_their_interval():
    text, _ = written(FRAMES)
    assert "| defence v. economy | 3 | 3 | p = 0.0" in text
    assert re.search(r"\| a \| \*Conclusion\* \| 4 \| 8 \| 1 \| 89% \| \d+% to \d+% \|", text)


def test_two_units_that_were_tested_without_an_established_difference_are_named():
    text, _ = written(study({"a": {"01": BLOCKS, "02": BLOCKS, "03": OTHER}}))
    assert "Tested in *a* without an established difference: *01* and *02*." in text


def test_units_that_are_too_short_for_any_test_are_named_once_and_have_no_row():
    parts = {"01": BLOCKS, "02": BLOCKS[:3]}
    text, _ = written(study({"a": parts, "b": parts}, roles={"02": "conclusion"}))
    tested = text.partition("## What was tested")[2].partition("## What each text has")[0]
    assert "| 0 | 0 |" not in tested
    assert "Too short for any test: sections; documents in conclusion." in tested


def test_a_study_in_which_nothing_differs_says_so_and_not_that_texts_are_alike():
    text, _ = written(study({"a": {"01": BLOCKS, "02": BLOCKS}}))
    assert stated(text) == []
    assert "No difference is established: of 3 tests of differences none passes" in text
    assert "does not make the texts alike" in text


def test_that_leans_depend_on_the_number_of_terms_is_said_and_the_other_texts_stand_beside_them():
    text, _ = written(study({"a": {"01": BLOCKS}, "b": {"01": OTHER}}))
    assert "depends on how many terms each side has" in text
    assert re.search(r"\| a \| whole text \| 10 \| 20 \| 2 \| 91% \| \d+% to \d+% \| 11% \|", text)
    assert "compare a share with the baseline, that of all other texts, and not with a half" in text


@pytest.mark.parametrize(
    ("baseline", "words"),
    [
        ("even", "this study compares shares with a half all the same"),
        ("lexicon", "that of Framescope's sample texts"),
        ("b", "that of \\*b\\*, and not with a half"),
    ],
)
def test_the_baseline_is_named_where_shares_are_told(baseline: str, words: str):
    frames = study({"a": {"01": BLOCKS}, "b": {"01": OTHER}})
    _, tables = written(frames)
    assert re.search(words, findings(*tables.values(), frames.sections, frames.documents, baseline=baseline))


def test_a_single_text_is_said_to_have_nothing_to_compare_its_shares_with():
    text, _ = written(study({"a": {"01": BLOCKS, "02": BLOCKS}}))
    assert "a study of one text has no other with which to compare a share" in text


def test_an_interval_is_said_to_be_no_forecast_and_to_allow_for_no_mistake_of_the_lexicon():
    text, _ = written(FRAMES)
    assert "do not foretell other texts" in text
    assert "do not allow for words that the lexicon mistakes" in text


def test_each_link_leads_to_the_line_of_its_row():
    text, tables = written(FRAMES)
    lines = tables["section_differences"].to_csv(index=False).splitlines()
    number = int(re.search(r"section_differences\.csv#L(\d+)", stated(text)[0])[1])
    assert lines[number - 1].startswith("a,01,02,defence,")


def test_exploratory_themes_are_counted_and_not_told():
    text, _ = written(FRAMES)
    assert not any("on economy" in line for line in stated(text))
    assert re.search(r"Of 3 exploratory comparisons of other themes \d differ", text)


def test_each_difference_is_told_with_its_own_fate_though_two_texts_differ_in_several_roles():
    parts = {"01": [[{"defence": 3}, {}]] * 10, "02": [[{"defence": 2}, {"defence": 1}]] * 10}
    other = {section: [[{"defence": i % 2}, {}] for i in range(10)] for section in parts}
    frames = study({"a": parts, "b": other}, roles={"01": "introduction", "02": "analysis"})
    named = (frames.hits["document"] == "a") & (frames.hits["section"] == "01")
    frames = replace(frames, hits=frames.hits.assign(in_name=named, term=[f"term {i % 7}" for i in range(len(named))]))
    differences = {
        "contrast_differences": contrast_differences(frames),
        "section_differences": section_differences(frames, focus_themes=["defence"]),
        "document_differences": document_differences(frames, focus_themes=["defence"]),
    }
    varied = robustness(frames, **differences)
    text = findings(contrasts(frames), *differences.values(), frames.sections, frames.documents, varied)
    told = {
        role: next(line for line in text.splitlines() if f"In sections of the role {role}, " in line)
        for role in ("introduction", "analysis")
    }
    assert (
        "This does not hold under 2 of 5 other ways of counting: without names; sentences, not hits."
        in told["introduction"]
    )
    assert "This holds under 3 other ways of counting." in told["analysis"]


def test_a_study_without_hits_has_findings_without_claims():
    empty = replace(FRAMES, hits=FRAMES.hits.iloc[:0])
    text, _ = written(empty)
    assert stated(text) == []
    assert "No difference can be stated" in text
    assert "all 0 tests" not in text
    assert "Intervals are 95 % ones" in text


def test_texts_of_several_genres_are_compared_with_a_caution():
    frames = study({d: {"01": BLOCKS} for d in "ab"})
    several, _ = written(replace(frames, documents=frames.documents.assign(genre=["speech", "report"])))
    assert "several genres (report, speech): what differs may be the genre's" in several
    one, _ = written(replace(frames, documents=frames.documents.assign(genre=["speech", ""])))
    assert "genres" not in one


def test_groups_of_few_texts_are_said_to_be_these_very_texts():
    few, _ = written(
        study(
            {d: {"01": BLOCKS if d in "ab" else OTHER} for d in "abcd"}, groups=dict(zip("abcd", "xxyy", strict=True))
        )
    )
    assert any("The group *x*" in line and "too few to speak for others" in line for line in stated(few))


def test_texts_go_by_their_titles_without_subtitles_where_these_tell_them_apart():
    frames = study({d: {"01": BLOCKS} for d in "abcd"})
    subtitle = "What Became of the Ministry of Trade"
    titles = [f"Harbours: {subtitle}", f"Fleets: {subtitle}", f"Fleets: {subtitle} Again", ""]
    text, _ = written(replace(frames, documents=frames.documents.assign(title=titles)))
    told = re.findall(r"^\| ([^|]+) \| whole text", text, flags=re.MULTILINE)[:4]
    assert told == ["Harbours", f"Fleets: {subtitle}", f"Fleets: {subtitle} Again", "d"]


def test_a_text_of_one_section_is_told_of_once():
    text, _ = written(study({"a": {"01": BLOCKS}, "b": {"01": OTHER, "02": EVEN}}))
    described = text.partition("## What each text has")[2].partition("### Defence v. economy and energy")[0]
    assert described.count("| a |") == 1
    assert described.count("| b |") == 3


def test_what_cannot_be_established_is_told_as_that():
    groups = dict(zip("abcdefgh", "xxxxyyyy", strict=True))
    frames = study({d: {"01": BLOCKS if groups[d] == "x" else OTHER} for d in groups}, groups=groups)
    tables = {
        "contrasts": contrasts(frames),
        "contrast_differences": contrast_differences(frames),
        "section_differences": section_differences(frames),
        "document_differences": document_differences(frames, focus_themes=["defence", "economy"]),
    }
    text = findings(*tables.values(), frames.sections, frames.documents)
    assert re.search(r"\[groups\]\(tables/document_differences\.csv\) \| defence \| 1 \| 0 \| none could pass", text)


HOSTILE = [
    "<script>alert(1)</script>",
    "1. [a](javascript:b) `c` ~~d~~",
    "*x* &lt;b&gt; | # y",
    "- _z_ \\ {{7*7}} ![](h)",
]


def test_names_of_themes_groups_contrasts_titles_and_sections_are_told_as_they_are_written():
    a, group, b, title = HOSTILE
    themes = {"defence": a, "economy": b}
    parts = [
        [[{themes[t]: n for t, n in words.items()} for words in block] for block in part] for part in (BLOCKS, OTHER)
    ]
    frames = study({"x": {"01": parts[0], "02": parts[1]}, "y": {"01": parts[1]}})
    frames.sections["title"] = [group, title, title]
    frames.documents["group"] = [group, title]
    frames.documents["title"] = [title, group]
    named = [{"name": f"= {b}", "a": [a], "b": [b]}]
    tables = [contrasts(frames, contrasts=named), contrast_differences(frames, contrasts=named)]
    tables += [section_differences(frames, focus_themes=[a, b]), document_differences(frames, focus_themes=[a, b])]
    text = findings(*tables, frames.sections, frames.documents, robustness(frames, contrasts=named), definitions=named)
    page = MarkdownIt("js-default").render(text)
    tags = set(re.findall(r"<\/?(\w+)", page))
    assert tags <= {"h1", "h2", "h3", "p", "ul", "li", "em", "a", *TABLE_TAGS}
    assert set(re.findall(r'href="([^"#]*)', page)) <= {f"tables/{name}.csv" for name in [*TABLES, "corrected_shares"]}
    shown = html.unescape(re.sub(r"<[^>]+>", "", page))
    for name in HOSTILE:
        assert name in shown
        assert name not in text, "as it is, it would be markup"


def test_direction_marks_and_control_characters_in_names_never_reach_our_own_words():
    frames = replace(FRAMES, sections=FRAMES.sections.assign(title=["Arms\u202e", "\x1b[31mTrade", "\u2067", "End"]))
    text, _ = written(frames)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)
    assert "| *03* |" in text


def test_what_a_study_lacks_without_full_annotation_is_said_before_its_findings():
    full, none = (written(FRAMES, annotate=level)[0] for level in ("full", "none"))
    assert none == full.replace("# Findings\n\n", f"# Findings\n\n{what_is_missing('none')}\n\n", 1)


def test_a_lexicon_without_themes_of_a_contrast_is_told_that_no_question_was_asked():
    frames = study({"a": {"01": [[{"navy": 2}] for _ in range(10)], "02": [[{"trade": 2}] for _ in range(10)]}})
    none = {"contrasts": contrasts(frames, contrasts=[])}
    none["contrast_differences"] = contrast_differences(frames, contrasts=[])
    differences = section_differences(frames, focus_themes=[]), document_differences(frames, focus_themes=[])
    text = findings(*none.values(), *differences, frames.sections, frames.documents, definitions=[])
    assert "Nothing was tested. The lexicon has no theme of `contrasts` and `focus_themes`" in text
    assert "What each text has" not in text
    assert "no question was asked" not in written(FRAMES)[0]


@pytest.mark.parametrize("most", [3, 4])
def test_that_single_documents_of_a_very_large_study_were_not_compared_is_said_where_the_tests_are_listed(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    for module in (pairs, findings_module):
        monkeypatch.setattr(module, "MOST_DOCUMENTS", most)
    text, _ = written(study({name: {"01": BLOCKS} for name in "abcd"}))
    tested = text.partition("## What was tested")[2].partition("## What each text has")[0]
    assert ("Single documents were not compared" in tested) == (most < 4)
    assert ("| [documents]" in tested) == (most == 4)
