import ast
import tempfile
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import framescope
from framescope import tables
from framescope.failures import DamagedError, Failure
from framescope.present.page.views import table_list
from framescope.resources import SCHEMAS
from framescope.table_schemas import Column, Table, table_schemas
from framescope.tables import (
    Except,
    JoinedMeasure,
    _write_csv,
    conform,
    count_rows,
    documents_in_parts,
    labelled,
    measure_failures,
    measure_in_parts,
    read_table,
    read_tables,
    renewed_part,
    whole_documents,
    write_streams,
    write_table,
    write_tables_in_parts,
    written_in_parts,
)

WORKFLOW = Path(framescope.__file__).parents[1]


def write_stream(documents, name: str, path: Path) -> None:
    """Write one document after another to a single table."""
    write_streams((of if isinstance(of, Failure) else labelled([name], [of]) for of in documents), {name: path})


def rows(n: int) -> list[dict]:
    return [{"document": "d", "kind": "body", "words": k} for k in range(n)]


def test_every_column_has_a_type_and_says_what_it_holds() -> None:
    for table in table_schemas().values():
        assert table.row
        assert table.about.endswith(".")
        for column in table.columns.values():
            assert column.about
            assert column.type in {"text", "integer", "number", "boolean", "date"}


def test_every_table_is_made_by_a_rule_and_every_one_for_readers_has_a_place_in_the_report() -> None:
    rules = "".join(path.read_text(encoding="utf-8") for path in sorted((WORKFLOW / "rules").glob("*.smk")))
    for table in table_schemas().values():
        makers = {table.made_by, table.measured_by} - {""}
        assert makers or f'"{table.on_request}"' in rules, table.name
        for rule in makers:
            assert f"rule {rule}:" in rules, table.name
            assert f'**made_by("{rule}"' in rules, table.name
        assert bool(table.made_by) == bool(table.report), table.name
    listed = [table.name for tables in table_list().values() for table in tables]
    assert sorted(listed) == sorted(table.name for table in table_schemas().values() if table.made_by)


def test_no_key_of_a_schema_is_written_twice() -> None:
    for path in sorted(SCHEMAS.glob("*.yaml")):
        waiting = [yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)]
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.MappingNode):
                keys = [key.value for key, _ in node.value]
                assert len(keys) == len(set(keys)), f"{path.name}, line {node.start_mark.line + 1}"
                waiting += [value for _, value in node.value]


def test_a_table_without_rows_is_its_header(tmp_path: Path) -> None:
    write_table([], "skipped", tmp_path / "skipped.csv")
    assert (tmp_path / "skipped.csv").read_text() == "file,reason,remedy\n"


def test_missing_and_unknown_columns_are_named() -> None:
    with pytest.raises(ValueError, match=r"missing columns \['remedy'\], unknown columns \['cure'\]"):
        conform([{"file": "a", "reason": "b", "cure": "c"}], "skipped")


def test_columns_come_in_the_order_of_the_schema(tmp_path: Path) -> None:
    frame = pd.DataFrame({"remedy": ["c"], "file": ["a"], "reason": ["b"]})
    assert list(conform(frame, "skipped")) == ["file", "reason", "remedy"]


def test_text_that_reads_as_absent_stays_text_and_numbers_may_be_absent(tmp_path: Path) -> None:
    write_table([{"document": "NA", "kind": "", "words": None}], "text_accounting", tmp_path / "text_accounting.csv")
    back = read_table(tmp_path / "text_accounting.csv")
    assert back.loc[0, "document"] == "NA"
    assert back.loc[0, "kind"] == ""
    assert back["words"].isna().all()


def test_streamed_rows_equal_rows_written_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framescope.tables.ROWS_A_GROUP", 3)
    write_stream([rows(2), rows(5), [], rows(1)], "text_accounting", tmp_path / "stream.parquet")
    assert read_table(tmp_path / "stream.parquet")["words"].tolist() == [0, 1, 0, 1, 2, 3, 4, 0]


def test_streamed_rows_have_the_columns_of_the_schema_and_absent_values_where_there_are_none(tmp_path: Path) -> None:
    path = tmp_path / "readability.parquet"
    place = {"document": "a", "section": None}
    rows = [{**place, "flesch_kincaid": grade} for grade in (None, float("nan"), 2)]
    tables.write_streams([tables.labelled(["readability"], [rows])], {"readability": path})
    pd.testing.assert_frame_equal(pd.read_parquet(path), tables.conform(rows, "readability"))
    with pytest.raises(ValueError, match=r"missing columns \['flesch_kincaid'\], unknown columns \['grade'\]"):
        tables.write_streams([tables.labelled(["readability"], [[{**place, "grade": 2}]])], {"readability": path})


def test_a_stream_without_rows_is_a_table_without_rows(tmp_path: Path) -> None:
    write_stream([[]], "text_accounting", tmp_path / "stream.parquet")
    assert list(read_table(tmp_path / "stream.parquet")) == ["document", "kind", "words"]


LIKE_FORMULAS = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "'=1", "-0.3"]


def test_text_that_begins_like_a_formula_is_the_same_text_after_csv_and_a_negative_number_stays_one(
    tmp_path: Path,
) -> None:
    rows = [{"file": text, "reason": text, "remedy": text} for text in LIKE_FORMULAS]
    write_table(rows, "skipped", tmp_path / "skipped.csv")
    assert read_table(tmp_path / "skipped.csv")["reason"].tolist() == LIKE_FORMULAS
    assert pd.read_csv(tmp_path / "skipped.csv", dtype=str)["file"].tolist() == LIKE_FORMULAS
    write_table([{"document": "-0.3", "kind": "=1", "words": -3}], "text_accounting", tmp_path / "text_accounting.csv")
    assert (tmp_path / "text_accounting.csv").read_text() == "document,kind,words\n-0.3,=1,-3\n"
    assert read_table(tmp_path / "text_accounting.csv")["words"].tolist() == [-3]


def test_a_stream_keeps_its_failures_beside_the_rows(tmp_path: Path) -> None:
    paths = [tmp_path / "dates.parquet", tmp_path / "terms.parquet"]
    for path in paths:
        failed = Failure("b", f"measuring its {path.stem} failed", "x.log", "Traceback of this machine")
        write_stream([rows(2), failed, rows(1)], "text_accounting", path)
    assert read_table(paths[0])["words"].tolist() == [0, 1, 0]
    assert measure_failures(paths) == [Failure("b", "measuring its dates failed", "x.log")]


def test_tables_that_are_read_together_have_the_rows_of_the_listed_documents_only(tmp_path: Path) -> None:
    paths = {name: str(tmp_path / f"{name}.csv") for name in ("documents", "text_accounting", "skipped")}
    pd.DataFrame({"document": ["a"]}).to_csv(paths["documents"], index=False)
    counts = [{"document": name, "kind": "body", "words": 1} for name in ("a", "b")]
    write_table(counts, "text_accounting", paths["text_accounting"])
    assert read_tables(paths, ["text_accounting"])["text_accounting"]["document"].tolist() == ["a"]


def test_of_tables_that_are_read_together_some_can_be_read_in_part(tmp_path: Path) -> None:
    paths = {name: str(tmp_path / f"{name}.csv") for name in ("documents", "text_accounting")}
    pd.DataFrame({"document": ["a"], "title": ["A"]}).to_csv(paths["documents"], index=False)
    write_table([{"document": "a", "kind": "body", "words": 1}], "text_accounting", paths["text_accounting"])
    read = read_tables(paths, paths, {"text_accounting": ["document", "words"]})
    assert {name: list(table) for name, table in read.items()} == {
        "documents": ["document", "title"],
        "text_accounting": ["document", "words"],
    }


def test_a_measure_that_is_damaged_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "text_accounting.parquet"
    write_stream([[{"document": f"d{n}", "kind": "body", "words": n} for n in range(2000)]], "text_accounting", path)
    whole, end = path.read_bytes(), path.read_bytes().index(b"pandas")
    wrong = [whole[:length] for length in range(0, len(whole), 199)]
    wrong += [whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :] for place in range(0, end // 2, 41)]
    good, noticed = read_table(path), 0
    for data in wrong:
        path.write_bytes(data)
        try:
            assert read_table(path).equals(good)
        except DamagedError:
            noticed += 1
    assert noticed > len(wrong) / 2


def test_a_document_gives_the_rows_of_several_tables_and_fails_in_all_of_them(tmp_path: Path) -> None:
    paths = {"text_accounting": tmp_path / "a.parquet", "failures": tmp_path / "b.parquet"}
    refused = [{"file": "raw/b.txt", "reason": "it is empty", "remedy": "Remove it."}]
    write_streams(
        [labelled(paths, [rows(2), refused]), Failure("c", "it broke", "log"), labelled(paths, [[], []])], paths
    )
    assert read_table(paths["text_accounting"])["words"].tolist() == [0, 1]
    assert read_table(paths["failures"]).to_dict("records") == refused
    assert [[failure.document for failure in measure_failures([path])] for path in paths.values()] == [["c"], ["c"]]


def test_no_script_reads_the_documents_of_the_study_again_for_each_table() -> None:
    for script in sorted((WORKFLOW / "scripts").glob("*.py")):
        tree = ast.parse(script.read_text(encoding="utf-8"))
        loops = [node for node in ast.walk(tree) if isinstance(node, ast.For)]
        inside = {node.id for loop in loops for node in ast.walk(loop) if isinstance(node, ast.Name)}
        assert not inside & {"write_measures", "counted_batch"}, script.name


KINDS = {"str": "text", "Int64": "integer", "float64": "number", "boolean": "boolean"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["a,b", 'say "so"', "two\nlines", "\r", ""])
CELLS = st.tuples(
    TEXTS, st.none() | st.integers(-(2**63), 2**63 - 1), st.floats() | st.just(-0.0), st.none() | st.booleans()
)


@given(st.lists(CELLS, max_size=8), st.integers(1, 4))
def test_a_table_is_written_as_pandas_writes_it_whatever_its_cells_are(cells, rows_a_group):
    kinds = {"text": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    columns = zip(*cells, strict=True) if cells else [()] * len(kinds)
    # Column by column, because integers in rows with absent ones would first become floating-point numbers.
    frame = pd.DataFrame(
        {kind: pd.array(list(column), dtype=kinds[kind]) for kind, column in zip(kinds, columns, strict=True)}
    )
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr("framescope.tables.ROWS_A_GROUP", rows_a_group)
        ours, theirs = Path(folder, "ours.csv"), Path(folder, "theirs.csv")
        with ours.open("wb") as stream:
            _write_csv(frame, stream)
        frame.to_csv(theirs, index=False, lineterminator="\n", float_format="%.6g", encoding="utf-8")
        assert ours.read_bytes() == theirs.read_bytes()


@pytest.mark.parametrize(
    "frame", [pd.DataFrame({"a": [""]}, dtype="str"), pd.DataFrame({"a": [1, "x"], "b": [0.5, ""]})]
)
def test_tables_of_one_column_or_of_mixed_cells_are_written_as_pandas_writes_them(frame, tmp_path):
    with (tmp_path / "ours.csv").open("wb") as stream:
        _write_csv(frame, stream)
    assert (tmp_path / "ours.csv").read_text() == frame.to_csv(index=False, lineterminator="\n", float_format="%.6g")


@given(st.lists(CELLS, max_size=8), st.sampled_from([None, 0, 1, 3]))
def test_a_table_is_read_as_pandas_reads_it_whatever_its_cells_are(cells, rows):
    columns = {"document": "str", "words": "Int64", "estimate": "float64", "robust": "boolean"}
    values = zip(*cells, strict=True) if cells else [()] * len(columns)
    given = {name: pd.array(list(v), dtype=columns[name]) for name, v in zip(columns, values, strict=True)}
    schema = Table("t", "", "", {n: Column(KINDS[kind], "") for n, kind in columns.items()})
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr("framescope.tables.table_schemas", lambda: {"t": schema})
        pd.DataFrame(given).to_csv(Path(folder, "t.csv"), index=False, lineterminator="\n", float_format="%.6g")
        absent = {"na_values": {column: [""] for column in columns}, "keep_default_na": False}
        expected = pd.read_csv(Path(folder, "t.csv"), dtype=columns, nrows=rows, **absent).fillna({"document": ""})
        pd.testing.assert_frame_equal(read_table(Path(folder, "t.csv"), rows=rows), expected, check_exact=True)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=9), st.sets(st.sampled_from("abx")))
def test_rows_with_given_values_are_those_that_a_filter_keeps_of_all_rows(rows, documents):
    table = pd.DataFrame(rows, columns=["document", "words"]).assign(kind="body")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text_accounting.csv")
        write_table(table, "text_accounting", path)
        every = read_table(path)
        kept = every[every["document"].isin(documents) & every["words"].isin([1, 2])].reset_index(drop=True)
        where = {"document": documents, "words": [1, 2]}
        pd.testing.assert_frame_equal(read_table(path, where=where), kept)
        pd.testing.assert_frame_equal(read_table(path, ["kind"], where=where), kept[["kind"]])
        pd.testing.assert_frame_equal(read_table(path, rows=2, where=where), kept.head(2))
        others = every[~every["document"].isin(documents)].reset_index(drop=True)
        pd.testing.assert_frame_equal(read_table(path, where={"document": Except(documents)}), others)
        either = every[every["document"].isin(documents) | ~every["words"].isin([1, 2])].reset_index(drop=True)
        conditions = [{"document": documents}, {"words": Except([1, 2])}]
        pd.testing.assert_frame_equal(read_table(path, where=conditions), either)


def test_of_rows_that_are_not_asked_for_few_are_in_memory_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr("framescope.tables.BLOCK", 1_000)
    rows = [{"document": str(n % 500), "kind": "body", "words": n} for n in range(5_000)]
    write_table(rows, "text_accounting", tmp_path / "text_accounting.csv")
    sizes, keep = [], tables._having
    monkeypatch.setattr(tables, "_having", lambda batch, where: sizes.append(len(batch)) or keep(batch, where))
    assert len(read_table(tmp_path / "text_accounting.csv", where={"document": ["7"]})) == 10
    assert sum(sizes) == 5_000
    assert max(sizes) < 100
    sizes.clear()
    assert len(read_table(tmp_path / "text_accounting.csv", rows=5)) == 5
    assert sum(sizes) < 100


def test_a_cell_longer_than_a_block_is_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("framescope.tables.BLOCK", 1_000)
    reasons = ["short", "a\n" * 5_000, "", 'a "b", ' * 3_000]
    path = tmp_path / "skipped.csv"
    write_table(pd.DataFrame({"file": "f", "reason": reasons, "remedy": ""}), "skipped", path)
    assert read_table(path)["reason"].tolist() == reasons
    assert count_rows(path) == 4


def test_a_column_that_a_table_does_not_have_is_named(tmp_path):
    write_table([], "skipped", tmp_path / "skipped.csv")
    with pytest.raises(ValueError, match=r"skipped\.csv: there are no columns \['nothing', 'other'\]"):
        read_table(tmp_path / "skipped.csv", ["file", "other"], where={"nothing": ["a"]})


@pytest.mark.parametrize("rows", [[], ["a"], ["two\nlines", 'a "quoted", word', "", "x"] * 30_000])
def test_rows_of_a_table_are_counted_whatever_is_in_their_cells(tmp_path: Path, rows: list[str]):
    write_table(pd.DataFrame({"file": rows, "reason": rows, "remedy": ""}), "skipped", tmp_path / "skipped.csv")
    assert count_rows(tmp_path / "skipped.csv") == len(rows)
    pd.testing.assert_frame_equal(
        read_table(tmp_path / "skipped.csv", rows=3), read_table(tmp_path / "skipped.csv").head(3)
    )


def test_a_table_that_is_written_in_parts_has_the_bytes_of_the_whole_and_its_parts_are_passed_on(tmp_path: Path):
    whole = pd.DataFrame({"file": ["a,b", "c", "d"], "reason": ["x", "", 'y "z"'], "remedy": ""})
    parts = [whole.iloc[:1], whole.iloc[1:1], whole.iloc[1:]]
    write_table(whole, "skipped", tmp_path / "whole.csv")
    assert list(written_in_parts(parts, "skipped", tmp_path / "parts.csv")) == parts
    assert (tmp_path / "parts.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.parametrize("most", [1, 2, 10])
def test_tables_are_read_by_document_in_the_order_of_ids_and_without_unknown_documents(tmp_path: Path, most: int):
    rows = [{"document": d, "kind": k, "words": 1} for d, k in [("c", "x"), ("a", "x"), ("a", "a"), ("unknown", "x")]]
    write_table(rows, "text_accounting", tmp_path / "one.parquet")
    write_table(rows[:1], "text_accounting", tmp_path / "two.parquet")
    paths = {name: str(tmp_path / f"{name}.parquet") for name in ("one", "two")}
    parts = list(documents_in_parts(paths, ["c", "b", "a"], most))
    assert all(part["one"]["document"].nunique() <= most for part in parts)
    together = {name: pd.concat([part[name] for part in parts]) for name in paths}
    assert together["one"][["document", "kind"]].to_numpy().tolist() == [["a", "x"], ["a", "a"], ["c", "x"]]
    assert together["two"]["document"].tolist() == ["c"]


@pytest.mark.parametrize("documents", [[], ["a"], ["b", "a"], ["c", "b", "a"]])
def test_a_measure_in_parts_has_the_rows_that_some_documents_have_in_the_whole(
    tmp_path: Path, documents: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "ROWS_A_GROUP", 1)
    path = tmp_path / "text_accounting.parquet"
    of_document = {name: [{"document": name, "kind": "body", "words": n} for n in range(2)] for name in "abc"}
    with JoinedMeasure("text_accounting", path) as measure:
        for batch in (["a", "b"], ["c"]):
            rows = {name: of_document[name] for name in batch}
            measure.add(renewed_part(None, rows, batch, "text_accounting"), set(of_document))
    whole = read_table(path, ["document", "words"])
    parts = list(measure_in_parts(path, documents, {"words", "document"}))
    expected = whole[whole["document"].isin(documents)].reset_index(drop=True)
    assert len(parts) > 2
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), expected)


def test_a_measure_that_was_cut_short_is_refused_when_it_is_read_in_parts(tmp_path: Path) -> None:
    path = tmp_path / "text_accounting.parquet"
    write_table(rows(2), "text_accounting", path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DamagedError):
        list(measure_in_parts(path, ["d"], {"document"}))


@pytest.mark.parametrize("most", [1, 2, 3, 10])
def test_a_document_is_in_one_part_and_unknown_documents_are_in_none(tmp_path: Path, most: int):
    rows = [{"document": d, "kind": k, "words": 1} for d, k in [("c", "x"), ("a", "y"), ("a", "x"), ("unknown", "x")]]
    write_table(rows, "text_accounting", tmp_path / "one.parquet")
    parts = list(whole_documents(tmp_path / "one.parquet", ["c", "b", "a"], most))
    holding = [document for part in parts for document in part["document"].unique()]
    assert holding == ["c", "a"]
    read = [row for part in parts for row in part[["document", "kind"]].astype(str).to_numpy().tolist()]
    assert read == [["c", "x"], ["a", "y"], ["a", "x"]]


@pytest.mark.parametrize("numbers", [[], [3], [1, 0, 2]])
def test_several_tables_that_are_written_in_parts_are_those_that_are_written_at_once(tmp_path: Path, numbers):
    parts = [{"text_accounting": pd.DataFrame(rows(number))} for number in numbers]
    paths = {"text_accounting": tmp_path / "parts.csv", "text_accounting_parquet": tmp_path / "parts.parquet"}
    write_tables_in_parts(parts, {name: str(path) for name, path in paths.items()})
    write_table([row for number in numbers for row in rows(number)], "text_accounting", tmp_path / "whole.csv")
    assert paths["text_accounting"].read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert len(read_table(paths["text_accounting_parquet"])) == sum(numbers)


def test_a_renewed_part_of_a_measure_has_the_rows_of_a_new_one() -> None:
    rows = {name: [{"document": name, "kind": "body", "words": n} for n in range(3)] for name in "abcd"}
    whole = renewed_part(None, rows, list(rows), "text_accounting")
    newer = {"e": [{"document": "e", "kind": "body", "words": 7}], "b": rows["b"][:1]}
    of_all, documents = {**rows, **newer}, ["e", "d", "b", "a"]
    renewed = renewed_part(whole, newer, documents, "text_accounting")
    assert renewed == renewed_part(None, {name: of_all[name] for name in documents}, documents, "text_accounting")


def test_a_failure_is_stored_in_a_part_of_a_measure(tmp_path: Path) -> None:
    failed = Failure("b", "measuring failed", "results/logs/measures.log", "trace")
    part = renewed_part(None, {"a": [], "b": failed}, ["a", "b"], "text_accounting")
    (tmp_path / "part.parquet").write_bytes(part)
    assert [failure.document for failure in measure_failures([tmp_path / "part.parquet"])] == ["b"]
