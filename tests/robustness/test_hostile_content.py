"""Whatever a user or a source writes is shown as it is written: it runs nothing, breaks nothing, hides nothing."""

from __future__ import annotations

import csv
import os
import re
import zipfile
from pathlib import Path

import pytest
import yaml
from lxml import etree
from tests.robustness.trying import recovered

# One for each language that a string may fall into on its way to the reader.
STRINGS = {
    "script": "<script>window.stolen=1</script>",
    "end": "</script></style></title><script>window.stolen=2</script>",
    "handler": "\"><img src=x: onerror='window.stolen=3'>",
    "svg": "<svg/onload=window.stolen=4>",
    "link": "[a](javascript:window.stolen=5) ![b](x) `c` **d** | e",
    "formula": '=HYPERLINK("http://127.0.0.1:9/","x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(1)",
    "template": "{{7*7}} {% raw %} ${x} {0} %s %(a)s",
    "latex": "\\input{/etc/passwd} $x$ 5% & #1 ~^_",
    "quotes": "\"'`\u201c\u2019\u00ab",
    "right-to-left": "\u202egnp.exe\u202c \u2067abc",
    "entity": "&lt;b&gt; &amp; &#60;i&#62;",
    "long": "banana" * 20,
    "emoji": "\U0001f3f4\u200d\u2620\ufe0f a\u0301",
    "yaml": "- a: b # c",
}
NAMES = [
    "with space.txt",
    "quote'and\"quotes.txt",
    "$(touch pwned);`touch pwned`.txt",
    "-rf.txt",
    "*?[a].txt",
    "per%cent#hash&amp;.txt",
    "comma,semicolon;.txt",
    "\u0444\u0430\u0439\u043b \u6587\u4ef6.txt",
    "cafe\u0301 \U0001f600.txt",
    "n" * 200 + ".txt",
    "dots....txt",
    "tilde~equals=1.txt",
    "=1+1.txt",
    "CON.txt",
    "back\\slash.txt",
    "<b>.txt",
    "<results>.txt",
    "a{b}.txt",
    "bra{ce.txt",
]
LEXICON = "themes of {alpha} & <beta>.yaml"
REFUSED_NAMES = ["new\nline.txt", "\u202etxt.exe.txt", "esc\x1b[31m.txt"]
# Enough ordinary words that a text is not taken for code or data for the sake of its titles.
THINGS = [
    "quay",
    "mole",
    "shed",
    "crane",
    "scale",
    "barge",
    "tug",
    "pilot",
    "lamp",
    "bell",
    "gate",
    "wall",
    "bridge",
    "road",
    "school",
    "court",
    "market",
    "mill",
]
PROSE = " ".join(
    f"The {thing} of the town cost more than the board had foreseen, and all paid for it." for thing in THINGS
)
TEXT = """# {title}

Alpha trade grew, as the {name} case shows. The beta fleet left in 1954. {title} was said.

## {title}

Gamma markets fell and alpha exports rose. Pakistan and Russia signed a beta pact in May 1954.

{prose}

> {title}

- {title}
- alpha and beta

{title}
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished study in which every string that a user or a source can give is hostile."""
    study = tmp_path_factory.mktemp("hostile") / "study"
    (study / "raw").mkdir(parents=True)
    texts, documents, given = STRINGS, {}, list(STRINGS.values())
    for number, (name, text) in enumerate(texts.items()):
        file = f"text-{name}.md"
        (study / "raw" / file).write_text(TEXT.format(title=text, name=name, prose=PROSE), encoding="utf-8")
        told = given[number % len(given)]
        documents[file] = {"title": told, "author": told, "genre": told, "source": told, "group": given[number % 3]}
    for number, name in enumerate([*NAMES, *REFUSED_NAMES]):
        told = f"Alpha trade grew in {1954 + number}. The beta fleet left.\n"
        (study / "raw" / name).write_text(told, encoding="utf-8")
    (study / "raw" / os.fsdecode(b"not-\xff-text.txt")).write_text("Alpha.\n", encoding="utf-8")
    a, b, c = given[0], given[2], given[8]
    words = {a: ["alpha", "export*"], b: ["beta", "fleet*"], c: ["gamma", "market*"]}
    words |= {text: [f"delta{number}"] for number, text in enumerate(given) if text not in words}
    (study / LEXICON).write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    with (study / "actors.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["surface", "id", "kind", "theme"])
        rows.writerow(["Pakistan", given[2], "state", ""])
    themes = [text.replace(".", "_") for text in (a, b, c)]
    config = {
        "title": given[1],
        "documents": documents,
        "lexicon": LEXICON,
        "actors": "actors.csv",
        "contrasts": [{"name": given[3], "a": [themes[0]], "b": [themes[1]]}],
        "focus_themes": themes[:2],
        "permutations": 99,
    }
    (study / "config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    recovered(study)
    return study


def rows(study: Path, table: str) -> list[dict[str, str]]:
    with (study / "results" / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_no_hostile_string_runs_in_the_report_or_asks_for_anything(hostile, tally, browser):
    trouble: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text))
    page.on("request", lambda r: trouble.append(r.url) if not r.url.endswith("/report.html") else None)
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.goto((hostile / "results" / "report.html").as_uri())
    page.wait_for_selector("html[data-shown]", state="attached")
    for link in page.locator("nav a").all():
        link.click()
        page.wait_for_function("() => document.documentElement.dataset.shown === location.hash")
        for place in range(page.locator("section.shown select").count()):
            options = page.locator("section.shown select").nth(place).locator("option").count()
            for option in range(min(options, 4)):
                page.locator("section.shown select").nth(place).select_option(index=option)
    for link in page.eval_on_selector_all("a.cell", "all => all.map(a => a.getAttribute('href'))")[:40]:
        page.evaluate("fragment => { location.hash = fragment }", link)
        page.wait_for_function("() => document.documentElement.dataset.shown === location.hash")
    stolen = page.evaluate("() => window.stolen || 0")
    shown = page.content()
    title = page.title()
    page.close()
    tally.add("hostile strings opened in Chromium", len(STRINGS), len(STRINGS) if not stolen and not trouble else 0)
    assert stolen == 0
    assert trouble == []
    assert title == list(STRINGS.values())[1]
    # The program, the data and the drawings.
    assert len(re.findall(r"<script\b", shown)) == 3
    assert "<svg/onload" not in shown


def test_every_title_is_in_the_tables_as_it_was_given(hostile, tally):
    given = list(STRINGS.values())
    told = {row["file"]: row for row in rows(hostile, "documents")}
    right = 0
    for number, name in enumerate(STRINGS):
        row = told[f"raw/text-{name}.md"]
        right += row["title"] == row["author"] == row["genre"] == row["source"] == given[number % len(given)]
    tally.add("documents with hostile metadata, whole in the tables", len(STRINGS), right)
    assert right == len(STRINGS)


def test_every_nasty_file_name_is_read_or_refused_by_name(hostile, tally):
    read = {row["file"] for row in rows(hostile, "documents")}
    refused = [row for row in rows(hostile, "skipped") if row["remedy"] and "its name" in row["reason"]]
    known = sum(f"raw/{name}" in read for name in NAMES)
    names = len(NAMES) + len(REFUSED_NAMES) + 1
    tally.add("nasty file names, each read or refused with cause", names, known + len(refused))
    assert {f"raw/{name}" for name in NAMES} - read == set()
    assert len(refused) == len(REFUSED_NAMES) + 1
    assert all(row["file"].isprintable() for row in refused)
    assert not list(hostile.rglob("pwned"))


def test_the_findings_hold_no_markup_and_no_marks_of_direction_of_the_study(hostile):
    text = (hostile / "results" / "findings.md").read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f]", text)
    assert not re.search(r"(?<!\\)\]\((?!tables/)", text)


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(hostile):
    with zipfile.ZipFile(hostile / "results" / "tables.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) > 10
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_every_figure_is_well_formed_holds_no_script_and_leads_to_the_report_only(hostile):
    for path in (hostile / "results" / "figures").glob("*.svg"):
        nodes = [node for node in etree.parse(path).iter() if isinstance(node.tag, str)]
        tags = {etree.QName(node).localname for node in nodes}
        assert not tags & {"script", "foreignObject", "image", "iframe"}, path.name
        attributes = [(name, value) for node in nodes for name, value in node.attrib.items()]
        assert not [name for name, _ in attributes if name.startswith("on")], path.name
        links = [value for name, value in attributes if "href" in name]
        assert all(link.startswith("../report.html#") for link in links), path.name
