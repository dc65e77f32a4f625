import csv

import pytest

from framescope.annotate.dates import find_dates, load_eras
from framescope.annotate.dates.eras import DEFAULT_PATH

HEADER = "name,pattern,first,last,source\n"


def eras_file(tmp_path, *rows):
    path = tmp_path / "eras.csv"
    path.write_text(HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_eras_of_a_file_replace_those_that_come_along(tmp_path):
    eras = load_eras(eras_file(tmp_path, "Long Peace,Long Peace|[Tt]he Calm,1815-06-09,1914-07,a treaty"))
    found = find_dates("The Long Peace, or the Calm, preceded the Cold War.", eras=eras)
    assert [(date.text, date.value, date.first, date.last) for date in found] == [
        ("The Long Peace", "Long Peace", "1815-06-09", "1914-07-31"),
        ("the Calm", "Long Peace", "1815-06-09", "1914-07-31"),
    ]


def test_eras_of_a_study_come_before_those_that_come_along(tmp_path):
    eras = load_eras(eras_file(tmp_path, "the freeze,Cold War,1948,1953,a chronicle"), DEFAULT_PATH)
    found = find_dates("The Cold War followed the Great War.", eras=eras)
    assert [(date.value, date.first) for date in found] == [
        ("the freeze", "1948-01-01"),
        ("First World War", "1914-07-28"),
    ]


def test_an_era_may_be_open_on_one_side(tmp_path):
    eras = load_eras(eras_file(tmp_path, "New Order,New Order,1998,,a decree"))
    assert [(date.first, date.last) for date in find_dates("the New Order", eras=eras)] == [("1998-01-01", None)]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("A,Aera,1998,1990,source", "line 2: expected a first day before a last day"),
        ("A,Aera,,,source", "line 2: expected a first day before a last day"),
        ("A,Aera,98,,source", "line 2: expected a year, month or day"),
        ("A,Aera,1998-02-30,,source", "line 2: expected a year, month or day"),
        ("A,Aera,1998,,", "line 2: expected a name and a source"),
        ("A,Aera (,1998,,source", "line 2: "),
        ("A,Aera", "line 2: expected a name and a source"),
        ("A,Aera,1998,,source,more", "line 2: expected 5 cells, found more"),
        ("A,Era [[xX]at,1998,,source", "line 2: Possible nested set"),
        ("A,(?:B|C) era,1998,,source", "line 2: expected each name to begin with a plain word"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_line(tmp_path, row, complaint):
    with pytest.raises(ValueError, match=r"eras\.csv, ") as error:
        load_eras(eras_file(tmp_path, row))
    assert complaint in str(error.value)


def test_a_file_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "eras.csv"
    path.write_text("name,first\n", encoding="utf-8")
    with pytest.raises(ValueError, match="expected the columns name, pattern, first, last, source"):
        load_eras(path)


@pytest.mark.parametrize("rest", [b"A,\xe9ra,1998,,source\n", b'"' + b"a\n" * 140_000])
def test_a_file_that_is_no_table_is_refused_by_name(tmp_path, rest):
    path = tmp_path / "eras.csv"
    path.write_bytes(b"name,pattern,first,last,source\n" + rest)
    with pytest.raises(ValueError, match=r"eras\.csv: expected a table as CSV in UTF-8"):
        load_eras(path)


def test_every_era_that_comes_along_is_found_by_its_own_name():
    with DEFAULT_PATH.open(encoding="utf-8", newline="") as lines:
        names = {row["name"] for row in csv.DictReader(lines)}
    for name in sorted(names):
        assert name in [date.value for date in find_dates(f"It was during the {name}.") if date.type == "ERA"], name
