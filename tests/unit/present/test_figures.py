import json
from itertools import pairwise

import pandas as pd
import pytest
import vl_convert
from compare_frames import study
from hypothesis import given, settings, strategies

from framescope.compare.emphasis.contrasts import contrasts
from framescope.compare.emphasis.rates import theme_rates
from framescope.present.actor_figures import actor_theme_shares, drawn_of, leading_actors, named_actors
from framescope.present.figure_style import (
    FONT,
    LONGEST_LABEL,
    MOST_DOCUMENTS,
    MOST_LONGEST,
    documents_drawn,
    label_limit,
    labelled_sections,
    section_label,
    styled,
    theme_order,
    values,
    wrapped_labels,
)
from framescope.present.figures import DECLARED, Settings, declared_figures
from framescope.present.gallery import FIGURES
from framescope.present.section_figures import ends_of
from framescope.present.text_figures import MOST_OUTERMOST, map_of_texts, mentions_not_shown, timeline_by_theme
from framescope.table_schemas import table_schemas
from framescope.tables import conform


@pytest.fixture
def empty() -> dict[str, pd.DataFrame]:
    return {name: conform([], name) for name in table_schemas()}


def test_a_function_that_declares_a_figure_is_all_it_takes_to_draw_it():
    assert declared_figures() == {figure.name: (figure.title, figure.caption) for figure in FIGURES}
    assert len(FIGURES) == len(DECLARED)
    shown = {name for name, table in table_schemas().items() if table.sheet}
    assert {table for figure in FIGURES for table in figure.tables} <= shown


def test_a_study_without_rows_draws_nothing_and_breaks_nothing(empty):
    assert [figure.draw(empty, Settings()) for figure in FIGURES] == [[]] * len(FIGURES)


def test_figures_name_the_tables_they_are_drawn_from():
    for figure in FIGURES:
        assert set(figure.tables) <= set(table_schemas())
        assert figure.caption.endswith(".")


def test_themes_come_by_falling_hits_and_without_those_that_never_hit(empty):
    rates = pd.DataFrame({"unit": "document", "level": 1, "theme": ["b", "a", "c", "d"], "hits": [2, 2, 5, 0]})
    assert theme_order({"theme_rates": rates}) == ["c", "a", "b"]


def actors_of(*rows):
    columns = ["document", "actor", "actor_id", "author_sentences"]
    return pd.DataFrame(rows, columns=columns).assign(unit="document", mentions=9)


def test_actors_in_no_table_are_drawn_too_and_those_never_named_by_the_author_are_not():
    actors = actors_of(
        ("a", "Peru", "PE", 2), ("b", "Peru", "PE", 1), ("a", "Congress", "", 5), ("a", "Chile", "CL", 0)
    )
    named = named_actors({"actors": actors})
    assert named[["actor", "sentences"]].to_numpy().tolist() == [["Congress", 5], ["Peru", 3]]
    assert list(leading_actors(named)["label"]) == ["Congress", "Peru"]


def test_two_actors_of_one_name_are_told_apart():
    named = named_actors(
        {"actors": actors_of(("a", "Georgia", "GE", 3), ("a", "Georgia", "", 2), ("a", "Peru", "PE", 1))}
    )
    assert list(leading_actors(named)["label"]) == ["Georgia (GE)", "Georgia (in no table)", "Peru"]


def test_the_share_of_an_actor_s_sentences_is_of_all_that_name_it_in_whatever_document():
    # Japan is named in 38 sentences of two documents; one of them alone has a row with technology.
    leading = leading_actors(named_actors({"actors": actors_of(("a", "Japan", "JP", 1), ("b", "Japan", "JP", 37))}))
    rows = pd.DataFrame(
        {"document": ["a"], "actor": "Japan", "actor_id": "JP", "theme": "technology", "n_actor": 1, "n_both": 1}
    )
    shares = actor_theme_shares(leading, rows, ["technology", "energy"]).set_index("theme")
    assert shares["n_actor"].to_dict() == {"technology": 38, "energy": 38}
    assert shares["share"].to_dict() == {"technology": pytest.approx(1 / 38), "energy": 0}


def test_a_figure_of_actors_says_how_many_of_how_many_it_draws():
    named = named_actors({"actors": actors_of(*(("a", f"Actor {n:02}", "", 50 - n) for n in range(20)))})
    assert drawn_of(leading_actors(named), named) == "15 of 20 actors: those named in most sentences."
    assert drawn_of(leading_actors(named.head(3)), named.head(3)) == "All 3 actors that are named."


TIMELINE = ["document", "period", "theme", "years", "mentions", "weight", "sentences", "series"]


def timeline_of(*rows):
    return pd.DataFrame([("a", *row) for row in rows], columns=TIMELINE)


@pytest.fixture
def dated() -> dict[str, pd.DataFrame]:
    timeline = timeline_of(
        ("1800", "all", 1, 1, 1.0, 1, "years"),
        ("1800", "defence", 1, 1, 1.0, 1, "years"),
        ("1990", "all", 1, 60, 60.0, 60, "years"),
        ("1990", "defence", 1, 50, 50.0, 50, "years"),
        ("1990", "economy", 1, 50, 50.0, 50, "years"),
        ("1995", "all", 1, 20, 20.0, 20, "own days"),
        ("1995", "defence", 1, 9, 9.0, 9, "own days"),
        ("Cold War", "all", 45, 3, 3.0, 3, "era"),
        ("Cold War", "defence", 45, 3, 3.0, 3, "era"),
        ("undated", "all", 0, 2, 2.0, 2, "undated"),
    )
    rates = pd.DataFrame({"unit": "document", "level": 1, "theme": ["defence", "economy"], "hits": [60, 50]})
    return {"timeline": timeline, "theme_rates": rates}


def test_the_timeline_counts_a_date_once_in_all_and_the_text_s_own_days_apart(dated):
    (drawn,) = timeline_by_theme(dated, Settings())
    weights = dict(zip(drawn.rows["date mentions"], drawn.rows["weighted mentions"], strict=True))
    assert weights == {"all dates but own days": 60, "defence": 50, "economy": 50, "the texts' own days": 20}


def test_the_timeline_says_what_it_cuts(dated):
    (drawn,) = timeline_by_theme(dated, Settings())
    assert drawn.note == "Mentions not shown: 1 before 1990, 3 of eras, 2 without known years."


def test_distances_on_the_map_of_texts_have_one_scale_in_both_directions():
    places = pd.DataFrame({"document": ["a", "b", "c"], "x": [-0.4, 0.4, 0.1], "y": [-0.1, 0.1, 0.1]})
    documents = pd.DataFrame({"document": ["a", "b", "c"], "title": "", "group": ""})
    (drawn,) = map_of_texts({"profile_map": places, "documents": documents}, Settings())
    points = pd.DataFrame(rows_behind(drawn.chart)).dropna(subset="said").set_index("said")
    scale = (points.loc["b", "x"] - points.loc["a", "x"]) / 0.8
    assert points.loc["a", "y"] - points.loc["b", "y"] == pytest.approx(0.2 * scale)
    assert drawn.chart.to_dict()["width"] > 0.8 * scale
    assert drawn.claim.startswith("b and c stand nearest")


def rows_behind(chart) -> list[dict]:
    """The rows of all data in a chart."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_a_date_that_reaches_over_the_first_year_is_said_to_be_cut_in_part():
    decade = [(str(year), "all", 10, 1, 0.1, 1, "years") for year in range(1985, 1995)]
    assert mentions_not_shown(timeline_of(*decade), 1990, 2000) == "Mentions not shown: 0.5 before 1990."
    assert mentions_not_shown(timeline_of(*decade), 1985, 1993) == "Mentions not shown: 0.1 after 1993."


def test_thousands_of_mentions_that_are_not_shown_are_written_as_other_numbers():
    many = timeline_of(("1800", "all", 1, 2821, 2821.5, 2821, "years"))
    assert mentions_not_shown(many, 1990, 2000) == "Mentions not shown: 2,821.5 before 1990."


def test_a_long_title_is_shortened_in_a_figure_and_led_by_its_document_where_there_are_several():
    assert section_label("d", "02-x", "A" * 80, several=True).startswith("d · 02 AAA")
    assert len(section_label("d", "02-x", "A" * 200, several=False)) == LONGEST_LABEL


def test_sections_in_figures_are_led_by_the_title_of_their_document():
    sections = pd.DataFrame({"document": ["d", "e"], "section": "01-a", "title": "Harbours"})
    documents = pd.DataFrame({"document": ["d", "e"], "title": ["Speech", ""]})
    labels = labelled_sections({"sections": sections, "documents": documents})["label"]
    assert labels.tolist() == ["Speech · 01 Harbours", "e · 01 Harbours"]


def test_more_documents_than_a_page_can_show_are_left_to_the_tables(empty):
    many = [f"d{number}" for number in range(151)]
    rates = pd.DataFrame({"unit": "document", "level": 1, "document": many, "section": "", "theme": "t", "hits": 1})
    rates = rates.assign(rate_per_1000=1.0, rate_low=0.5, rate_high=2.0)
    sections = pd.DataFrame({"document": many, "section": "01-a", "title": "A"})
    documents = pd.DataFrame({"document": many, "title": ""})
    assert FIGURES[0].draw({"theme_rates": rates, "sections": sections, "documents": documents}, Settings()) == []


def test_a_specification_is_the_same_each_time(empty):
    rates = pd.DataFrame(
        {
            "unit": ["document", "section"],
            "level": 1,
            "document": "d",
            "section": ["", "01-a"],
            "theme": "t",
            "hits": 3,
            "rate_per_1000": 2.0,
            "rate_low": [0.4, float("nan")],
            "rate_high": [9.6, float("nan")],
            "share_sentences": 0.1,
            "words": 100,
        }
    )
    sections = pd.DataFrame({"document": ["d"], "section": ["01-a"], "title": ["A"]})
    documents = pd.DataFrame({"document": ["d"], "title": "Speech"})
    tables = {**empty, "theme_rates": rates, "sections": sections, "documents": documents}
    drawn = [styled(FIGURES[0].draw(tables, Settings())[0].chart) for _ in range(2)]
    assert all(a == b for a, b in pairwise(drawn))


# Paragraphs of sections, and hits of defence and economy in each: none of a side, none at all, one paragraph.
PARAGRAPHS = {
    "01-a": [{"defence": 2, "economy": 1}] * 2,
    "02-b": [{"economy": 2}] * 3,
    "03-c": [{"defence": 1}] * 2,
    "04-d": [{}] * 2,
    "05-e": [{"defence": 2}],
}


def shown(name: str, empty: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The rows that the figure of that name shows of a study of two texts with these sections, by their labels."""
    parts = {section: [[hits] for hits in blocks] for section, blocks in PARAGRAPHS.items()}
    frames = study({"d": parts, "e": parts})
    tables = {table: getattr(frames, table).assign(title="") for table in ("sections", "documents")}
    tables |= {"theme_rates": theme_rates(frames), "contrasts": contrasts(frames)}
    drawn = next(figure for figure in FIGURES if figure.name == name).draw({**empty, **tables}, Settings())
    rows = pd.concat([drawing.rows for drawing in drawn])
    return {str(label): part for label, part in rows.groupby(rows.columns[0])}


def test_every_section_of_two_paragraphs_has_its_interval_in_the_heat_map_and_a_single_one_none(empty):
    rows = shown("heat-map", empty)
    for section, blocks in PARAGRAPHS.items():
        (part,) = (part for label, part in rows.items() if label.startswith(f"d · {section[:2]}"))
        assert part["low"].notna().all() == part["high"].notna().any() == (len(blocks) > 1)


def test_every_section_of_two_paragraphs_with_hits_has_its_interval_in_the_figure_of_contrasts(empty):
    rows = shown("contrasts", empty)
    for section, blocks in PARAGRAPHS.items():
        parts = [part for label, part in rows.items() if label.startswith(f"d · {section[:2]}")]
        assert len(parts) == (section != "04-d")
        for part in parts:
            assert part[["low", "high"]].notna().all(axis=None) == (len(blocks) > 1)
            assert part["baseline"].notna().all()


def test_of_many_texts_those_with_the_highest_and_the_lowest_values_are_drawn():
    rates = pd.DataFrame(
        {"label": [f"{n:03}" for n in range(100)], "rate_per_1000": [float(n % 50) for n in range(100)]}
    )
    assert list(ends_of(rates, most=4)["rate_per_1000"]) == [49.0, 49.0, 0.0, 0.0]
    assert len(ends_of(rates, most=100)) == 100


def test_of_very_many_texts_the_longest_are_drawn_and_a_sentence_says_so():
    ids = [f"d{n:03}" for n in range(MOST_DOCUMENTS + 1)]
    documents = pd.DataFrame({"document": ids, "words": range(len(ids))})
    drawn, said = documents_drawn({"documents": documents}, ids)
    assert drawn == ids[-MOST_LONGEST:]
    assert said == f" Drawn are the {MOST_LONGEST} longest of {len(ids)} texts."
    assert documents_drawn({"documents": documents}, ids[1:]) == (ids[1:], "")


def test_a_map_of_very_many_texts_counts_all_of_them_in_squares_and_draws_those_at_its_edges():
    count = MOST_DOCUMENTS + 100
    ids = [f"d{n:03}" for n in range(count)]
    places = pd.DataFrame({"document": ids, "x": [0.01 * (n % 7) for n in range(count)], "y": 0.0})
    places.loc[0, "x"] = 5.0
    documents = pd.DataFrame({"document": ids, "title": ids, "group": ""})
    (drawn,) = map_of_texts({"profile_map": places, "documents": documents}, Settings())
    rows = [row for data in drawn.chart.to_dict()["datasets"].values() for row in data]
    assert sum(row["texts"] for row in rows if "texts" in row) == count
    assert sum("said" in row for row in rows) == MOST_OUTERMOST == int(drawn.rows["drawn"].sum())
    assert "d000" in set(drawn.rows.loc[drawn.rows["drawn"], "title"])
    assert f"{count} texts. " in drawn.note


def test_a_long_label_is_wrapped_and_none_of_it_is_lost():
    label = "Roads and Harbours of the Northern Coast · 02 What the Harbour Board Said to the Guild of Pilots"
    axis, height = wrapped_labels([label, "short"], 40)
    lines = json.loads(str(axis.to_dict()["labelExpr"]).removesuffix(")[datum.label]").removeprefix("("))
    assert " ".join(lines[label]) == label
    assert max(map(len, lines[label])) <= 40
    assert height > wrapped_labels(["short"], 40)[1]


def labelled(labels: list[str], limit: object) -> dict[str, object]:
    """A drawing with these labels beside an axis."""
    axis = {"labelLimit": limit, "labelFont": FONT}
    label = {"field": "label", "type": "nominal", "axis": axis}
    return {"data": {"values": [{"label": text} for text in labels]}, "mark": "point", "encoding": {"y": label}}


def cut_alike(labels: list[str]) -> bool:
    plain, sparing = (vl_convert.vegalite_to_svg(labelled(labels, limit)) for limit in (60, label_limit(60)))
    return plain == sparing


# The renderer fails where a cut would part the two halves of a letter such as an emoji, with either limit.
LETTERS = "abdnpxyz019 .,:;_-mwMWÄßñ@%—…世界'\"\\"


@settings(max_examples=20)
@given(strategies.lists(strategies.text(LETTERS, max_size=14), min_size=1))
def test_a_label_is_cut_where_a_plain_limit_would_cut_it(labels):
    assert cut_alike(labels)


def test_a_label_of_one_letter_is_cut_at_the_same_length_as_by_a_plain_limit():
    assert cut_alike([letter * length for letter in "bdnp09_mW@世" for length in range(1, 15)])


def test_only_a_label_that_might_not_fit_has_a_limit():
    fits, might_fit = "governance_rights and aid", "MAMMOTHS AND WOMBATS"
    drawn = vl_convert.vegalite_to_scenegraph(labelled([fits, might_fit, "W" * 40], label_limit(180)))
    assert limits(drawn) == {fits: 0, might_fit: 180, "W" * 40: 180}


def limits(node: object) -> dict[str, float]:
    """The limit of each text in a tree of what is drawn that has one."""
    if isinstance(node, list):
        return {text: limit for part in node for text, limit in limits(part).items()}
    if not isinstance(node, dict):
        return {}
    own = {node["text"]: node["limit"]} if "text" in node and "limit" in node else {}
    return own | limits(list(node.values()))


def test_a_chart_has_none_for_each_kind_of_absent_value():
    kinds = {"text": "str", "whole": "Int64", "truth": "boolean", "number": "float64"}
    rows = pd.DataFrame({"text": ["a", None], "whole": [1, None], "truth": [True, None], "number": [0.5, None]})
    given = values(rows.astype(kinds))["values"]
    assert given == [dict(zip(kinds, ["a", 1, True, 0.5], strict=True)), dict.fromkeys(kinds)]
    assert json.loads(json.dumps(given)) == given
