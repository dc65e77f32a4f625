from __future__ import annotations

import html
import re
from dataclasses import replace

import pandas as pd
from compare_frames import study
from markdown_it import MarkdownIt

from framescope.compare.emphasis.contrasts import contrast_differences, contrasts
from framescope.compare.emphasis.differences import document_differences, section_differences
from framescope.compare.inputs import Tables
from framescope.compare.robust.robustness import robustness
from framescope.present.findings import findings

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


def test_leans_are_told_with_counts_odds_and_interval():
    text, _ = written(FRAMES)
    told = r"\*Arms & alliances\* leans to defence: 10 sentences on defence against 2 on economy \(20 hits v\. 2\); "
    assert re.search(told + r"odds 8\.20, 95 % \d", text)
    assert "*Background* shows no lean" in text


def test_odds_of_a_lean_to_the_other_side_are_turned_round():
    text, _ = written(FRAMES)
    assert re.search(
        r"leans to economy: 2 sentences on defence against 10 on economy \(2 hits v\. 20\); odds 8\.2", text
    )


def test_a_short_section_is_described_and_no_more():
    text, _ = written(FRAMES)
    line = next(line for line in text.splitlines() if line.startswith("- *Conclusion*"))
    assert "4 blocks, description only" in line
    assert "odds" not in line


def test_established_differences_are_told_and_others_are_said_not_to_be():
    text, _ = written(FRAMES)
    assert "*Arms & alliances* leans more to defence than *Trade\\_routes* (p" in text
    same, _ = written(study({"a": {"01": BLOCKS, "02": BLOCKS}}))
    assert "Difference between sections: not established (smallest p = 1.00, the only test of its family)" in same


def test_each_link_leads_to_the_line_of_its_row():
    text, tables = written(FRAMES)
    lines = tables["contrasts"].to_csv(index=False).splitlines()
    line = next(line for line in text.splitlines() if "*Arms & alliances* leans" in line)
    number = int(re.search(r"contrasts\.csv#L(\d+)", line)[1])
    assert lines[number - 1].startswith("section,a,01,")


def test_exploratory_themes_are_counted_and_not_told():
    text, _ = written(FRAMES)
    assert re.search(r"Exploratory: \d+ of 3 comparisons differ at a false discovery rate of 5 %", text)
    assert "more on economy" not in text


def test_what_does_not_stand_is_said_with_what_fells_it():
    varied = robustness(FRAMES)
    text, _ = written(FRAMES, robustness=varied)
    line = next(line for line in text.splitlines() if "*Arms & alliances* leans" in line)
    assert "does not stand under: leave one term out (defence)" in line


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
        role: next(line for line in text.splitlines() if f"more on defence than *b* ({role})" in line)
        for role in ("introduction", "analysis")
    }
    assert "does not stand under: without names" in told["introduction"]
    assert "stands under all 3 variations that touch it" in told["analysis"]


def test_many_documents_are_summed_up():
    frames = study({f"d{i:02}": {"01": BLOCKS if i else EVEN} for i in range(31)})
    text, _ = written(frames)
    assert "of 31 documents 30 lean to defence, 0 to economy, 1 to neither" in text
    assert "## d00" not in text


def test_a_study_without_hits_has_findings_without_claims():
    empty = replace(FRAMES, hits=FRAMES.hits.iloc[:0])
    text = findings(
        contrasts(empty),
        contrast_differences(empty),
        section_differences(empty),
        document_differences(empty),
        empty.sections,
        empty.documents,
    )
    assert "leans" not in text
    assert "too little text to test" in text


def test_texts_are_described_beside_each_other_before_they_are_tested():
    text, _ = written(study({"a": {"01": BLOCKS}, "b": {"01": OTHER}, "c": {"01": BLOCKS[:4]}}))
    line = next(line for line in text.splitlines() if line.startswith("- Defence v. economy. *a*"))
    told = [part.partition(" ([row]")[0] for part in line.removeprefix("- Defence v. economy. ").split("; ")]
    assert told == [
        "*a* leans to defence, 10 v. 2 sentences",
        "*b* leans to economy, 2 v. 10 sentences",
        "*c*, 4 v. 1 sentence",
    ]
    assert "Difference between documents: *a* leans more to defence than *b*" in line


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
    assert "Difference between groups (of these very texts, too few to speak for others): *x* leans more" in few
    names = "abcdefgh"
    groups = dict(zip(names, "xxxxyyyy", strict=True))
    many, _ = written(study({d: {"01": BLOCKS if groups[d] == "x" else OTHER} for d in names}, groups=groups))
    assert "Difference between groups: *x* leans more to defence than *y*" in many


def test_texts_go_by_their_titles_without_subtitles_where_these_tell_them_apart():
    frames = study({d: {"01": BLOCKS} for d in "abcd"})
    subtitle = "What Became of the Ministry of Trade"
    titles = [f"Harbours: {subtitle}", f"Fleets: {subtitle}", f"Fleets: {subtitle} Again", ""]
    text, _ = written(replace(frames, documents=frames.documents.assign(title=titles)))
    headings = [line for line in text.splitlines() if line.startswith("## ")][:4]
    assert headings == ["## Harbours", f"## Fleets: {subtitle}", f"## Fleets: {subtitle} Again", "## d"]


def test_focus_themes_without_a_difference_say_the_least_p_and_for_how_many_tests_it_is_corrected():
    frames = study({"a": {"01": EVEN, "02": EVEN, "03": EVEN}})
    tables = {
        "contrasts": contrasts(frames),
        "contrast_differences": contrast_differences(frames),
        "section_differences": section_differences(frames, focus_themes=["defence"]),
        "document_differences": document_differences(frames),
    }
    text = findings(*tables.values(), frames.sections, frames.documents)
    assert "- Focus themes: no difference established (smallest p = 1.00, corrected for 3 tests)" in text


def test_a_text_of_one_section_is_told_of_once():
    text, _ = written(study({"a": {"01": BLOCKS}, "b": {"01": OTHER, "02": EVEN}}))
    _, alone, several, _ = text.split("\n## ")
    assert alone.count("10 sentences on defence against 2 on economy (") == 1
    assert "Difference between sections" not in alone
    assert several.count("- *01* leans") == several.count("Difference between sections") == 2


def test_a_group_of_one_document_is_not_told_of_beside_its_document():
    documents = {document: {"01": BLOCKS} for document in "abc"}
    text, tables = written(study(documents, groups={"a": "paper", "b": "paper", "c": "speech"}))
    assert {"paper", "speech"} <= set(tables["contrasts"]["group"])
    told = re.findall(r"\*(\w+)\* leans to defence, 10 v", text.partition("## Between")[2])
    assert told == ["a", "b", "c"] * 2
    assert "*paper* leans to defence, 20 v. 4 sentences" in text


def test_what_cannot_be_established_is_told_as_that_and_not_as_no_difference():
    groups = dict(zip("abcdefgh", "xxxxyyyy", strict=True))
    frames = study({d: {"01": BLOCKS if groups[d] == "x" else OTHER} for d in groups}, groups=groups)
    tables = {
        "contrasts": contrasts(frames),
        "contrast_differences": contrast_differences(frames),
        "section_differences": section_differences(frames),
        "document_differences": document_differences(frames, focus_themes=["defence", "economy"]),
    }
    of_groups = tables["document_differences"].query("unit == 'group'")
    tables["document_differences"] = of_groups
    text = findings(*tables.values(), frames.sections, frames.documents)
    said = (
        "Focus themes: a difference cannot be established with so few documents and so many tests (2): the least p = "
    )
    assert f"{said}0.029" in text
    assert "no difference established" not in text


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
    assert tags <= {"h1", "h2", "h3", "p", "ul", "li", "em", "a"}
    assert set(re.findall(r'href="([^"#]*)', page)) <= {f"tables/{name}.csv" for name in TABLES}
    shown = html.unescape(re.sub(r"<[^>]+>", "", page))
    for name in HOSTILE:
        assert name in shown
        assert name not in text, "as it is, it would be markup"


def test_direction_marks_and_control_characters_in_names_never_reach_our_own_words():
    frames = replace(FRAMES, sections=FRAMES.sections.assign(title=["Arms\u202e", "\x1b[31mTrade", "\u2067", "End"]))
    text, _ = written(frames)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)
    assert "*03* shows no lean" in text
