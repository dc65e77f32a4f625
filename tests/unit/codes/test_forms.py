"""The same codes in every form in which people and programs write them; the files in forms/ were made for this test."""

from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from framescope.codes.code import CodesError
from framescope.codes.reading import read_file, read_files, stated_codes
from framescope.compare.coders.finding import find_coded

FORMS = Path(__file__).parent / "forms"
THEMES = ["defence", "defence.threat", "economy"]
TEXTS = [
    "The fleet patrols the strait.",
    "Tariffs fell, and exports rose.",
    "It rained all week.",
    "Soldiers guard the grain market.",
]
SENTENCES = pd.DataFrame(
    {"document": "harbour", "section": "01-a", "paragraph": 1, "sentence": [1, 2, 3, 4], "text": TEXTS}
)
GIVEN = [(1, "defence"), (2, "economy"), (3, ""), (4, "defence"), (4, "economy")]
CODERS = {
    "sample_filled_in.csv": ["coder_1", "coder_2"],
    "semicolons_cp1252.csv": ["Anna", "Jörg"],
    "long.csv": ["coder_1", "coder_2"],
    "utf16_tabs.tsv": ["coder_1", "coder_2"],
    "column_a_theme.csv": ["coder_1", "coder_2"],
    "doccano.jsonl": ["doccano"],
    "doccano_passages.jsonl": ["doccano_passages"],
    "label_studio.json": ["annotator 1", "ben@harbour.example", "large-model-2"],
    "label_studio_min.json": ["1", "2"],
    "inception.tsv": ["inception"],
    "qualcoder.csv": ["qualcoder"],
    "model.csv": ["model"],
}
WEIGHED = {"sample_filled_in.csv", "semicolons_cp1252.csv", "long.csv", "label_studio.json"}


def test_every_file_of_forms_is_tried():
    assert {path.name for path in FORMS.iterdir()} == set(CODERS)


@pytest.mark.parametrize("name", CODERS)
def test_codes_are_the_same_in_every_form(name):
    coded = find_coded(read_file(FORMS / name, THEMES), SENTENCES)
    assert coded.problems == []
    expected = {("harbour", unit, coder, theme) for unit, theme in GIVEN for coder in CODERS[name]}
    rows = coded.rows[["document", "unit", "coder", "theme"]]
    assert set(rows.itertuples(index=False, name=None)) == expected
    assert len(rows) == len(expected)
    weights = {3: 10.0} if name in WEIGHED else {}
    usual = 2.5 if name in WEIGHED else 1.0
    assert all(row.weight == weights.get(row.unit, usual) for row in coded.rows.itertuples())


def workbook(path, **sheets):
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_a_workbook_is_read_and_each_of_its_sheets_is_a_coder(tmp_path):
    head = ["document", "sentence", "theme", "weight"]
    first = [head, ["harbour", 1, "defence", 2.5], ["harbour", 3, "none", 10]]
    second = [["What", "for"], ["codes", "of 2026"]]
    path = workbook(tmp_path / "codes.xlsx", Anna=first, Empty=[], Notes=second)
    reading = read_file(path, THEMES)
    assert [(c.sentence, c.coder, c.themes, c.weight) for c in reading.codes] == [
        (1, "Anna", ("defence",), 2.5),
        (3, "Anna", (), 10.0),
    ]
    assert [problem.remedy for problem in reading.problems] == ["This sheet is not used."]


def test_files_are_added_up_and_a_coder_may_be_named_in_the_configuration(tmp_path):
    stated = stated_codes([str(FORMS / "long.csv"), {"file": str(FORMS / "model.csv"), "coder": "a language model"}])
    reading = read_files(stated, THEMES)
    assert {code.coder for code in reading.codes} == {"coder_1", "coder_2", "a language model"}


def test_the_sample_as_it_was_drawn_gives_the_weights_of_codes_that_have_none(tmp_path):
    sample = tmp_path / "sample.csv"
    rows = "".join(f'harbour,01-a,{n},"{text}",,,{n}\n' for n, text in enumerate(TEXTS, 1))
    sample.write_text("document,section,sentence,text,coder_1,coder_2,weight\n" + rows, encoding="utf-8")
    coded = find_coded(read_files([(sample, ""), (FORMS / "model.csv", "")], THEMES), SENTENCES)
    assert coded.rows["weight"].tolist() == coded.rows["unit"].tolist()
    assert [problem.problem for problem in coded.problems] == [
        "its column coder_1 is empty",
        "its column coder_2 is empty",
    ]


def problems_of(tmp_path, text, name="codes.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return [(p.place, p.problem) for p in find_coded(read_file(path, THEMES), SENTENCES).problems]


def test_what_is_not_used_is_named_with_its_file_and_line(tmp_path):
    text = (
        "document,sentence,text,coder_1,weight\n"
        "harbour,1,,defense,1\n"
        "\n"
        "harbour,2,,,1\n"
        "harbour,9,,economy,1\n"
        "harbour,3,Somewhat else.,economy,1\n"
        "harbor,3,,economy,1\n"
        "harbour,three,,economy,1\n"
        ",,,economy,1\n"
        "harbour,3,,economy,-1\n"
    )
    assert sorted(problems_of(tmp_path, text)) == [
        ("codes.csv, line 10", "its weight '-1' is not a number above 0"),
        ("codes.csv, line 2", "no theme 'defense' in the lexicon"),
        ("codes.csv, line 4", "coder_1 gave no answer"),
        ("codes.csv, line 5", "no sentence 9 in 'harbour'"),
        ("codes.csv, line 6", "no sentence 3 in 'harbour': 'Somewhat else.'"),
        ("codes.csv, line 7", "no document 'harbor'"),
        ("codes.csv, line 8", "its sentence 'three' is not a number"),
        ("codes.csv, line 9", "it names no sentence"),
    ]


def test_an_unknown_theme_is_kept_and_the_known_one_that_it_resembles_is_suggested(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("document,sentence,theme\nharbour,1,defense\n", encoding="utf-8")
    reading = read_file(path, THEMES)
    assert reading.codes[0].themes == ("defense",)
    assert "Did you mean defence?" in reading.problems[0].remedy


def test_a_sentence_whose_number_has_changed_is_found_by_its_text(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text(f"document,sentence,text,theme\nharbour,1,{TEXTS[2]},none\n", encoding="utf-8")
    coded = find_coded(read_file(path, THEMES), SENTENCES)
    assert coded.rows["unit"].tolist() == [3]
    assert coded.problems == []


def test_none_beside_a_theme_of_the_same_coder_is_named_and_the_theme_counts(tmp_path):
    text = "document,sentence,theme,coder\nharbour,1,none,a\nharbour,1,defence,a\n"
    assert problems_of(tmp_path, text) == [
        ("codes.csv, line 2", "a said none here and gave a theme in codes.csv, line 3")
    ]


def test_a_passage_belongs_to_the_sentences_that_it_covers_for_the_most_part(tmp_path):
    path = tmp_path / "codings.csv"
    passage = f"{TEXTS[0]} Tariffs fell, and exports"
    path.write_text(f'defence,economy\n"{passage}\nharbour.txt","grain market\nharbour.txt"\n', encoding="utf-8")
    coded = find_coded(read_file(path, THEMES), SENTENCES)
    assert list(coded.rows[["unit", "theme"]].itertuples(index=False, name=None)) == [
        (1, "defence"),
        (2, "defence"),
        (4, "economy"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("codes.csv", "a,b\n1,2\n"),
        ("codes.csv", "text,notes\nIt rained.,wet\n"),
        ("codes.csv", ""),
        ("codes.xlsx", "this is no workbook"),
        ("codes.jsonl", '{"text": "It rained."\n'),
        ("codes.json", "[1, 2]"),
    ],
)
def test_a_file_without_codes_is_refused_with_what_is_expected(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodesError, match=rf"{name}.*(expected|cannot be read|no JSON)"):
        read_file(path, THEMES)
