"""Sources as they lie about in folders: each is refused for its own cause, or read with a warning that says it.

A case is a name, its bytes, and the words of the answer. Refusals are what a study's `skipped.csv` would say, warnings
what its `documents.csv` would.
"""

from __future__ import annotations

import base64
import bz2
import codecs
import gzip
import io
import json
import os
import random
import re
import socket
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypandoc
import pytest
from tests.robustness.test_bad_sources import GOOD, bomb, docx, encrypted_page, one_page, real_docx, stream, text_page

from framescope.cache import Cache
from framescope.document import ExtractionError
from framescope.extract.batch import extract_batch
from framescope.extract.reading import read
from framescope.extract.source.limits import Limits
from framescope.study import read_study

CHANCE = random.Random(55)
PROSE = (
    "The harbour council met in the spring and raised the tolls again. Ships from the eastern ports stayed out for a "
    "week, and the guild of pilots asked for a treaty that would bind both shores. Nobody answered the letter.\n\n"
) * 12
FRENCH = "Le conseil du port a relevé les péages. Les navires sont restés à l'écart, et la guilde a protesté. " * 12
POLISH = "Rada portu podniosła opłaty. Żegluga ustała na tydzień, a cech pilotów złożył skargę, lecz źle. " * 12
RUSSIAN = "Совет порта повысил сборы. Корабли не входили целую неделю, и гильдия лоцманов подала жалобу. " * 12
CHINESE = "港口委员会在春天再次提高了通行费。东方的船只停留了一个星期，领航员公会要求签订条约。\n\n" * 12
JAPANESE = "港湾委員会は春に再び通行料を引き上げた。東の港の船は一週間入らなかった。\n\n" * 12
URDU = "بندرگاہ کی کونسل نے بہار میں محصول پھر بڑھا دیا۔ جہاز ایک ہفتے تک باہر رہے۔\n\n" * 12
HEBREW = "מועצת הנמל העלתה שוב את האגרות באביב. האוניות נשארו בחוץ שבוע שלם.\n\n" * 12
ARABIC = "رفع مجلس الميناء الرسوم مرة أخرى في الربيع. فهل تعود السفن؟ بقيت خارج الميناء أسبوعا.\n\n" * 12
THAI = "สภาท่าเรือขึ้นค่าผ่านทางอีกครั้งในฤดูใบไม้ผลิ เรือจากท่าเรือตะวันออกอยู่ข้างนอกหนึ่งสัปดาห์\n\n" * 12
HINDI = "बंदरगाह परिषद ने वसंत में फिर से शुल्क बढ़ा दिया। जहाज़ एक सप्ताह तक बाहर रहे।\n\n" * 12
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PERMUTED = str.maketrans(LETTERS, "".join(CHANCE.sample(LETTERS, 26)))


def packed(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("paper.txt")
        member.size = len(PROSE.encode())
        archive.addfile(member, io.BytesIO(PROSE.encode()))
    return out.getvalue()


def converted(kind: str, source: str = GOOD * 40) -> bytes:
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", kind, "-o", "-"]
    return subprocess.run(command, input=source.encode(), capture_output=True, check=True).stdout


def scan() -> bytes:
    kind = b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8"
    image = stream(b"\x80" * 100, kind)
    return one_page(b"q 500 0 0 700 50 50 cm /I Do Q", image, resources=b"/XObject << /I 5 0 R >>")


def compound(name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + name.encode("utf-16-le") + bytes(1000)


def minified() -> str:
    names = [f"{CHANCE.choice(LETTERS)}{number}" for number in range(9_000)]
    return ";".join(f'function {n}(a,b){{return a[b]?"Failed to load. Try again. ":{n}(b,a)}}' for n in names)


def insertion() -> bytes:
    text = (
        "<w:r><w:t xml:space='preserve'>The toll </w:t></w:r>"
        "<w:ins w:id='1'><w:r><w:t xml:space='preserve'>of the harbour </w:t></w:r></w:ins><w:r><w:t>rose.</w:t></w:r>"
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    root = f"<w:document xmlns:w='{space}'><w:body><w:p>{text}</w:p></w:body></w:document>".encode()
    whole, out = zipfile.ZipFile(io.BytesIO(real_docx())), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, root if name == "word/document.xml" else whole.read(name))
    return out.getvalue()


# Name, bytes or text, what the reason must say.
REFUSED: list[tuple[str, Callable[[], bytes | str], str]] = [
    # nothing in it
    ("empty.txt", lambda: b"", "the file is empty"),
    ("empty.docx", lambda: b"", "the file is empty"),
    ("blank.md", lambda: " \n\n\t\n", "no running text"),
    ("blank-page.pdf", lambda: one_page(b""), "the PDF has no text"),
    ("headings-only.md", lambda: "# Tolls\n\n## Harbours\n", "no running text"),
    ("marks.txt", lambda: "* * *\n\n---\n", "no words|no running text"),
    ("zeros.txt", lambda: bytes(3_000), "not text in any known encoding"),
    # cut short or damaged
    ("cut.docx", lambda: real_docx()[:2_000], "damaged or cut short"),
    ("cut.odt", lambda: converted("odt")[:2_000], "damaged or cut short"),
    ("cut.epub", lambda: converted("epub")[:2_000], "damaged or cut short"),
    ("cut.pdf", lambda: text_page()[:60], "damaged"),
    ("torn.xml", lambda: "<TEI><text><body><p>The toll", "not well formed"),
    ("torn-word.docx", lambda: docx(b"<w:document><w:p>"), "not well formed"),
    ("noise.txt", lambda: CHANCE.randbytes(20_000), "not text in any known encoding"),
    # locked
    ("locked.pdf", lambda: encrypted_page(b"secret"), "password"),
    ("locked.docx", lambda: compound("EncryptedPackage"), "encrypted with a password"),
    (
        "locked.epub",
        lambda: packed(**{"META-INF__container_xml": "<c/>", "META-INF__rights_xml": ""}),
        "locked by its seller",
    ),
    # other kinds of file
    ("papers.zip", lambda: packed(paper="text"), "a ZIP archive"),
    ("paper.txt.gz", lambda: gzip.compress(PROSE.encode()), "a gzip archive"),
    ("paper.txt.bz2", lambda: bz2.compress(PROSE.encode()), "a bzip2 archive"),
    ("papers.tar", tarred, "a tar archive"),
    ("papers.7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(99), "a 7z archive"),
    ("papers.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(99), "a RAR archive"),
    ("slides.pptx", lambda: packed(ppt__presentation_xml="<p/>"), "a presentation"),
    ("figures.xlsx", lambda: packed(xl__workbook_xml="<w/>"), "a spreadsheet"),
    ("old.xls", lambda: compound("Workbook"), "not a Word document"),
    ("photo.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "a PNG image"),
    ("photo.pdf", lambda: b"\xff\xd8\xff\xe0" + bytes(99), "a JPEG image"),
    ("photo.webp", lambda: b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(99), "a WebP image"),
    ("page.ps", lambda: "%!PS-Adobe-3.0\n/Times findfont\nshowpage\n", "a PostScript file"),
    ("talk.mp3", lambda: b"ID3\x04\x00" + bytes(99), "a sound recording"),
    ("talk.mp4", lambda: b"\x00\x00\x00\x20ftypisom" + bytes(99), "a film"),
    ("program", lambda: b"\x7fELF\x02\x01\x01" + bytes(99), "a program"),
    ("notes.sqlite", lambda: b"SQLite format 3\x00" + bytes(99), "a database"),
    ("records.xml", lambda: "<?xml version='1.0'?><records><r/></records>", "XML of a kind that is not read .*records"),
    ("drawing.svg", lambda: "<svg xmlns='http://www.w3.org/2000/svg'><text>Toll</text></svg>", "XML of a kind .*svg"),
    # no text, or no prose
    ("scan.pdf", scan, "pictures of pages and no text"),
    ("app.html", lambda: "<!doctype html><body><div id=root></div><script>go()</script>", "no text|no running text"),
    ("blob.txt", lambda: base64.b64encode(CHANCE.randbytes(900_000)).decode(), "which is not running text"),
    ("small-blob.txt", lambda: base64.encodebytes(CHANCE.randbytes(9_000)).decode(), "not prose: .*encoded data"),
    ("script.txt", minified, "signs of code|not running text"),
    ("numbers.txt", lambda: "\n".join(f"{CHANCE.random()}; {CHANCE.random()}" for _ in range(300)), "digits and signs"),
    ("permuted.txt", lambda: PROSE.translate(PERMUTED), "letters are scrambled"),
    ("rot13.md", lambda: codecs.encode(PROSE, "rot13"), "letters are scrambled"),
    ("shifted.md", lambda: "".join(chr(ord(c) - 29) if c > "=" else c for c in PROSE), "letters are scrambled"),
    # hostile
    ("bomb.docx", lambda: bomb(100), "times its size"),
    ("entity.xml", lambda: "<!DOCTYPE TEI [<!ENTITY e SYSTEM 'file:///x'>]><TEI><text>&e;</text></TEI>", "entities"),
    ("deep.md", lambda: "> " * 50_000 + "word", "nested too deeply"),
    ("huge.txt", lambda: (PROSE * 1_000).encode(), "the limit is 1 MB"),
    # other languages and scripts
    *(
        (f"{language}.{suffix}", (lambda text=text: text), f"in the language {language}")
        for language, text in {
            "fr": FRENCH, "pl": POLISH, "ru": RUSSIAN, "zh": CHINESE, "ja": JAPANESE, "ur": URDU, "he": HEBREW,
            "ar": ARABIC, "th": THAI, "hi": HINDI,
        }.items()
        for suffix in ("txt", "md")
    ),
    ("cyrillic.txt", lambda: RUSSIAN.encode("cp1251"), "in the language ru"),
    ("big5.html", lambda: f"<!doctype html><meta charset=big5><p>{CHINESE}".encode("big5", "replace"), "language zh"),
]  # fmt: skip

# Name, bytes or text, what a warning must say.
WARNED: list[tuple[str, Callable[[], bytes | str], str]] = [
    ("paper.dat", lambda: PROSE, "ending .dat does not tell its format; it was read by guess"),
    ("letter.eml", lambda: f"From: a@b.org\nSubject: Tolls\n\n{PROSE}", "ending .eml does not tell its format"),
    ("paper", lambda: PROSE, "no ending; it was read by guess"),
    ("really-word.pdf", real_docx, "ends in .pdf, but the content is docx"),
    ("really-page.txt", lambda: f"<!doctype html><body><h1>Tolls</h1><p>{PROSE}", "the content is html"),
    ("cp1252.txt", lambda: PROSE.replace("letter", "“letter”").encode("cp1252"), "read by guess, as cp1252"),
    ("polish-name.txt", lambda: (PROSE + "Łódź, Żółć, Śląsk. " * 9).encode("cp1250"), "read by guess, as cp125"),
    ("mojibake.txt", lambda: PROSE.replace("letter", "â€œletterâ€\x9d café cafÃ©"), "had broken were repaired"),
    ("mixed.txt", lambda: ("“Tolls” — " + PROSE).encode() + "“again”".encode("cp1252"), "two encodings"),
    ("half.txt", lambda: (PROSE + "\ufffd. ").encode(), "1 character that can no longer be recognised"),
]

# Name, bytes or text: nothing is wrong with it for a reader.
FINE: list[tuple[str, Callable[[], bytes | str]]] = [
    ("marked.txt", lambda: codecs.BOM_UTF8 + PROSE.encode()),
    ("utf16.txt", lambda: PROSE.encode("utf-16")),
    ("utf32.txt", lambda: codecs.BOM_UTF32_LE + PROSE.encode("utf-32-le")),
    ("mac-ends.txt", lambda: PROSE.replace("\n", "\r")),
    ("latin.html", lambda: f"<!doctype html><meta charset=iso-8859-1><p>{PROSE} café".encode("cp1252")),
    ("inserted.docx", insertion),
]


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """A function that gives the record of a source as a study makes it."""

    def answer(name: str, make: Callable[[], bytes | str]) -> dict:
        folder = tmp_path_factory.mktemp("causes")
        data = make()
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        entry = {"document": "it", "file": str(folder / name), "language": ""}
        limits = Limits(megabytes=1 if name == "huge.txt" else 20, seconds=20)
        (record,) = extract_batch([entry], Cache(folder / "cache", "text"), "x", limits, False, "en", "it.log")
        return record

    return answer


@pytest.mark.parametrize(("name", "make", "cause"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_source_that_cannot_be_used_is_refused_for_its_own_cause(answered, name, make, cause):
    record = answered(name, make)
    assert "reason" in record, f"it was read: {json.dumps(record)[:300]}"
    assert re.search(cause, record["reason"]), record["reason"]
    assert record["remedy"]
    assert "error of Framescope" not in record["remedy"]


@pytest.mark.parametrize(("name", "make", "cause"), WARNED, ids=[case[0] for case in WARNED])
def test_a_source_that_is_read_with_a_doubt_says_which(answered, name, make, cause):
    record = answered(name, make)
    assert any(re.search(cause, warning) for warning in record.get("warnings", [])), record


@pytest.mark.parametrize(("name", "make"), FINE, ids=[case[0] for case in FINE])
def test_a_source_with_nothing_wrong_is_read_without_a_word(answered, name, make):
    record = answered(name, make)
    assert record.get("warnings") == [], record
    if name == "inserted.docx":
        assert record["sections"][0]["paragraphs"][0]["text"] == "The toll of the harbour rose."


def place(kind: str, path: Path) -> None:
    """Put something that is no file at a path."""
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        socket.socket(socket.AF_UNIX).bind(str(path))
    elif kind == "link to nothing":
        path.symlink_to("gone.txt")
    elif kind == "link to itself":
        path.symlink_to(path)


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "link to nothing"])
def test_what_is_no_file_is_named_as_what_it_is(tmp_path, kind):
    place(kind, tmp_path / "paper.txt")
    with pytest.raises(ExtractionError, match=f"it is a {kind}"):
        read(tmp_path / "paper.txt")


@pytest.mark.parametrize("kind", ["pipe", "socket", "link to nothing"])
def test_what_is_no_file_in_raw_is_skipped_as_what_it_is(tmp_path, kind):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "good.txt").write_text(PROSE)
    place(kind, tmp_path / "raw" / "paper.txt")
    (skipped,) = read_study({}, tmp_path).skipped
    assert (skipped["file"], skipped["reason"]) == ("raw/paper.txt", f"it is a {kind}")


def test_a_link_that_leads_in_a_circle_or_out_of_raw_is_skipped(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "good.txt").write_text(PROSE)
    (tmp_path / "raw" / "out.txt").symlink_to(sys.executable)
    place("link to itself", tmp_path / "raw" / "round.txt")
    skipped = {row["file"]: row["reason"] for row in read_study({}, tmp_path).skipped}
    assert skipped == {"raw/out.txt": "it is a link out of raw/", "raw/round.txt": "it is a link to nothing"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_says_so(tmp_path):
    (tmp_path / "paper.txt").write_text(PROSE)
    (tmp_path / "paper.txt").chmod(0)
    with pytest.raises(ExtractionError, match="cannot be opened"):
        read(tmp_path / "paper.txt")


def test_there_are_fifty_five_cases_and_more():
    assert len(REFUSED) + len(WARNED) + len(FINE) >= 55
