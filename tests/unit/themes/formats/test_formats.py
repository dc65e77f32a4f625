"""Lexicons in the formats of the field: what is read, and that a warning names the line of what is not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framescope.themes.formats import load_lexicon
from framescope.themes.formats.lexicoder import substring_as_glob
from framescope.themes.lexicon import LexiconError
from framescope.themes.matching import Matcher


@pytest.fixture
def load(tmp_path):
    def load(name, content, **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_lexicon(path, **options)

    return load


def content(lexicon):
    return [(theme, term.text) for theme, term in lexicon]


def counts(lexicon, text):
    matcher = Matcher(lexicon, "key")
    return [matcher.entries[entry].theme for entry in matcher.entries_in_text(text)]


def test_yaml_nests_lists_and_mappings_as_its_author_likes(load):
    lexicon = load(
        "l.yaml", "defence:\n  - army\n  - threat: [enemy, foe*]\neconomy:\n  trade:\n    - free trade\n  money: bank\n"
    )
    assert lexicon.themes == ["defence", "defence.threat", "economy", "economy.trade", "economy.money"]
    assert content(lexicon) == [
        ("defence", "army"),
        ("defence.threat", "enemy"),
        ("defence.threat", "foe*"),
        ("economy.trade", "free trade"),
        ("economy.money", "bank"),
    ]


def test_words_that_yaml_takes_for_truth_or_numbers_stay_words(load):
    assert content(load("l.yml", "a: [yes, no, on, 1947, 9/11]")) == [
        ("a", "yes"), ("a", "no"), ("a", "on"), ("a", "1947"), ("a", "9/11"),
    ]  # fmt: skip


def test_a_term_without_meaning_is_named_with_its_line(load):
    lexicon = load("l.yaml", "a:\n  - army\n  - '***'\n  - march/NOUNS\n")
    assert [warning.partition(":")[0] for warning in lexicon.warnings] == ["l.yaml, line 3", "l.yaml, line 4"]
    assert content(lexicon) == [("a", "army")]


def test_a_theme_begun_twice_is_one_and_the_second_beginning_is_named(load):
    lexicon = load("l.yaml", "a: [army]\nb: [bank]\na: [air force]\n")
    assert content(lexicon) == [("a", "army"), ("a", "air force"), ("b", "bank")]
    assert lexicon.warnings == ("l.yaml, line 3: the theme 'a' was begun in line 1; both are kept as one",)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("l.yaml", "- army\n", "line 1: expected themes"),
        ("l.yaml", "a: [army\n", "line 2: this cannot be read"),
        ("l.yaml", "a:\n  - [army, [navy]]\n", "line 2: expected a term of a"),
        ("l.yaml", "a:\n", "at least one theme with terms"),
        ("l.yaml", "a: &a\n  b: *a\n", "nested more than 20 deep"),
        ("l.yaml", "'': [army]\n", "line 1: a theme has an empty name"),
        ("l.json", "[]", "line 1: expected themes"),
        ("l.csv", 'theme,term\na,"army\n', "line 2: this is not a table"),
        ("l.lcd", "<dictionary><cnode>", "line 1: this is not well-formed XML"),
        ("l.ykd", "<list/>", "expected an element <dictionary>"),
        ("l.lc3", "ARMY\n+a\n", "line 1: expected a category"),
        ("l.dic", "army 1\n", "line 1: expected the categories"),
        ("l.dic", "%\nhealth\n%\n", "line 2: expected a number and a category's name"),
        ("l.doc", "a", "the lexicon format 'doc' is unknown"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_line(load, name, text, message):
    with pytest.raises(LexiconError, match=r"^l\.\w+[:,] ") as refusal:
        load(name, text)
    assert message in str(refusal.value)


@pytest.mark.parametrize("heading", ["theme,words", "Category,entries", "name,term", "themes,terms"])
def test_csv_whose_headings_name_one_of_the_two_columns_is_refused_and_makes_no_themes_of_them(load, heading):
    with pytest.raises(LexiconError) as refusal:
        load("l.csv", f"{heading}\ndefence,army\ndefence,navy\neconomy,bank\n")
    said = str(refusal.value)
    assert said.startswith("l.csv, line 1: expected the columns theme and term")
    assert f"found {', '.join(heading.split(','))}" in said
    assert said.endswith("Name the columns theme and term.")


def test_csv_with_a_row_a_term_and_no_headings_is_refused(load):
    with pytest.raises(LexiconError, match=r"^l.csv, line 1: expected headings, found 'defence, army'; begin the file"):
        load("l.csv", "defence,army\ndefence,navy\neconomy,bank\neconomy,trade\n")


def test_a_term_with_a_stray_sign_is_named_with_its_line_and_is_no_other_term(load):
    lexicon = load("l.yaml", "a:\n  - 'war[s'\n  - (army\n  - navy\n")
    assert content(lexicon) == [("a", "navy")]
    assert lexicon.warnings == (
        "l.yaml, line 2: the term 'war[s' of a is left out: '[' means nothing in a term; "
        "expected words, with * and ? for letters",
        "l.yaml, line 3: the term '(army' of a is left out: '(' means nothing in a term; "
        "expected words, with * and ? for letters",
    )


def test_the_key_dictionary_over_all_of_quantedas_yaml_is_no_theme(load):
    text = "dictionary:\n  A:\n    - army\n  B: [bank]\n"
    assert load("l.yml", text, format="quanteda").themes == ["A", "B"]
    ours = load("l.yml", text)
    assert ours.themes == ["dictionary", "dictionary.A", "dictionary.B"]
    assert "say `lexicon_format: quanteda` in config.yaml" in ours.warnings[0]


def test_an_unknown_format_is_answered_with_the_nearest_one(load):
    with pytest.raises(LexiconError, match=r"'quantda' is unknown; .* Did you mean quanteda\?"):
        load("l.yml", "a: [army]", format="quantda")


BOMB = "a0: &a0 {x: [army, navy]}\n" + "".join(
    f"a{n}: &a{n} {{{', '.join(f'{letter}: *a{n - 1}' for letter in 'bcdefghijk')}}}\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("l.yaml", BOMB, "found more than 5,000,000 characters of terms; does the file repeat itself by references?"),
        ("l.yaml", b"\xff\xfea", "l.yaml, byte 2: expected UTF-16 as the file's first bytes say"),
        ("l.csv", b"\xfe\xff\xd8\x00", "expected UTF-16 as the file's first bytes say"),
        ("l.yaml", "a: " + "[" * 5000, "l.yaml, line 1: this cannot be read (exceeded maximum nesting depth)"),
        ("l.json", '{"a":' * 5000, "l.json, line 1: this cannot be read (exceeded maximum nesting depth)"),
        ("l.cat", "".join(f"{' ' * n}a\n" for n in range(3000)), "nested"),
        ("l.lcd", "<dictionary>" + "<cnode name='a'>" * 30 + "</cnode>" * 30 + "</dictionary>", "more than 20 deep"),
        ("l.yaml", '"\\U00110000": [army]', "l.yaml, line 1: this cannot be read"),
        ("l.yaml", '"\\ud800": [army]', "l.yaml, line 1: this cannot be read"),
        ("l.yaml", "a: " + "army " * 2_100_000, "expected a lexicon of at most 10 megabytes, found 10.5"),
        ("l.dic", f"%\n{'1' * 5000} a\n%\narmy 1\n", "l.dic, line 2: expected a number and a category's name"),
    ],
)
def test_a_file_that_would_hang_or_break_a_reader_is_refused(load, name, data, message):
    with pytest.raises(LexiconError) as refusal:
        load(name, data)
    assert message in str(refusal.value)


def test_a_folder_in_place_of_a_lexicon_is_refused(tmp_path):
    (tmp_path / "l.yaml").mkdir()
    with pytest.raises(LexiconError, match=r"^l.yaml: expected a file that may be read"):
        load_lexicon(tmp_path / "l.yaml")


SEEDS = {
    "yaml": b"a: &a\n  - army\n  - deal NEAR/5 arms OR 'tank*'\nb: {c: [bank], d: *a}\n",
    "quanteda": b"dictionary:\n  A: [ARMY, 'free trade']\n  B:\n    C: bank\n",
    "json": b'{"a": ["army", {"b": ["9\\/11", "navy"]}], "c": "bank"}',
    "csv": b'theme,term,weight\ndefence,army,1\ndefence.threat,"enemy, foe",2.5\n',
    "lcd": b'<?xml version="1.0"?><dictionary><cnode name="a"><pnode name=" ARM"/></cnode></dictionary>',
    "ykd": b'<dictionary patternengine="regexp"><cnode name="a"><cnode name="b"><pnode name="tax*"/></cnode></cnode>'
    b"</dictionary>",
    "lc3": b"+POSITIVE\n ABLE \n GOOD\n+NEGATIVE\n BAD\n",
    "dic": b"%\n1\ta\n\t2\tb\n%\ngood*\t1 2\nkind <of>1/2\nlike (01 2)1/2 2\n",
    "cat": b"A\n\tB\n\t\tFREE_TRADE (1)\n\t@R [SALE NEAR #A /S5] (0.5)\nC\n\tTANK* (1)\n",
}


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(sorted(SEEDS)),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 8), st.binary(max_size=8)), min_size=1, max_size=6),
)
def test_a_damaged_lexicon_of_any_format_is_read_or_refused_and_nothing_else(tmp_path_factory, name, cuts):
    data = SEEDS[name]
    for place, length, inserted in cuts:
        data = data[:place] + inserted + data[place + length :]
    path = tmp_path_factory.getbasetemp() / f"fuzzed.{name}"
    path.write_bytes(data)
    try:
        read = list(load_lexicon(path))
    except LexiconError as error:
        read = [str(error).startswith(path.name)]
    assert any(read)


def test_json_is_read_as_yaml_is_tabs_and_escaped_slashes_included(load):
    text = json.dumps({"a": ["army", {"b": ["9/11"]}]}, indent="\t").replace("/", "\\/")
    assert content(load("l.json", text)) == [("a", "army"), ("a.b", "9/11")]


def test_in_quantedas_yaml_capitals_are_letters(load):
    assert content(load("l.yml", "A:\n  B: [NOT GOOD, Army*]\n", format="quanteda")) == [
        ("A.B", "not good"),
        ("A.B", "army*"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_has_a_row_a_term(load, delimiter):
    rows = ["Theme,Term,Weight", "defence,army,", "defence.threat,enemy,2.5", "economy,,", "economy,bank,much"]
    lexicon = load("l.csv", "\n".join(rows).replace(",", delimiter))
    assert [(theme, term.text, term.weight) for theme, term in lexicon] == [
        ("defence", "army", 1.0),
        ("defence.threat", "enemy", 2.5),
        ("economy", "bank", 1.0),
    ]
    assert ["line 4" in lexicon.warnings[0], "line 5" in lexicon.warnings[1]] == [True, True]


def test_csv_may_have_a_column_a_theme(load):
    lexicon = load("l.csv", "defence,economy\narmy,bank\n,trade,stray\n")
    assert content(lexicon) == [("defence", "army"), ("economy", "bank"), ("economy", "trade")]
    assert lexicon.warnings == ("l.csv, line 3: 'stray' stand below no heading and are left out",)


@pytest.mark.parametrize(
    ("value", "glob"),
    [
        (" ECONOM", "ECONOM*"),
        (" NATO ", "NATO"),
        ("ECONOM", "*ECONOM*"),
        ("STAN ", "*STAN"),
        (" FREE TRADE ", "FREE TRADE"),
        (" ", ""),
    ],
)
def test_blanks_of_lexicoder_are_edges_of_words(value, glob):
    assert substring_as_glob(value) == glob


def test_lcd_finds_what_its_strings_find_in_a_text(load):
    lexicon = load(
        "l.lcd",
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<dictionary style="lexicoder">\n<cnode name="economy">\n'
        '<pnode name=" ECONOM"/>\n<pnode name=" CAF\xc9 "></pnode></cnode>\n<cnode name="defence">'
        '<pnode name=" NATO "/><pnode name=" "/></cnode></dictionary>'.encode("latin-1"),
    )
    assert counts(lexicon, "Economic aid, NATO and seNATOrs, uneconomic, café, cafés") == [
        "economy",
        "defence",
        "economy",
    ]
    assert ["line 6" in warning for warning in lexicon.warnings] == [True]


def test_ykd_nests_and_says_which_patterns_are_regular_expressions(load):
    text = (
        '<dictionary style="059" patternengine="{}">\n<cnode name="Policy"><cnode name="Economy">\n<desc>all</desc>\n'
    )
    text += '<pnode name="tax*"/>\n<pnode name="ban(k|ks)"/>\n</cnode></cnode></dictionary>'
    assert load("l.ykd", text.format("wildcard")).themes == ["Policy", "Policy.Economy"]
    lexicon = load("l.ykd", text.format("regexp"))
    assert content(lexicon) == [("Policy.Economy", "tax*")]
    assert "line 5" in lexicon.warnings[0]


def test_lc3_has_a_line_a_string(load):
    assert content(load("l.lc3", b"+POSITIVE\nABLE\nGOOD*\n+NEGATIVE\nNOT GOOD\nNA\xcfVE\n")) == [
        ("POSITIVE", "able"),
        ("POSITIVE", "good*"),
        ("NEGATIVE", "not good"),
        ("NEGATIVE", "naïve"),
    ]
    assert content(load("l.lc3", "+a\n ECONOM\n NATO \n")) == [("a", "econom*"), ("a", "nato")]


def test_dic_nests_by_indentation_and_a_word_may_be_in_many_categories(load):
    lexicon = load("l.dic", "%\n1\taffect\n\t2\tposemo\n3\tsocial\n%\ngood*\t1\t2\na lot\t1\nally\t3\n:)\t2\nlost\n")
    assert lexicon.themes == ["affect", "affect.posemo", "social"]
    assert content(lexicon) == [
        ("affect", "good*"),
        ("affect", "a lot"),
        ("affect.posemo", "good*"),
        ("social", "ally"),
    ]
    assert ["line 9" in lexicon.warnings[1], "line 10" in lexicon.warnings[0]] == [True, True]


def test_dic_conditions_are_kept(load):
    lexicon = load(
        "l.dic",
        "%\n2 pronoun\n125 affect\n131 cause\n253 compare\n464 filler\n%\n"
        "i 2\nkind <of>131/125\nlike (02 134)125/464 253\nodd 7\n",
    )
    assert counts(lexicon, "a kind of peace") == ["cause"]
    assert counts(lexicon, "a kind word") == ["affect"]
    assert sorted(counts(lexicon, "i like")) == ["affect", "compare", "pronoun"]
    assert sorted(counts(lexicon, "peace like war")) == ["compare", "filler"]
    assert lexicon.warnings == ("l.dic, line 11: 'odd' names category 7, which the file does not define",)


def test_cat_has_phrases_weights_of_any_length_and_rules(load):
    lexicon = load(
        "l.cat",
        "ECONOMY\n\tTRADE\n\t\tFREE_TRADE (1)\n\t\tTARIFF* (0.125)\n\tBANK (12)\n\t@SALE [SALE NEAR #ARMS /S3] (1)\n"
        "ARMS\n\tTANK* (1)\n\tGUNS (1)\n\t@FAR [SALE NEAR #ARMS /P] (1)\n\t@NONE [SALE NEAR #NOTHING /S] (1)\n",
    )
    assert lexicon.themes == ["ECONOMY", "ECONOMY.TRADE", "ARMS"]
    assert [(term.text, term.weight) for _, term in lexicon] == [
        ("bank", 12.0),
        ("sale NEAR/3 tank* OR guns", 1.0),
        ("free trade", 1.0),
        ("tariff*", 0.125),
        ("tank*", 1.0),
        ("guns", 1.0),
    ]
    assert [warning.partition(":")[0] for warning in lexicon.warnings] == ["l.cat, line 10", "l.cat, line 11"]


@pytest.mark.parametrize(
    ("rule", "term"),
    [
        ("[SALE NEAR ARMS /S5]", "sale NEAR/5 arms"),
        ("[SALE NEAR /S5 ARMS]", "sale NEAR/5 arms"),
        ("[SALE NOT BEFORE ARMS /S2]", "sale NOT BEFORE/2 arms"),
        ("[SALE AND ARMS_DEAL /S]", "sale NEAR arms deal"),
        ("[SALE AND NOT ARMS]", "sale NOT NEAR arms"),
    ],
)
def test_a_rule_of_cat_becomes_a_condition(load, rule, term):
    assert content(load("l.cat", f"A\n\t@R {rule} (1)\n")) == [("A", term)]


def test_windows_and_utf_16_files_are_read(load):
    assert content(load("l.yaml", "a: [café]".encode("cp1252"))) == [("a", "café")]
    assert content(load("l.yaml", "a: [café]".encode("utf-16"))) == [("a", "café")]
