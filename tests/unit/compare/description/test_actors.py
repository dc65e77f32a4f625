import pandas as pd
import pytest

from framescope.compare.description.actors import actor_timeline, actors, alias_audit

ENTITY = ["document", "section", "sentence", "text", "label", "actor", "actor_id", "rule", "years", "years_from"]


@pytest.fixture
def entities() -> pd.DataFrame:
    rows = [
        ("a", "01", 1, "Peru", "GPE", "Peru", "PE", "known name", "", ""),
        ("a", "01", 1, "Peruvian", "NORP", "Peru", "PE", "demonym", "", ""),
        ("a", "02", 2, "Peru", "GPE", "Peru", "PE", "known name", "", ""),
        ("a", "02", 2, "Wessex Union", "ORG", "Wessex Union", "", "own name", "", ""),
        ("b", "01", 1, "Chile", "GPE", "Chile", "CL", "known name", "", ""),
    ]
    return pd.DataFrame(rows, columns=ENTITY)


@pytest.fixture
def sentences() -> pd.DataFrame:
    rows = [("a", 1, "author"), ("a", 2, "quoted"), ("b", 1, "author")]
    return pd.DataFrame(rows, columns=["document", "sentence", "voice"])


def test_actors_are_counted_in_each_section_and_each_document(entities: pd.DataFrame, sentences: pd.DataFrame) -> None:
    table = actors(entities, sentences, {"PE": "state", "CL": "state"})
    rows = [tuple(row) for row in table.itertuples(index=False)]
    assert rows == [
        ("section", "a", "01", "Peru", "PE", "state", 2, 1, 1),
        ("section", "a", "02", "Peru", "PE", "state", 1, 1, 0),
        ("section", "a", "02", "Wessex Union", "", "organisation", 1, 1, 0),
        ("section", "b", "01", "Chile", "CL", "state", 1, 1, 1),
        ("document", "a", "", "Peru", "PE", "state", 3, 2, 1),
        ("document", "a", "", "Wessex Union", "", "organisation", 1, 1, 0),
        ("document", "b", "", "Chile", "CL", "state", 1, 1, 1),
    ]


def test_no_names_make_an_empty_table_with_its_columns(entities: pd.DataFrame, sentences: pd.DataFrame) -> None:
    assert list(actors(entities.iloc[:0], sentences, {})) == [
        "unit",
        "document",
        "section",
        "actor",
        "actor_id",
        "kind",
        "mentions",
        "sentences",
        "author_sentences",
    ]


def test_an_actor_s_years_are_those_of_the_dates_beside_it(entities: pd.DataFrame) -> None:
    dates = pd.DataFrame(
        [
            ("a", 1, "1950-01-01", "1953-12-31", False),
            ("a", 2, "1953-07-27", "1953-07-27", False),
            ("a", 2, "2007-01-01", "2007-12-31", True),
            ("a", 2, None, "1990-12-31", False),
            ("a", 2, "1901-01-01", "2000-12-31", False),
            ("b", 2, "1999-01-01", "1999-12-31", False),
        ],
        columns=["document", "sentence", "first", "last", "citation"],
    )
    table = actor_timeline(entities, dates)
    of_peru = table[table["actor_id"] == "PE"]
    assert list(zip(of_peru["year"], of_peru["sentences"], of_peru["weight"], strict=True)) == [
        (1950, 1, 0.25),
        (1951, 1, 0.25),
        (1952, 1, 0.25),
        (1953, 2, 1.25),
    ]
    assert set(table["document"]) == {"a"}


def test_the_audit_shows_unresolved_forms_first_and_then_those_against_their_long_form(entities: pd.DataFrame) -> None:
    against = (
        "b",
        "01",
        3,
        "SCO",
        "ORG",
        "Shanghai Cooperation Organisation",
        "SCO",
        "acronym despite its long form",
        "",
        "",
    )
    table = alias_audit(pd.concat([entities, pd.DataFrame([against], columns=ENTITY)]))
    assert list(table["text"]) == ["Wessex Union", "SCO", "Peru", "Chile", "Peruvian"]
    assert list(table["n"]) == [1, 1, 2, 1, 1]


def test_the_audit_gives_the_earliest_and_latest_year_that_decided_and_where_they_are_stated() -> None:
    russia = ("Russia", "GPE", "Soviet Union", "SU", "known name")
    rows = [("a", "01", n, *russia, years, "sentence") for n, years in enumerate(("1965", "1947/1953", "1979"))]
    rows.append(("b", "01", 1, "Russia", "GPE", "Russia", "RU", "known name", "2015", "publication"))
    audit = alias_audit(pd.DataFrame(rows, columns=ENTITY))
    assert audit[["actor_id", "years", "years_from", "n"]].to_numpy().tolist() == [
        ["SU", "1947/1979", "sentence", 3],
        ["RU", "2015", "publication", 1],
    ]
