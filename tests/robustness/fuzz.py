"""Fuzzing: seeds that are read, changed at random, must be read or refused in the declared way.

    PYTHONPATH=workflow .venv/bin/python -m tests.robustness.fuzz dates --seconds 3600 --seed 1

tries one of the targets `read`, `lexicon`, `dates`, `config`, `eras` for so long, and prints each kind of undeclared
error once, with the smallest input that showed it. It ends with 1 where there was one.
"""

from __future__ import annotations

import argparse
import copy
import datetime
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.robustness.bad_sources import office
from tests.robustness.test_bad_sources import GOOD, text_page

from framescope.annotate.dates import find_dates, load_eras
from framescope.annotate.dates.grammar.vocabulary import WORDS
from framescope.configuration import StudyError
from framescope.defaults import config_schema
from framescope.document import ExtractionError
from framescope.extract.reader import Reader
from framescope.extract.source.limits import Limits
from framescope.study import read_study
from framescope.themes.formats import load_lexicon
from framescope.themes.lexicon import LexiconError

SECONDS_AN_INPUT = 20
JUNK = [
    b"\x00", b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\r", b"\t", b"\x0c", b"\x1b", b"<", b">", b"&", b"&#0;",
    b"&a;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"]]>", b"<![CDATA[", b'"', b"'", b"[", b"{", b"}", b"*", b"&x ", b"*x",
    b"!!python/object:x ", b"!!binary x", b"? ", b"- ", b": ", b"%", b"+", b"\n\n", b"9" * 5_000, b"1e400", b"-",
    b"/NOUN", b" NOT ", b" NEAR ", "\u202e\u0131\u0130\u00df".encode(), b"\\", b"(", b"|", b",", b";", b"=", b"~",
    b".nan",
]  # fmt: skip

LEXICONS = {
    "yaml": "defence:\n  - army\n  - fleet*\n  - threat: [enemy, foe*]\neconomy:\n  trade:\n    - free trade\n"
    "  money: bank\n",
    "quanteda": "A:\n  B: [NOT GOOD, Army*]\n  C:\n    - trade\n",
    "json": '{"a": ["army", {"b": ["9/11", "fleet*"]}], "c": {"d": "bank"}}',
    "csv": "theme,term,weight\ndefence,army,\ndefence.threat,enemy,2.5\neconomy,bank,1\n",
    "lcd": '<?xml version="1.0" encoding="ISO-8859-1"?>\n<dictionary style="lexicoder">\n<cnode name="economy">\n'
    '<pnode name=" ECONOM"/><cnode name="trade"><pnode name=" FREE TRADE "/></cnode></cnode>\n</dictionary>\n',
    "lc3": "+economy\n ECONOM\n FREE TRADE \n+defence\n ARMY \n",
    "dic": "%\n1\thealth\n2\twealth\n%\narmy\t1\nbank*\t2\nwell being\t1 2\n",
    "ykd": '<?xml version="1.0" encoding="UTF-8"?>\n<dictionary style="ykd" patternengine="wildcard">\n'
    '<cnode name="Laver and Garry"><cnode name="economy" desc=""><pnode name="bank*"/>'
    '<pnode name="free trade"/></cnode>\n'
    '<cnode name="culture"><cnode name="high"><pnode name="art*"/></cnode><pnode name="people"/></cnode></cnode>\n'
    "</dictionary>\n",
    "cat": "ECONOMY\n\tBANK (1)\n\tFREE_TRADE (1)\n\tTRADE\n\t\tTARIFF* (1)\nDEFENCE\n\tARMY (1)\n",
}
# Words of dates that lean on each other, which are met more often than the rest.
LEANING = [
    "That year,", "that month", "the same day", "later that year,", "the next", "last", "this", "in",
    "in mid-February,", "mid-", "late May", "early March", "early", "late", "the end of", "the 1950s", "spring",
    "1954", "5 May", "Monday",
    "since", "between", "and", "to", "-", ",", "century", "a decade", "two years later", "before", "BC", "the Cold War",
]  # fmt: skip
PIECES = [
    *sorted(WORDS), *LEANING, "the", "of", "AD", "'50s", "9/11", "2014-02-30", "12/25/2014", "32/32/0000", "0", "00",
    "999999999999", "9" * 4_400, "1/2", "21st", "Q3", "FY2014", "\u0131", "\u0663", "\u00bd", "(Smith 2014)", "\n\n",
    "https://a.b/2014", "--", "\u2013", ".",
]  # fmt: skip


class TooSlowError(Exception):
    """An input that took longer than any should."""


@dataclass
class Outcome:
    """How many inputs were tried, and for each kind of undeclared error how often and the smallest input."""

    tried: int = 0
    read: int = 0
    kinds: dict[str, tuple[int, Any]] = field(default_factory=dict)

    @property
    def wrong(self) -> int:
        """How many inputs ended in an undeclared error."""
        return sum(times for times, _ in self.kinds.values())


def fuzz(target: str, seconds: float, seed: int = 1) -> Outcome:
    """Try a target for so long; the same inputs in the same order for the same seed."""
    outcome, ends = Outcome(), time.monotonic() + seconds
    # Of the processor's time, so that a busy machine finds no slow input that a quiet one does not.
    before = signal.signal(signal.SIGPROF, _too_slow)
    try:
        with tempfile.TemporaryDirectory() as folder:
            tries = TARGETS[target](random.Random(seed), Path(folder))
            while time.monotonic() < ends:
                given, attempt = next(tries)
                outcome.tried += 1
                signal.setitimer(signal.ITIMER_PROF, SECONDS_AN_INPUT)
                try:
                    outcome.read += attempt()
                except (Exception, RecursionError) as error:
                    kind = _kind(error)
                    times, least = outcome.kinds.get(kind, (0, given))
                    outcome.kinds[kind] = (times + 1, min(least, given, key=lambda each: len(repr(each))))
                finally:
                    signal.setitimer(signal.ITIMER_PROF, 0)
            tries.close()
    finally:
        signal.signal(signal.SIGPROF, before)
    return outcome


def _too_slow(*_: object) -> None:
    raise TooSlowError(f"took more than {SECONDS_AN_INPUT} seconds")


def _kind(error: BaseException) -> str:
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if "framescope" in frame.filename]
    place = f"{Path(own[-1].filename).name}, {own[-1].name}" if own else "outside"
    return f"{type(error).__name__} in {place}"


Attempt = tuple[Any, Callable[[], bool]]


def reading(chance: random.Random, folder: Path) -> Iterator[Attempt]:
    """Documents of all formats, cut, joined and with bytes changed."""
    html = f"<html><head><title>T</title></head><body><article>{'<p>Tolls rose.</p>' * 9}</article></body></html>"
    tei = "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><div><head>A</head><p>Tolls rose.</p></div>"
    tei += "</body></text></TEI>"
    jats = "<article><body><sec><title>A</title><p>Tolls rose.</p></sec></body></article>"
    tex = "\\documentclass{article}\\begin{document}\\section{A}Tolls rose.\\footnote{In 1954.}\\end{document}"
    seeds = {"txt": GOOD.encode() * 9, "md": GOOD.encode() + b"\nA note.[^1]\n\n[^1]: See.\n", "html": html.encode()}
    seeds |= {"tei.xml": tei.encode(), "jats.xml": jats.encode(), "tex": tex.encode(), "pdf": text_page()}
    seeds |= {kind: office(kind) for kind in ("docx", "odt", "epub")}
    with Reader(Limits(seconds=SECONDS_AN_INPUT - 5)) as reader:
        while True:
            kind = chance.choice(list(seeds))
            data = changed(seeds[kind], chance)
            path = folder / f"source.{kind}"
            path.write_bytes(data)
            yield (kind, data), lambda path=path: _declared(lambda: reader.read(path), ExtractionError)


def lexicons(chance: random.Random, folder: Path) -> Iterator[Attempt]:
    """Lexicons of all formats, with bytes changed."""
    while True:
        kind = chance.choice(list(LEXICONS))
        data = changed(LEXICONS[kind].encode(), chance)
        path = folder / f"lexicon.{kind}"
        path.write_bytes(data)
        yield (
            (kind, data),
            lambda path=path, kind=kind: _declared(lambda: load_lexicon(path, format=kind), LexiconError),
        )


def dates(chance: random.Random, _: Path) -> Iterator[Attempt]:
    """Words of which dates are made, and some that are none, in any order."""
    while True:
        text = chance.choice(["", " ", " ", " ", "-"]).join(
            chance.choices(LEANING if chance.random() < 0.6 else PIECES, k=chance.randint(1, 12))
        )
        published = chance.choice([None, "2014", "2014-06", datetime.date.min, datetime.date.max])
        yield (text, str(published)), lambda text=text, published=published: find_dates(text, published) is not None


def configs(chance: random.Random, folder: Path) -> Iterator[Attempt]:
    """Configurations with every key, some of whose parts are exchanged for something else."""
    (folder / "raw").mkdir()
    (folder / "raw" / "a.txt").write_text("Tolls rose.", encoding="utf-8")
    tables = {"documents.csv": "file,title,published\na.txt,A,2014\n", "codes.csv": "text,theme\nTolls rose.,defence\n"}
    tables["actors.csv"] = "surface,id,kind,theme,from,to\nA,a,state,defence,1954,1977\n"
    whole = {key: facts["default"] for key, facts in config_schema()["properties"].items() if "default" in facts}
    whole |= {"documents": {"a.txt": {"title": "A", "published": "2014"}}, "roles": {"analysis": ["case*"]}}
    whole |= {"section_roles": {"a": {"01": "body"}}, "counting": {"quoted": True}, "limits": {"pages": 9}}
    while True:
        config = copy.deepcopy(whole)
        for name, text in tables.items():
            whole_file = chance.random() < 0.5
            (folder / name).write_bytes(text.encode() if whole_file else changed(text.encode(), chance))
        if chance.random() < 0.5:
            key = chance.choice(["documents", "actors", "codes"])
            config[key] = f"{key}.csv"
        else:
            replace(config, chance)
        yield (
            config,
            lambda config=config: _declared(
                lambda: read_study(copy.deepcopy(config), folder, lambda _: ["defence", "economy", "energy"]),
                StudyError,
            ),
        )


def eras(chance: random.Random, folder: Path) -> Iterator[Attempt]:
    """Tables of eras with bytes changed."""
    whole = "name,pattern,first,last,source\nLong Peace,Long Peace|[Tt]he Calm,1815-06-09,1914-07,a treaty\n"
    whole += "Old Order,Old Order,,-0044,a chronicle\n"
    path = folder / "eras.csv"
    while True:
        data = changed(whole.encode(), chance)
        path.write_bytes(data)
        yield data, lambda: _declared(lambda: load_eras(path), ValueError)


TARGETS: dict[str, Callable[[random.Random, Path], Any]] = {
    "read": reading,
    "lexicon": lexicons,
    "dates": dates,
    "config": configs,
    "eras": eras,
}


def changed(data: bytes, chance: random.Random) -> bytes:
    """The data after one to six changes: bytes flipped, cut, doubled, moved, or exchanged for something awkward."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(out))
        end = min(len(out), start + chance.choice([1, 1, 2, 5, 20, 100]))
        part = bytes(out[start:end])
        new = chance.choice(
            [b"", part * 2, chance.choice(JUNK), part + chance.choice(JUNK), chance.randbytes(2), part[::-1]]
        )
        out[start:end] = new * chance.choice([1] * 19 + [300])
    return bytes(out)


def replace(node: Any, chance: random.Random) -> None:
    """Exchange one part of a configuration, at any depth, for something else, or give it a key of another kind."""
    values = [
        None, True, 0, -1, 1.5, float("nan"), float("inf"), 10**12, 10**400, "", "\x00", "a" * 5_000, "../x", "/",
        "a.txt", "documents.csv", "actors.csv", "raw", [], [[]], [None], {}, {"a": {}}, {1: 2}, {None: []},
        [{"file": 1}], ["a.txt"], [{"name": "x", "a": ["defence"], "b": ["defence"]}], datetime.date(2014, 1, 1),
        b"\xff", "2014-13",
        "\ud800",
    ]  # fmt: skip
    keys = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    if not keys:
        return
    key = chance.choice(keys)
    if isinstance(node[key], dict | list) and node[key] and chance.random() < 0.5:
        replace(node[key], chance)
    elif isinstance(node, dict) and chance.random() < 0.2:
        node[chance.choice([1, None, 1.5, "x", "", True, datetime.date(2014, 1, 1)])] = node.pop(key)
    else:
        node[key] = copy.deepcopy(chance.choice(values))


def _declared(attempt: Callable[[], object], refusal: type[Exception]) -> bool:
    """Whether an input was read; False where it was refused in the declared way."""
    try:
        attempt()
    except refusal:
        return False
    return True


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("target", choices=TARGETS)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    found = fuzz(asked.target, asked.seconds, asked.seed)
    print(
        f"{asked.target}: {found.tried:,} inputs tried, {found.read:,} read, {found.wrong:,} with an undeclared error"
    )
    for kind, (times, given) in sorted(found.kinds.items()):
        print(f"  {kind}: {times:,} times, such as {repr(given)[:300]}")
    sys.exit(bool(found.kinds))
