"""EPUB: its chapters are joined into one page in reading order, so that notes in other files are found."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urldefrag

import lxml.etree
import lxml.html

from framescope.document import ExtractionError, LeftOut
from framescope.extract.content import Content
from framescope.extract.markup.pandoc import read_pandoc
from framescope.extract.source.decoding import decode
from framescope.extract.source.limits import Limits
from framescope.extract.source.safe_xml import parse_xml, plain_text
from framescope.extract.web.article import parse_page
from framescope.extract.web.notes import mark_notes

# Front and back matter of a book, by the EPUB structural vocabulary and by common names of files.
FRONT_MATTER = frozenset(
    ["cover", "titlepage", "title-page", "halftitlepage", "copyright-page", "toc", "landmarks", "index"]
)
DAMAGED = "Open it in the program that made it and export it again."


def read_epub(archive: zipfile.ZipFile, limits: Limits) -> Content:
    """The content of a book: its chapters and their notes. The title page, contents and index are left out."""
    package_path = _package_path(archive)
    package = parse_xml(archive.read(package_path))
    title = package.findtext(".//{http://purl.org/dc/elements/1.1/}title")
    book = lxml.html.Element("body")
    left_out: list[LeftOut] = []
    for path in _chapter_paths(package, posixpath.dirname(package_path)):
        if path in archive.namelist():
            _append_chapter(book, archive.read(path), path, left_out)
    mark_notes(book)
    page = lxml.etree.tostring(book, encoding="utf-8", method="html")
    content = read_pandoc(b"<!doctype html><meta charset=utf-8>" + page, "html", limits)
    return replace(content, title=" ".join((title or "").split()) or None, left_out=left_out + content.left_out)


def _package_path(archive: zipfile.ZipFile) -> str:
    container = parse_xml(archive.read("META-INF/container.xml"))
    path = next((element.get("full-path") for element in container.iter("{*}rootfile")), None)
    if path is None or path not in archive.namelist():
        raise ExtractionError("", "the EPUB is damaged (it names no package document)", DAMAGED)
    return str(path)


def _chapter_paths(package: Any, folder: str) -> list[str]:
    items = {item.get("id"): item for item in package.iter("{*}item")}
    spine = [items[entry.get("idref")] for entry in package.iter("{*}itemref") if entry.get("idref") in items]
    return [
        posixpath.normpath(posixpath.join(folder, unquote(item.get("href"))))
        for item in spine
        if "nav" not in (item.get("properties") or "").split() and item.get("href")
    ]


def _append_chapter(book: Any, data: bytes, path: str, left_out: list[LeftOut]) -> None:
    page = parse_page(decode(data, declares=True)[0])
    body = page.find("body")
    if body is None:
        return
    outer = body[0] if len(body) == 1 else body
    kinds = _kinds(body) | _kinds(outer) | {posixpath.splitext(posixpath.basename(path))[0].replace("_", "-").lower()}
    if kinds & FRONT_MATTER:
        text = plain_text(body)
        left_out += [LeftOut("other", text)] if text else []
        return
    for element in body.iter():
        for name in ("id", "name"):
            if element.get(name):
                element.set(name, f"{path}#{element.get(name)}")
        if element.tag == "a" and element.get("href"):
            target, fragment = urldefrag(unquote(element.get("href")))
            if fragment and "://" not in target:
                place = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
                element.set("href", f"#{place}#{fragment}")
    chapter = lxml.etree.SubElement(book, "div")
    chapter.text = body.text
    chapter.extend(list(body))


def _kinds(element: Any) -> set[str]:
    stated = " ".join(element.get(name) or "" for name in ("epub:type", "role", "class", "id"))
    return set(stated.lower().replace("doc-", "").replace("_", "-").split())
