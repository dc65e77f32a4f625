from pathlib import Path

import pytest

from framescope.configuration import complete_config
from framescope.corpora.metadata import described
from framescope.defaults import config_schema
from framescope.extract.source.limits import Limits
from framescope.problems import StudyError
from framescope.study import Study, read_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    for name in ("One Paper.txt", "two.md"):
        (tmp_path / "raw" / name).write_text(f"Some text of {name}.", encoding="utf-8")
    return tmp_path


def problems(config: dict, folder: Path) -> str:
    with pytest.raises(StudyError) as found:
        read_study(config, folder)
    return str(found.value)


def test_every_file_in_raw_is_a_document_with_an_id_from_its_name(folder: Path) -> None:
    assert {d: e.file for d, e in read_study({}, folder).documents.items()} == {
        "one-paper": "raw/One Paper.txt",
        "two": "raw/two.md",
    }


def test_a_list_makes_its_files_the_only_documents(folder: Path) -> None:
    assert list(read_study({"documents": ["two.md"]}, folder).documents) == ["two"]


def test_a_mapping_adds_metadata_and_leaves_every_file_a_document(folder: Path) -> None:
    study = read_study({"documents": {"two.md": {"group": "ministry", "published": "2018-06"}}}, folder)
    assert study.documents["two"].metadata == {"group": "ministry", "published": "2018-06"}
    assert study.documents["one-paper"].metadata == {}


def test_a_csv_adds_metadata_and_is_no_document_itself(folder: Path) -> None:
    (folder / "raw" / "metadata.csv").write_text("document,title,group\none-paper,The Paper,a\n", encoding="utf-8")
    study = read_study({"documents": "raw/metadata.csv"}, folder)
    assert list(study.documents) == ["one-paper", "two"]
    assert study.documents["one-paper"].metadata == {"title": "The Paper", "group": "a"}


def test_a_csv_of_ten_thousand_rows_is_read(folder: Path) -> None:
    rows = "".join(f"text-{n}.txt,Title {n}\n" for n in range(10_000))
    for n in range(10_000):
        (folder / "raw" / f"text-{n}.txt").touch()
    (folder / "metadata.csv").write_text("file,title\n" + rows, encoding="utf-8")
    study = read_study({"documents": "metadata.csv"}, folder)
    assert len(study.documents) == 10_002
    assert study.documents["text-9999"].metadata["title"] == "Title 9999"


def test_all_errors_are_reported_at_once(folder: Path) -> None:
    text = problems({"titel": "x", "seed": "one", "min_blocks": 1}, folder)
    assert "unknown key 'titel'. Did you mean title?" in text
    assert "seed: expected a whole number; found 'one'" in text
    assert "min_blocks: expected at least 3; found 1" in text


def test_missing_files_bad_dates_and_unknown_documents_are_reported_together(folder: Path) -> None:
    documents = {"two.md": {"published": "30 June 2018"}, "three.md": {"title": "x"}}
    text = problems({"documents": documents, "reference": "tow"}, folder)
    assert "published: expected a day, month or year" in text
    assert "metadata for 'three.md', which is not in raw/" in text
    assert "no document 'tow'. Did you mean two?" in text


def test_a_listed_file_that_is_not_there_is_an_error(folder: Path) -> None:
    assert "no file gone.txt in raw/" in problems({"documents": ["gone.txt"]}, folder)


def test_two_files_of_one_stem_both_get_ids_and_no_other_id_changes(folder: Path) -> None:
    (folder / "raw" / "one-paper.pdf").write_bytes(b"x")
    (folder / "raw" / "one-paper.docx").write_bytes(b"y")
    ids = {entry.file: document for document, entry in read_study({}, folder).documents.items()}
    assert ids == {
        "raw/One Paper.txt": "one-paper-txt",
        "raw/one-paper.docx": "one-paper-docx",
        "raw/one-paper.pdf": "one-paper-pdf",
        "raw/two.md": "two",
    }


def test_files_of_one_name_in_two_folders_are_told_apart_by_their_folders(folder: Path) -> None:
    for place in ("a", "b"):
        (folder / "raw" / place).mkdir()
        (folder / "raw" / place / "paper.txt").write_text(f"Text of {place}.", encoding="utf-8")
    assert list(read_study({}, folder).documents) == ["a-paper", "b-paper", "one-paper", "two"]


def test_the_configuration_finds_files_of_one_stem_by_file_name_and_by_id(folder: Path) -> None:
    (folder / "raw" / "two.txt").write_text("Two once more.", encoding="utf-8")
    config = {
        "documents": {"two.md": {"group": "by name"}, "two-txt": {"group": "by id"}},
        "reference": "two.md",
        "section_roles": {"two.txt": {"Lessons": "recommendations"}},
    }
    study = read_study(config, folder)
    assert study.documents["two-md"].metadata == {"group": "by name"}
    assert study.documents["two-txt"].metadata == {"group": "by id"}
    assert study.config["reference"] == "two-md"
    assert study.config["section_roles"] == {"two-txt": {"Lessons": "recommendations"}}
    assert "reference: no document 'two'" in problems({"reference": "two"}, folder)


def test_one_id_given_to_two_files_is_an_error_that_names_both(folder: Path) -> None:
    documents = {"two.md": {"document": "same"}, "One Paper.txt": {"document": "same"}}
    assert "One Paper.txt and two.md are given one id, 'same'" in problems({"documents": documents}, folder)


def test_further_keys_of_a_mapping_are_kept_as_columns_of_a_table_are(folder: Path) -> None:
    documents = {"two.md": {"title": "A speech", "party": "Liberals", "seats": 12, "seat": None}}
    study = read_study({"documents": documents}, folder)
    assert study.warnings == []
    assert described(study.documents["two"].metadata) == {"party": "Liberals", "seats": "12", "title": "A speech"}
    listed = [{"file": "two.md", "party": "Liberals"}, {"file": "One Paper.txt", "seat": "North"}]
    study = read_study({"documents": listed}, folder)
    assert described(study.documents["one-paper"].metadata) == {"seat": "North"}


def test_a_key_of_a_mapping_that_is_nearly_a_known_one_is_kept_with_a_warning(folder: Path) -> None:
    study = read_study({"documents": {"two.md": {"gruop": "a"}}}, folder)
    assert study.warnings == [
        "config.yaml: documents: the column 'gruop' is kept as a column of its own. Did you mean group?"
    ]


def test_a_key_with_several_values_is_answered_with_its_place(folder: Path) -> None:
    found = problems({"documents": {"two.md": {"party": ["a", "b"]}}}, folder)
    assert "documents > two.md > party: expected a text or a number; found ['a', 'b']." in found


def test_names_that_break_the_engine_are_skipped_with_a_remedy_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "raw" / "bell\a.txt").write_text("x", encoding="utf-8")
    (folder / "raw" / "gone.txt").symlink_to("nowhere")
    (folder / "raw" / "out.txt").symlink_to("/etc/hostname")
    study = read_study({}, folder)
    assert list(study.documents) == ["one-paper", "two"]
    assert [row["file"] for row in study.skipped] == [
        "raw/bell\\x07.txt",
        "raw/gone.txt",
        "raw/out.txt",
    ]
    assert all(row["reason"] and row["remedy"] for row in study.skipped)


@pytest.mark.parametrize("target", ["nowhere", "/etc/hostname"])
def test_a_listed_link_that_is_refused_tells_its_reason_when_it_is_the_only_document(folder: Path, target: str) -> None:
    (folder / "raw" / "link-out.txt").symlink_to(target)
    said = problems({"documents": ["link-out.txt"]}, folder)
    reason = "it is a link to nothing. Mend" if target == "nowhere" else "it is a link out of raw/. Copy"
    assert said.startswith(f"raw/link-out.txt: {reason}")
    assert "no file link-out.txt" not in said


def test_hidden_files_and_editors_leavings_are_ignored(folder: Path) -> None:
    for name in (".hidden.txt", "~$one.docx", "Thumbs.db", "README.md"):
        (folder / "raw" / name).write_text("x", encoding="utf-8")
    study = read_study({}, folder)
    assert (list(study.documents), study.skipped) == (["one-paper", "two"], [])


def test_an_empty_raw_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    assert "Put at least one text there" in problems({}, tmp_path)


def test_a_missing_raw_folder_says_what_to_do(tmp_path: Path) -> None:
    assert "Make it and put the study's texts there" in problems({}, tmp_path)


def test_defaults_are_filled_in_at_every_depth(folder: Path) -> None:
    config = read_study({"limits": {"pages": 10}}, folder).config
    assert config["limits"]["pages"] == 10
    assert config["limits"]["seconds"] == Limits().seconds
    assert config["counting"]["negated"] is True


def test_unknown_themes_are_reported_together_with_missing_documents(folder: Path) -> None:
    config = {"contrasts": [{"name": "x", "a": ["defense"], "b": ["economy"]}], "reference": "gone"}
    with pytest.raises(StudyError) as found:
        read_study(config, folder, themes=lambda path: ["defence", "economy"])
    assert "contrasts > x > a: unknown theme 'defense'. Did you mean defence?" in str(found.value)
    assert "reference: no document 'gone'" in str(found.value)


def test_contrasts_of_one_name_and_themes_on_both_sides_are_found_before_anything_runs(folder: Path) -> None:
    contrasts = [
        {"name": "x", "a": ["defence"], "b": ["economy"]},
        {"name": "x", "a": ["economy"], "b": ["economy"]},
        {"name": "y", "a": ["defence.weapons"], "b": ["defence"]},
    ]
    told = problems({"contrasts": contrasts}, folder)
    assert "config.yaml: contrasts: 'x' names two contrasts. Give each its own name." in told
    assert "config.yaml: contrasts > x: economy is on both sides. Name each theme on one side." in told
    assert "contrasts > y: defence.weapons and defence share hits and are on two sides." in told


def test_default_contrasts_that_a_lexicon_of_ones_own_does_not_have_are_left_out(folder: Path) -> None:
    config = read_study({}, folder, themes=lambda path: ["war", "economy"]).config
    assert config["contrasts"] == []
    assert config["focus_themes"] == ["economy"]


def test_a_misspelt_format_of_the_lexicon_is_answered_with_the_nearest_one(folder: Path) -> None:
    assert "lexicon_format: expected one of yaml, quanteda" in problems({"lexicon_format": "quantda"}, folder)
    assert "found 'quantda'. Did you mean quanteda?" in problems({"lexicon_format": "quantda"}, folder)
    assert read_study({"lexicon_format": "quanteda"}, folder).config["lexicon_format"] == "quanteda"


def test_the_defaults_of_limits_are_those_of_the_readers(folder: Path) -> None:
    assert Limits(**read_study({}, folder).config["limits"]) == Limits()


def test_hand_codes_without_the_columns_they_need_say_which(folder: Path) -> None:
    (folder / "codes.csv").write_text("sentence,theme\n1,defence\n", encoding="utf-8")
    assert "codes.csv: expected columns that name a sentence" in problems({"codes": "codes.csv"}, folder)
    (folder / "codes.csv").write_text("text,theme\nWar.,defence\n", encoding="utf-8")
    assert read_study({"codes": "codes.csv"}, folder).config["codes"] == "codes.csv"


def test_wrong_rows_of_the_studys_own_actors_are_told_before_anything_runs(folder: Path) -> None:
    actors = folder / "actors.csv"
    actors.write_text("surface,id,kind,theme\nQUAD,QUAD,pakt,\n", encoding="utf-8")
    with pytest.raises(StudyError, match="line 2: kind 'pakt' is none of"):
        read_study({"actors": "actors.csv"}, folder, themes=lambda path: ["defence", "economy"])
    actors.write_text("surface,id,kind,theme\nQUAD,QUAD,pact,defense\n", encoding="utf-8")
    with pytest.raises(StudyError, match="QUAD: unknown theme 'defense'"):
        read_study({"actors": "actors.csv"}, folder, themes=lambda path: ["defence", "economy"])
    actors.write_text("surface,id,kind,theme,present_theme\nWar,WAR,event,economy,defense\n", encoding="utf-8")
    with pytest.raises(StudyError, match="War: unknown theme 'defense'"):
        read_study({"actors": "actors.csv"}, folder, themes=lambda path: ["defence", "economy"])


def test_the_second_of_two_identical_files_is_skipped_with_its_cause(folder: Path) -> None:
    (folder / "raw" / "three.txt").write_bytes((folder / "raw" / "two.md").read_bytes())
    (folder / "raw" / "same-size.md").write_text("Some text of TWO.md.", encoding="utf-8")
    (folder / "raw" / "folder").mkdir()
    (folder / "raw" / "folder" / "two.md").write_bytes((folder / "raw" / "two.md").read_bytes())
    study = read_study({}, folder)
    assert list(study.documents) == ["one-paper", "same-size", "two"]
    assert [(row["file"], row["reason"]) for row in study.skipped] == [
        ("raw/three.txt", "it is the same file as raw/folder/two.md"),
        ("raw/two.md", "it is the same file as raw/folder/two.md"),
    ]


def test_files_that_differ_in_their_last_byte_are_two_documents(folder: Path) -> None:
    for name, end in (("a.txt", "a"), ("b.txt", "b")):
        (folder / "raw" / name).write_text("word " * 10_000 + end, encoding="utf-8")
    assert list(read_study({}, folder).documents) == ["a", "b", "one-paper", "two"]


def test_metadata_of_a_file_that_is_skipped_is_no_error(folder: Path) -> None:
    (folder / "raw" / "unique.txt").write_bytes((folder / "raw" / "two.md").read_bytes())
    assert "unique" not in read_study({"documents": {"unique": {"group": "a"}}}, folder).documents


def test_only_files_of_one_size_are_opened_to_find_copies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "raw" / "three.txt").write_text("Some text of two.md. And more.", encoding="utf-8")
    opening, opened = Path.open, []
    monkeypatch.setattr(Path, "open", lambda path, *a, **k: opened.append(path.name) or opening(path, *a, **k))
    assert list(read_study({}, folder).documents) == ["one-paper", "three", "two"]
    assert not {"One Paper.txt", "three.txt", "two.md"} & set(opened)


def numbers_of(schema: dict, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], dict]:
    found = {}
    for key, facts in schema.get("properties", {}).items():
        found |= {(*path, key): facts} if facts.get("type") in ("integer", "number") else {}
        found |= numbers_of(facts, (*path, key))
    return found


@pytest.mark.parametrize(("path", "facts"), numbers_of(config_schema()).items(), ids=lambda value: str(value)[:40])
def test_every_number_of_the_configuration_has_a_least_and_a_greatest_value(path: tuple[str, ...], facts: dict) -> None:
    assert {"minimum", "exclusiveMinimum"} & set(facts)
    for wrong in (10**12, -(10**12), float("inf"), float("nan")):
        config: dict = {path[-1]: wrong} if len(path) == 1 else {path[0]: {path[1]: wrong}}
        with pytest.raises(StudyError, match=f"{' > '.join(path)}: expected "):
            complete_config(config)


@pytest.mark.parametrize("given", [{"two.md": [None]}, {"two.md": "A title"}, [None], [["two.md"]], [3]])
def test_metadata_that_are_no_keys_with_values_are_named_with_their_place(folder: Path, given: object) -> None:
    place = "two.md" if isinstance(given, dict) else "1"
    assert f"config.yaml: documents > {place}: expected keys with values" in problems({"documents": given}, folder)


@pytest.mark.parametrize("key", ["documents", "lexicon", "actors", "eras", "codes"])
def test_a_path_too_long_for_any_file_is_a_file_that_is_not_there(folder: Path, key: str) -> None:
    assert f"config.yaml: {key}: no file aaaa" in problems({key: "a" * 5_000}, folder)


@pytest.mark.parametrize("data", [b"file,title\nx,\xff\n", b"file,title\n" + b"x" * 200_000 + b",a\n", b"\xff" * 9])
def test_a_table_that_is_no_csv_in_utf8_is_named_with_what_to_do(folder: Path, data: bytes) -> None:
    (folder / "table.csv").write_bytes(data)
    assert "table.csv: expected a table as CSV in UTF-8" in problems({"documents": "table.csv"}, folder)


def test_a_baseline_is_a_word_or_a_document_and_needs_the_lexicon_that_its_rates_are_of(folder: Path) -> None:
    for baseline, found in {"rest": "rest", "even": "even", "lexicon": "lexicon", "two.md": "two"}.items():
        assert read_study({"baseline": baseline}, folder).config["baseline"] == found
    assert "baseline: no document 'tow'" in problems({"baseline": "tow"}, folder)
    assert "rest" in problems({"baseline": "rset"}, folder)
    (folder / "own.yaml").write_text("war: [war]\n", encoding="utf-8")
    text = problems({"baseline": "lexicon", "lexicon": "own.yaml"}, folder)
    assert "baseline: lexicon" in text
    assert "own.yaml" in text


def written_metadata(folder: Path, rows: str) -> Study:
    (folder / "metadata.csv").write_text(rows, encoding="utf-8")
    return read_study({"documents": "metadata.csv"}, folder)


def test_further_columns_of_a_table_of_metadata_are_kept_for_groups_and_models(folder: Path) -> None:
    study = written_metadata(folder, "file,title,party,seat\ntwo.md,A speech,Liberals,\nOne Paper.txt,,Greens,North\n")
    assert study.documents["two"].metadata == {"title": "A speech", "metadata": '{"party": "Liberals"}'}
    assert described(study.documents["one-paper"].metadata) == {"party": "Greens", "seat": "North"}
    assert study.warnings == []


def test_a_further_column_that_looks_like_a_misspelt_one_is_kept_with_a_warning(folder: Path) -> None:
    study = written_metadata(folder, "file,gruop\ntwo.md,a\n")
    assert study.warnings == ["metadata.csv: the column 'gruop' is kept as a column of its own. Did you mean group?"]
    assert described(study.documents["two"].metadata) == {"gruop": "a"}
    assert written_metadata(folder, "file,source,sources\ntwo.md,a,b\n").warnings == []


def test_metadata_of_a_study_add_columns_to_those_that_a_row_of_texts_has(folder: Path) -> None:
    (folder / "raw" / "speeches.csv").write_text("id,text,party\n1,We met today.,Greens\n", encoding="utf-8")
    study = written_metadata(folder, "document,seat\nspeeches-1,North\n")
    assert described(study.documents["speeches-1"].metadata) == {"party": "Greens", "seat": "North"}


def metadata_of_two(folder: Path) -> dict[str, object]:
    return {"documents": {"two.md": {"group": "think tank"}, "One Paper.txt": {"group": "government"}}}


def test_a_baseline_of_a_group_is_the_documents_with_the_value(folder: Path) -> None:
    metadata = metadata_of_two(folder)
    found = read_study({**metadata, "baseline": {"group": "government"}}, folder).config["baseline"]
    assert found == {"name": "group: government", "documents": ["one-paper"]}
    for setting, message in (
        ({"gruop": "government"}, "no column 'gruop' in the metadata of the documents. Did you mean group?"),
        ({"group": "goverment"}, "no document with group 'goverment'. Did you mean government?"),
        ("government", "A group is named with its column: {group: government}."),
    ):
        assert message in problems({**metadata, "baseline": setting}, folder)
    one = {"documents": {"two.md": {"group": "x"}, "One Paper.txt": {"group": "x"}}}
    assert "all documents have group 'x'" in problems({**one, "baseline": {"group": "x"}}, folder)


def test_a_baseline_of_two_keys_is_answered_with_what_was_expected(folder: Path) -> None:
    with pytest.raises(StudyError, match="baseline: expected a number of keys of at most 1"):
        complete_config({"baseline": {"group": "x", "genre": "y"}})


@pytest.mark.parametrize(
    ("rows", "rates"),
    [("theme,rate_per_1000\nwar,3.5\n", {"war": 3.5}), ("hits,words,theme\n7,2000,war\n", {"war": 3.5})],
)
def test_a_baseline_of_a_table_has_the_rates_that_it_states(folder: Path, rows: str, rates: dict[str, float]) -> None:
    (folder / "base.csv").write_text(rows, encoding="utf-8")
    assert read_study({"baseline": "base.csv"}, folder).config["baseline"] == {"name": "base.csv", "rates": rates}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            "theme,rate\nwar,3\n",
            "base.csv: expected the columns theme and rate_per_1000, or theme, hits and words; found",
        ),
        ("theme,rate_per_1000\nwarr,3\n", "base.csv, line 2: unknown theme 'warr'. Did you mean war?"),
        ("theme,rate_per_1000\nwar,3\nwar,4\n", "base.csv, line 3: war is listed twice."),
        ("theme,rate_per_1000\nwar,-3\n", "base.csv, line 2: expected numbers that are not negative"),
        ("theme,rate_per_1000\nwar,nan\n", "found rate_per_1000 'nan'"),
        ("theme,hits,words\nwar,3,0\n", "words above 0; found hits '3', words '0'"),
        ("theme,hits,words\nwar,3\n", "found hits '3', words None"),
    ],
)
def test_a_mistake_in_a_table_of_base_rates_is_told_with_its_line(folder: Path, rows: str, message: str) -> None:
    (folder / "base.csv").write_text(rows, encoding="utf-8")
    (folder / "own.yaml").write_text("war: [war]\n", encoding="utf-8")
    with pytest.raises(StudyError) as error:
        read_study({"baseline": "base.csv", "lexicon": "own.yaml"}, folder, lambda own: ["war"])
    assert message in str(error.value)


def test_a_baseline_of_a_table_that_is_not_there_is_told(folder: Path) -> None:
    assert "config.yaml: baseline: no file base.csv in the study." in problems({"baseline": "base.csv"}, folder)


def test_a_reference_that_names_the_second_of_two_identical_files_is_answered_with_the_cause(folder: Path) -> None:
    (folder / "raw" / "three.txt").write_bytes((folder / "raw" / "two.md").read_bytes())
    cause = "raw/two.md: it is the same file as raw/three.txt. Remove one of the two."
    assert problems({"reference": "two"}, folder) == f"config.yaml: reference: no document 'two'. {cause}"


def test_editions_are_named_by_ids_or_files_and_a_name_that_is_no_document_is_answered_with_the_nearest(
    folder: Path,
) -> None:
    assert read_study({"editions": [["One Paper.txt", "two"]]}, folder).config["editions"] == [["one-paper", "two"]]
    text = problems({"editions": [["one-paper", "two"], ["one-papr", "two"]]}, folder)
    assert text == "config.yaml: editions, pair 2: no document 'one-papr'. Did you mean one-paper?"
    assert "given twice" in problems({"editions": [["two", "two.md"]]}, folder)


def test_an_edition_is_a_pair(folder: Path) -> None:
    text = problems({"editions": [["one-paper", "two", "three"], ["two"]]}, folder)
    assert "editions > 0: expected a number of entries of at most 2" in text
    assert "editions > 1: expected a number of entries of at least 2" in text


def test_a_wrong_colour_and_a_colour_of_an_unknown_theme_are_reported(folder: Path) -> None:
    assert "theme_colours > defence: expected a colour" in problems({"theme_colours": {"defence": "blue"}}, folder)
    with pytest.raises(StudyError, match=r"theme_colours: unknown theme .defense.\. Did you mean defence"):
        read_study({"theme_colours": {"defense": "#0072b2"}}, folder, themes=lambda path: ["defence"])
