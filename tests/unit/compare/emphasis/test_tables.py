from dataclasses import replace

import pandas as pd
import pytest
from compare_frames import study

from framescope.compare.emphasis.differences import section_differences
from framescope.compare.emphasis.tables import OF_TESTS, difference_tables, with_tests
from framescope.compare.inputs import DEFAULT_CONTRASTS, Testing
from framescope.tables import read_table, write_tables

LONG, SHORT = [[{"defence": 1, "economy": 2}, {}]] * 9, [[{"defence": 1}]] * 3
FRAMES = study({"a": {"01": LONG, "02": LONG, "03": SHORT}, "b": {"01": LONG}}, roles={"01": "body"})
SETTINGS = {"themes": ["defence", "economy"], "contrasts": DEFAULT_CONTRASTS, "focus_themes": ["defence"]}
SETTINGS |= {"reference": None, "testing": Testing(permutations=19)}
DIFFERENCES = ["contrast_differences", "section_differences", "document_differences"]


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return difference_tables(FRAMES, **SETTINGS)


def test_tables_for_readers_have_one_p_one_corrected_and_nothing_of_how_they_were_made(made):
    for name in DIFFERENCES:
        assert [column for column in made[name] if column.startswith("p_") or column == "p"] == ["p", "p_corrected"]
        assert not set(OF_TESTS) & set(made[name])


def test_each_test_and_nothing_else_has_a_row_in_the_table_of_tests(made):
    tested = {name: int(made[name]["p"].notna().sum()) for name in DIFFERENCES}
    assert made["difference_tests"]["table"].value_counts().to_dict() == tested
    assert made["section_differences"]["p"].isna().any()
    assert made["difference_tests"][["p_least", "tests_in_family"]].notna().all(axis=None)


def test_tables_that_were_written_and_read_have_the_columns_of_their_tests_again(made, tmp_path):
    paths = {name: str(tmp_path / f"{name}.csv") for name in made}
    write_tables(made, paths)
    read = {name: read_table(path) for name, path in paths.items()}
    joined = with_tests("section_differences", read["section_differences"], read["difference_tests"])
    whole = section_differences(
        FRAMES, themes=SETTINGS["themes"], focus_themes=SETTINGS["focus_themes"], testing=SETTINGS["testing"]
    )
    tested = whole["p"].notna()
    for column in OF_TESTS:
        assert joined.loc[tested, column].tolist() == pytest.approx(whole.loc[tested, column].tolist(), rel=1e-5)
        assert joined.loc[~tested, column].isna().all()


def test_a_study_without_documents_has_the_columns_of_any_other(made):
    empty = difference_tables(type(FRAMES)(*(frame.iloc[:0] for frame in vars(FRAMES).values())), **SETTINGS)
    for name in [*DIFFERENCES, "difference_tests"]:
        assert list(empty[name]) == list(made[name])
        joined = {table: with_tests(table, empty[table], empty["difference_tests"]) for table in DIFFERENCES}
        assert all(rows.empty for rows in joined.values())


def test_a_study_without_hits_has_no_tests():
    assert difference_tables(replace(FRAMES, hits=FRAMES.hits.iloc[:0]), **SETTINGS)["difference_tests"].empty
