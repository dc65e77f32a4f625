"""Whatever codes are written, in whichever sheet, the same are read; whatever is no code is named."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from framescope.codes.code import CodesError
from framescope.codes.reading import read_file

THEMES = ["defence", "defence.threat", "economy", "law and order"]
CODERS = ["coder_1", "coder_2", "coder_a b"]
ANSWERS = st.lists(st.sampled_from(THEMES), unique=True, max_size=3)
CODES = st.dictionaries(st.tuples(st.integers(1, 30), st.sampled_from(CODERS)), ANSWERS, min_size=1, max_size=20)
WORDS = st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)


def written(rows, delimiter, encoding, path):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def refusal(path):
    """Why a file is not read; None if it is read."""
    try:
        read_file(path, THEMES)
    except CodesError as error:
        return str(error)
    return None


def given_by(reading):
    return {(code.sentence, code.coder): sorted(code.themes) for code in reading.codes}


@given(
    codes=CODES,
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    joined=st.sampled_from(["; ", ",", "|", "\n", " / "]),
    cased=st.sampled_from([str, str.upper, str.title]),
)
def test_a_wide_sheet_is_read_as_it_was_written(codes, delimiter, encoding, joined, cased, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "wide.csv"
    coders = sorted({coder for _, coder in codes})
    sentences = sorted({sentence for sentence, _ in codes})
    cells = {key: cased(joined.join(themes) or "none") for key, themes in codes.items()}
    rows = [["d\N{LATIN SMALL LETTER E WITH ACUTE}", n, *(cells.get((n, c), "") for c in coders)] for n in sentences]
    reading = read_file(written([["document", "sentence", *coders], *rows], delimiter, encoding, path), THEMES)
    names = {coder: "a b" if coder == "coder_a b" else coder for coder in coders}
    assert given_by(reading) == {(n, names[coder]): sorted(themes) for (n, coder), themes in codes.items()}
    blank = len(coders) * len(sentences) - len(codes)
    assert len(reading.problems) == blank


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["d", "", "e.txt"]),
            st.sampled_from(["1", "2", "", "x", "-3", "1.5"]),
            st.one_of(st.sampled_from(["defence", "Economy; defence", "none", "", "defense"]), WORDS),
            st.sampled_from(["1", "0", "", "2,5", "nan", "inf", "w"]),
        ),
        min_size=1,
    )
)
def test_no_row_of_a_long_sheet_is_lost_without_a_word(rows, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "long.csv"
    head = ["document", "sentence", "theme", "weight"]
    reading = read_file(written([head, ["d", "1", "none", "1"], *rows], ",", "utf-8", path), THEMES)
    told = [code.place for code in reading.codes] + [problem.place for problem in reading.problems]
    lines = {int(place.rpartition(" ")[2]) for place in told}
    filled = {number for number, row in enumerate(rows, 3) if any(cell.strip() for cell in row)}
    assert filled <= lines


@given(content=st.binary(max_size=300), suffix=st.sampled_from([".csv", ".tsv", ".json", ".jsonl", ".xlsx", ".ods"]))
def test_whatever_bytes_a_file_has_it_is_read_or_refused(content, suffix, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"codes{suffix}"
    path.write_bytes(content)
    assert refusal(path) is None or path.name in refusal(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["text", "label", "data", "annotations", "result", "value", "choices", "completed_by", "meta"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(content=JSON)
def test_json_of_any_shape_is_read_or_refused(content, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "codes.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert refusal(path) is None or path.name in refusal(path)
