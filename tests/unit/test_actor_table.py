import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import framescope
from framescope.actor_table import ACTOR_KINDS, COLUMNS, FORM_KINDS, ActorTable, load_actors, stated_days, surface_key
from framescope.problems import StudyError

LEXICON = Path(framescope.__file__).parent / "lexicons" / "actors.csv"
HEADER = "surface,id,kind,theme,from,to,successor,source\n"
DATED = "surface,id,kind,theme,present_theme,from,to\n"


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load_actors(LEXICON)


def written(tmp_path: Path, text: str, name: str = "own.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_table_that_comes_along_reads_without_a_problem(table: ActorTable) -> None:
    assert len(table.rows) > 300
    assert {row.kind for row in table.rows} <= {*ACTOR_KINDS, "demonym", "prefix"}


def test_every_actor_that_came_along_has_a_kind_and_every_successor_a_row(table: ActorTable) -> None:
    ids = {row.id for row in table.rows}
    assert [actor_id for actor_id in sorted(ids) if table.kind_of(actor_id) is None] == []
    assert [row.successor for row in table.rows if row.successor and row.successor not in ids] == []


def test_a_demonym_leads_to_its_state_and_shows_the_state_s_name(table: ActorTable) -> None:
    row = table.find("Pakistani")
    assert row is not None
    assert (row.id, table.name_of(row.id), table.kind_of(row.id)) == ("PK", "Pakistan", "state")


def test_a_former_state_keeps_its_own_id_and_names_its_successor(table: ActorTable) -> None:
    row = table.find("the USSR")
    assert row is not None
    assert (row.id, table.kind_of("SU"), table.years_of("SU"), table.successor_of("SU")) == (
        "SU",
        "former state",
        ("1922", "1991"),
        "RU",
    )


def test_a_capital_is_a_place_and_a_government(table: ActorTable) -> None:
    place, government = table.find("Islamabad"), table.government("Islamabad")
    assert place is not None
    assert government is not None
    assert (place.kind, government.kind, government.id) == ("place", "government", "PK")


def test_a_named_pact_declares_its_theme_and_a_state_has_none(table: ActorTable) -> None:
    assert table.theme_of("SEATO") == "defence"
    assert table.theme_of("PK") is None
    assert table.theme_of("no such id") is None


@pytest.mark.parametrize(
    ("published", "theme"),
    [
        ("1944-01-11", "defence"),
        ("1945-09-02", "defence"),
        ("1945-09-03", "history_ideology"),
        ("1945-09", "defence"),
        ("1945", "defence"),
        ("1946", "history_ideology"),
        ("1938", "defence"),
        (None, "history_ideology"),
        ("", "history_ideology"),
    ],
)
def test_a_war_is_history_in_texts_published_after_it_and_where_no_date_is_known(
    table: ActorTable, published: str | None, theme: str
) -> None:
    assert table.theme_of("WW2", published) == theme


def test_an_event_without_an_end_goes_on(tmp_path: Path) -> None:
    own = load_actors(written(tmp_path, DATED + "Long War,LONG,event,history,defence,1944,\n"))
    assert [own.theme_of("LONG", published) for published in ("1950", None)] == ["defence", "history"]


def test_a_table_without_a_theme_for_the_present_has_one_theme_whatever_the_date(tmp_path: Path) -> None:
    own = load_actors(written(tmp_path, HEADER + "Last War,LAST,event,history,1944,1945,,\n"))
    assert [own.theme_of("LAST", published) for published in ("1944", "1950", None)] == ["history"] * 3


def test_every_event_that_came_along_says_what_it_is_about_in_its_own_time(table: ActorTable) -> None:
    assert sorted({row.id for row in table.rows if row.kind == "event" and not row.present_theme}) == []


def test_the_names_of_an_event_agree_in_theme_and_days(table: ActorTable) -> None:
    facts: dict[str, set[tuple[str, ...]]] = {}
    for row in table.rows:
        if row.present_theme:
            facts.setdefault(row.id, set()).add((row.theme, row.present_theme, row.first, row.last))
    assert [actor_id for actor_id, found in facts.items() if len(found) > 1] == []


def test_the_new_cold_war_is_not_the_one_that_ended(table: ActorTable) -> None:
    new, old = table.find("new Cold War"), table.find("Cold War")
    assert new is not None
    assert old is not None
    assert [table.theme_of(row.id, "2022-03-01") for row in (new, old)] == ["defence", "history_ideology"]


def test_a_theme_for_the_present_needs_a_theme_and_has_a_themes_name(tmp_path: Path) -> None:
    own = written(tmp_path, DATED + "A,A,event,,defence,,\nB,B,event,history,defence..war,,\n")
    with pytest.raises(StudyError) as error:
        load_actors(own)
    assert "line 2: present_theme is given and theme is empty" in error.value.problems[0]
    assert "line 3: present_theme 'defence..war'" in error.value.problems[1]


@pytest.mark.parametrize(
    "spelling",
    [
        "Shanghai Cooperation Organization",
        "the Shanghai Co-operation Organisation",
        "Shanghai  Cooperation\nOrganisation",
        "Shanghai Co‑operation Organization",
    ],
)
def test_spellings_of_one_name_meet(table: ActorTable, spelling: str) -> None:
    row = table.find(spelling)
    assert row is not None
    assert row.id == "SCO"


@given(st.text())
def test_a_surface_key_is_its_own_key(text: str) -> None:
    key = surface_key(text)
    assert surface_key(f" {key}\n") == surface_key(key)


def test_a_study_s_row_comes_before_ours(tmp_path: Path) -> None:
    own = written(tmp_path, HEADER + "Quad,QUAD-BIKES,organisation,,,,,\nThe Caucus,CAUCUS,group,,,,,\n")
    table = load_actors(own, LEXICON)
    quad, caucus, un = table.find("Quad"), table.find("Caucus"), table.find("UN")
    assert quad is not None
    assert caucus is not None
    assert un is not None
    assert (quad.id, caucus.id, un.id) == ("QUAD-BIKES", "CAUCUS", "UN")


def test_a_table_needs_only_surface_id_and_kind(tmp_path: Path) -> None:
    table = load_actors(written(tmp_path, "surface,id,kind\nRohan,ROHAN,former state\n"))
    row = table.find("Rohan")
    assert row is not None
    assert (row.theme, row.first, table.kind_of("ROHAN")) == ("", "", "former state")


def test_states_need_no_row_because_the_unicode_consortium_names_them(tmp_path: Path) -> None:
    table = load_actors(written(tmp_path, HEADER))
    row = table.find("Bosnia and Herzegovina")
    assert row is not None
    assert row.id == "BA"
    assert table.find("Pseudo-Bidi") is None


def test_every_wrong_row_is_reported_at_once_with_its_line(tmp_path: Path) -> None:
    own = written(
        tmp_path,
        HEADER
        + "Rohan,ROHAN,realm,,,,,\n"
        + "Gondor,GONDOR,state,,1954,1950,,\n"
        + "Mordor,MORDOR,state,,the dark years,,,\n"
        + ",SHIRE,state,,,,,\n"
        + "The Shire,SHIRE,state,,,,,\n"
        + "Shire,SHIRE,state,,,,,\n"
        + "Bree,BREE,place,defence..threat,,,,\n"
        + "Arnor,ARNOR,former state,,,,ARNOR,\n"
        + "Dale,DALE,place,,,,,a source, with a comma\n",
    )
    with pytest.raises(StudyError) as error:
        load_actors(own)
    problems = error.value.problems
    assert [problem.split(":")[0] for problem in problems] == [f"own.csv, line {n}" for n in (2, 3, 4, 5, 7, 8, 9, 10)]
    expected = [
        "'realm' is none of",
        "later than",
        "'the dark years'",
        "surface is empty",
        "line 6",
        "defence..threat",
        "itself",
    ]
    assert all(part in problem for part, problem in zip([*expected, "more cells"], problems, strict=True))


def test_missing_and_unknown_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="no column 'kind'") as error:
        load_actors(written(tmp_path, "surface,id,type\nRohan,ROHAN,state\n"))
    assert "unknown column 'type'" in str(error.value)


def test_a_quote_that_is_never_closed_is_named_with_its_line(tmp_path: Path) -> None:
    text = HEADER + 'Rohan,RO,state,,,,,x\n"' + "Gondor\n" * 40_000
    with pytest.raises(StudyError, match=r"own\.csv, line \d+: cannot be read \(field larger than"):
        load_actors(written(tmp_path, text))


def test_a_file_that_is_not_there_or_not_utf8_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes(HEADER.encode() + "Curaçao,CW,state,,,,,\n".encode("latin-1"))
    with pytest.raises(StudyError, match=r"latin\.csv: is not UTF-8") as error:
        load_actors(tmp_path / "none.csv", latin)
    assert "none.csv: cannot be read" in error.value.problems[0]


def test_rows_for_different_years_of_one_name_are_read_and_rows_that_overlap_are_refused(tmp_path: Path) -> None:
    early, late = "Ruritania,OLD,former state,,1900,1950,,\n", "Ruritania,NEW,state,,1950,,,\n"
    own = load_actors(written(tmp_path, HEADER + early + late))
    found = [own.find("Ruritania", days) for days in (stated_days("1920"), stated_days("1990"), None)]
    assert [row.id if row else None for row in found] == ["OLD", "NEW", "OLD"]
    with pytest.raises(StudyError, match="line 3: surface 'Ruritania' is already in line 2"):
        load_actors(written(tmp_path, HEADER + early + late.replace("1950", "1940")))


def test_an_own_row_takes_the_place_of_all_rows_of_its_name(tmp_path: Path) -> None:
    own = load_actors(written(tmp_path, HEADER + "Russia,MINE,state,,,,,\n"), LEXICON)
    found = own.find("Russia", stated_days("1965"))
    assert found is not None
    assert found.id == "MINE"


def test_a_city_stands_for_a_government_only_in_the_years_of_its_row(tmp_path: Path) -> None:
    rows = "Strelsau,STRELSAU,place,,,,,\nStrelsau,RURITANIA,government,,1900,1950,,\n"
    own = load_actors(written(tmp_path, HEADER + rows + "Ruritania,RURITANIA,state,,,,,\n"))
    found = [own.government("Strelsau", days) for days in (stated_days("1920"), stated_days("1990"), None)]
    assert [row.id if row else None for row in found] == ["RURITANIA", None, None]


def test_american_spellings_of_kinds_are_understood(tmp_path: Path) -> None:
    own = load_actors(written(tmp_path, HEADER + "Guild,G,organization,,,,,\nAid,A,Program,,,,,\n"))
    assert [own.kind_of(actor_id) for actor_id in ("G", "A")] == ["organisation", "programme"]


def test_the_table_that_comes_along_has_three_thousand_rows_of_its_own(table: ActorTable) -> None:
    own = [row for row in table.rows if row.source != "CLDR"]
    assert len(own) >= 3000
    assert [row.surface for row in own if not row.source] == []


def test_the_guide_for_users_names_every_column_and_every_kind():
    guide = (Path(__file__).parents[2] / "docs" / "how-to.md").read_text(encoding="utf-8")
    passage = guide.partition("**Add actors")[2].partition("**Add eras")[0].replace("\n", " ")
    assert [name for name in (*COLUMNS, *ACTOR_KINDS, *FORM_KINDS) if not re.search(rf"\b{name}\b", passage)] == []
