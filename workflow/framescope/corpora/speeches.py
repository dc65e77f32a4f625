"""Speeches of a parliament in TEI, as in ParlaMint: each utterance is a document, with its speaker and date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import lxml.etree

from framescope.corpora.rows import Found, Listing, Refused, listed

ID = "{http://www.w3.org/XML/1998/namespace}id"
HEADER = ["text", "id", "title", "published", "speaker", "role"]
# Elements for what a stenographer adds: names of speakers, applause, events.
ASIDE = ("note", "vocal", "kinesic", "incident", "gap", "head", "pb")


def list_speeches(path: Path, stated: Mapping[str, Any]) -> Listing | None:
    """The utterances of a TEI file, or None if fewer than two have a speaker: such a file is one document."""
    data = path.read_bytes()
    if data.count(b"<u ") < 2 or b"who=" not in data:
        return None
    columns = {key: value for key, value in stated.items() if key in ("metadata",)}
    return listed(HEADER, iter(_speeches(str(path), path.stat().st_mtime_ns)), columns, {"format": "tei"})


def speech_of(path: Path, start: int) -> tuple[str, str]:
    """The text of the utterance with this number, counted from 0, and the notes in it."""
    cells = _speeches(str(path), path.stat().st_mtime_ns)[start].cells or {}
    return cells["text"], cells["aside"]


@lru_cache(maxsize=2)
def _speeches(path: str, modified: int) -> list[Found]:
    parser = lxml.etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.etree.fromstring(Path(path).read_bytes(), parser)
    except lxml.etree.XMLSyntaxError as error:
        raise Refused(f"the XML in it is not well formed ({error})", "Mend it where the message points.") from error
    return list(_found(root))


def _found(root: Any) -> Iterator[Found]:
    date, title = _date(root), _title(root)
    names = {
        person.get(ID): " ".join(" ".join(person.find("{*}persName").itertext()).split())
        for person in root.iter("{*}person")
        if person.find("{*}persName") is not None
    }
    utterances = [u for u in root.iter("{*}u") if u.get("who")]
    for number, utterance in enumerate(utterances):
        who = utterance.get("who").split("#")[-1]
        cells = {
            "text": "\n\n".join(filter(None, _paragraphs(utterance))),
            "aside": " ".join(filter(None, _aside(utterance))),
            "id": utterance.get(ID) or f"{number + 1:04}",
            "title": _heading(utterance) or title,
            "published": date,
            "speaker": names.get(who, who),
            "role": " ".join(name.removeprefix("#") for name in (utterance.get("ana") or "").split()),
        }
        yield Found(f"line {utterance.sourceline}", number, number + 1, cells)


def _date(root: Any) -> str:
    """The day of the sitting, which ParlaMint states in the setting or in the source."""
    for place in (".//{*}settingDesc//{*}date", ".//{*}sourceDesc//{*}date"):
        for date in root.iterfind(place):
            if stated := date.get("when") or date.get("from"):
                return str(stated)
    return ""


def _title(root: Any) -> str:
    titles = (" ".join("".join(title.itertext()).split()) for title in root.iterfind(".//{*}titleStmt/{*}title"))
    return next(filter(None, titles), "")


def _heading(utterance: Any) -> str:
    head = utterance.getparent().find("{*}head")
    return " ".join("".join(head.itertext()).split()) if head is not None else ""


def _paragraphs(utterance: Any) -> Iterator[str]:
    segments = list(utterance.iter("{*}seg", "{*}p")) or [utterance]
    for segment in segments:
        tokens = [t for t in segment.iter("{*}w", "{*}pc") if t.text]
        if tokens:
            yield "".join(t.text + ("" if t.get("join") in ("right", "both") else " ") for t in tokens).strip()
        else:
            yield " ".join("".join(_spoken(segment)).split())


def _spoken(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if lxml.etree.QName(child).localname not in ASIDE:
            yield from _spoken(child)
        yield child.tail or ""


def _aside(utterance: Any) -> Iterator[str]:
    for element in utterance.iter(*(f"{{*}}{name}" for name in ASIDE)):
        yield " ".join(" ".join(element.itertext()).split())
