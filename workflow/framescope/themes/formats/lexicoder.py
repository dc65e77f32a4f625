"""Lexicons of Lexicoder (.lcd, .lc3) and Yoshikoder (.ykd)."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from framescope.themes.formats.reading import Draft, read_text
from framescope.themes.lexicon import Lexicon

_REGULAR_EXPRESSION = set("\\[](){}|^$+")


def substring_as_glob(value: str) -> str:
    """A string of Lexicoder as a glob: a space marks the edge of a word. " ECONOM" is `econom*`, " NATO " is `nato`."""
    words = value.strip()
    before = "" if value[:1].isspace() else "*"
    after = "" if value[-1:].isspace() else "*"
    return f"{before}{words}{after}" if words else ""


def read_lcd(path: Path) -> Lexicon:
    """The lexicon of a Lexicoder .lcd file: categories and strings in XML; spaces mark the edges of words."""
    return _read_xml(path, "substring")


def read_ykd(path: Path) -> Lexicon:
    """The lexicon of a Yoshikoder .ykd file: nested categories in XML, with patterns in the notation that it names."""
    return _read_xml(path, "wildcard")


def _read_xml(path: Path, engine: str) -> Lexicon:
    draft = Draft(path.name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise draft.error(error.lineno or 1, f"this is not well-formed XML ({error.msg})") from error
    dictionary = root if root.tag == "dictionary" else root.find(".//dictionary")
    if dictionary is None:
        raise draft.error(1, f"expected an element <dictionary>, found <{root.tag}>")
    _read_category(dictionary, (), str(dictionary.get("patternengine", engine)).lower(), draft)
    return draft.lexicon()


def _read_category(node: etree._Element, path: tuple[str, ...], engine: str, draft: Draft) -> None:
    for child in node:
        name = child.get("name", "") if isinstance(child.tag, str) else ""
        line = int(child.sourceline or 1)
        if child.tag == "cnode":
            inner = (*path, name)
            draft.theme(inner, line)
            _read_category(child, inner, engine, draft)
        elif child.tag == "pnode":
            if not path:
                draft.warn(line, f"the pattern {name!r} stands in no category and is left out")
            elif engine.startswith("reg") and set(name) & _REGULAR_EXPRESSION:
                draft.warn(line, f"the pattern {name!r} is a regular expression, left out")
            else:
                theme = ".".join(name.strip().replace(".", "_") for name in path)
                draft.add_foreign(theme, substring_as_glob(name) if engine == "substring" else name, line)


def read_lc3(path: Path) -> Lexicon:
    """The lexicon of a Lexicoder .lc3 file: a line "+category", then one line for each of its strings.

    If the file has asterisks, its strings are globs. If it has none and some strings begin with a space, spaces mark
    the edges of words as in .lcd files.
    """
    draft = Draft(path.name)
    lines = read_text(path).split("\n")
    values = [line for line in lines if line.strip() and not line.lstrip().startswith("+")]
    edges = not any("*" in value for value in values) and any(value.startswith(" ") for value in values)
    theme = ""
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("+"):
            theme = draft.theme((line.strip().lstrip("+"),), number)
        elif line.strip() and not theme:
            raise draft.error(number, f"expected a category such as '+economy', found {line.strip()!r}")
        elif line.strip():
            draft.add_foreign(theme, substring_as_glob(line) if edges else line, number)
    return draft.lexicon()
