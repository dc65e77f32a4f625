"""A hundred sources that cannot be read, made from seeds: cut, locked, empty, noisy, nested, of the wrong kind."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator

import pypandoc
from tests.robustness.test_bad_sources import GOOD, bomb, docx, encrypted_page, one_page, text_page, zipped

SUFFIXES = ["txt", "md", "html", "pdf", "docx", "odt", "epub", "tex", "xml", "rtf"]
MAGIC = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "gz": b"\x1f\x8b\x08\x00",
    "elf": b"\x7fELF\x02\x01\x01",
    "sqlite": b"SQLite format 3\x00",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}
DEPTH = 20_000


def office(kind: str) -> bytes:
    """A good document of an office format."""
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", kind, "-o", "-"]
    return subprocess.run(command, input=(GOOD * 40).encode(), capture_output=True, check=True).stdout


def hundred() -> dict[str, bytes]:
    """Names and bytes of a hundred bad sources, the same each time."""
    chance = random.Random(12)
    found: dict[str, bytes] = {}

    def put(kind: str, suffix: str, data: bytes | str) -> None:
        found[f"bad-{len(found):03}-{kind}.{suffix}"] = data.encode() if isinstance(data, str) else data

    for suffix in SUFFIXES:
        put("empty", suffix, b"")
        put("blank", suffix, b" \n\t\n" * chance.randint(1, 9))
        put("zeros", suffix, bytes(chance.randint(100, 5_000)))
        put("noise", suffix, chance.randbytes(chance.randint(2_000, 20_000)))
    for kind in ("docx", "odt", "epub"):
        whole = office(kind)
        for _ in range(8):
            put("cut", kind, whole[: chance.randint(40, len(whole) - 30)])
    for name, magic in MAGIC.items():
        for suffix in chance.sample(SUFFIXES, 2):
            put(name, suffix, magic + chance.randbytes(2_000))
    for maker, kind, suffix in _made(chance):
        put(kind, suffix, maker())
    while len(found) < 100:
        put("password", "pdf", encrypted_page(chance.randbytes(6)))
    return found


def _made(chance: random.Random) -> Iterator[tuple[Callable[[], bytes | str], str, str]]:
    yield lambda: text_page()[: chance.randint(20, 70)], "cut", "pdf"
    yield lambda: one_page(b""), "no-text", "pdf"
    yield lambda: bomb(60), "bomb", "docx"
    yield lambda: docx(b"<w:document xmlns:w='x'>" + b"<w:p>" * DEPTH), "deep", "docx"
    yield lambda: "<p>word</p>" + "<div>" * DEPTH, "deep", "html"
    yield lambda: "> " * DEPTH + "word", "deep", "md"
    yield lambda: "<TEI><text>" + "<div>" * DEPTH + "word", "deep", "xml"
    quotes = "\\begin{quote}" * DEPTH + "word" + "\\end{quote}" * DEPTH
    yield lambda: "\\begin{document}" + quotes + "\\end{document}", "deep", "tex"
    yield (
        lambda: "<!DOCTYPE TEI [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><TEI><text>&e;</text></TEI>",
        "entity",
        "xml",
    )
    yield (
        lambda: '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><article><body>&b;</body></article>',
        "entity",
        "xml",
    )
    yield lambda: zipped(a_txt="x"), "zip", "docx"
    yield lambda: zipped(mimetype="application/epub+zip", META_INF__container_xml="<no"), "torn", "epub"
    yield lambda: "<?xml version='1.0'?><records><record>word</record></records>", "records", "xml"
    yield lambda: "<!doctype html><div id=root></div><script>render('word word')</script>", "script", "html"
