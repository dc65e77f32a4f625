"""A narrative of the study, written in story.md: parts whose headings are links to views of the page."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from framescope.present.figure_style import Tables
from framescope.present.page.addresses import address, unit_of
from framescope.present.page.formats import records
from framescope.present.page.periods import period_of
from framescope.present.page.views import VIEWS
from framescope.present.wording import value_rows
from framescope.resources import STORY

# The keys of an address, each with the kind of name that it has; an empty kind may be anything.
KEYS = {
    "view": "view",
    "theme": "theme",
    "actor": "actor",
    "contrast": "contrast",
    "document": "document",
    "beside": "document",
    "section": "",
    "sentence": "",
    **dict.fromkeys(("unit", "a", "b", "within"), "unit"),
    **dict.fromkeys(("search", "mode", "forms", "order", "year", "hidden"), ""),
}


@dataclass(frozen=True)
class Part:
    """A heading, empty for what stands before the first one; the address to which it leads; and the text below it."""

    heading: Markup
    address: str
    body: Markup


@dataclass(frozen=True)
class Story:
    """The parts of a narrative, and a sentence for each link that leads nowhere."""

    parts: list[Part] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


NO_STORY = Story()


def names_of(tables: Tables) -> dict[str, Collection[str]]:
    """What addresses can name in a study, by kind: views, themes, actors, contrasts, documents and units."""
    rates, documents = tables["theme_rates"], tables["documents"]["document"].astype(str).tolist()
    keys = ["unit", "document", "section", "role", "group"]
    units = {unit_of(row) for row in records(rates.drop_duplicates(keys)[keys])}
    sections = tables["sections"]
    units |= {f"section:{document}/{section}" for document, section in value_rows(sections, ["document", "section"])}
    units |= {f"period:{period}" for period in period_of(tables).values()}
    units |= {"study:all", *(f"rest:{document}" for document in documents)}
    parts = value_rows(sections, ["document", "role"])
    return {
        "view": [view.name for view in VIEWS],
        "theme": sorted(rates["theme"].unique()),
        "actor": sorted(tables["entities"]["actor"].dropna().unique()),
        "contrast": sorted(tables["contrasts"]["contrast"].unique()),
        "document": documents,
        "unit": sorted(units | {f"part:{document}/{role}" for document, role in parts}),
    }


def read_story(written: bytes, known: Mapping[str, Collection[str]]) -> Story:
    """The narrative in a file of Markdown. A heading that is a link leads to a view, with its place in the narrative.

    A link whose address names something that the study does not have becomes plain text, and is a problem.
    """
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Story(problems=[f"{STORY}: byte {error.start + 1} is not UTF-8. Save the file as UTF-8."])
    markdown = MarkdownIt("js-default")
    tokens = markdown.parse(text)
    problems = list(_without_dead_links(tokens, known))
    parts: list[Part] = []
    for heading, body in _parts(tokens):
        leads = next((str(token.attrs["href"]) for token in heading if "href" in token.attrs), "")
        shown = [token for token in heading if token.type not in ("link_open", "link_close")]
        if leads.startswith("#"):
            leads = address(**{**dict(parse_qsl(leads[1:])), "story": str(len(parts))})  # type: ignore[arg-type]
        render = markdown.renderer.render
        said = Markup(render([Token("inline", "", 0, children=shown)], markdown.options, {}))
        parts.append(Part(said, leads, Markup(render(body, markdown.options, {}))))
    return Story(parts, problems)


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """The inline tokens of each heading with the tokens below it; first those before all headings, if there are any."""
    heading: list[Token] = []
    body: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place].type == "heading_open":
            if heading or body:
                yield heading, body
            heading, body = list(tokens[place + 1].children or []), []
            place += 3
        else:
            body.append(tokens[place])
            place += 1
    if heading or body:
        yield heading, body


def _without_dead_links(tokens: Sequence[Token], known: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Turn links to what the study does not have into plain text; a sentence for each."""
    for block in tokens:
        line = (block.map or [0])[0] + 1
        open_links: list[bool] = []
        for token in block.children or []:
            line += token.type in ("softbreak", "hardbreak")
            if token.type == "link_open":
                wrong = list(wrong_in(str(token.attrGet("href")), known))
                yield from (f"{STORY}, line {line}: {problem}" for problem in wrong)
                open_links.append(bool(wrong))
                if wrong:
                    token.tag, token.attrs = "span", {}
            elif token.type == "link_close" and open_links.pop():
                token.tag = "span"


def wrong_in(href: str, known: Mapping[str, Collection[str]]) -> Iterator[str]:
    """What is wrong with an address in this page; addresses of other pages are not checked.

    >>> list(wrong_in("#view=section", {"view": ["overview", "sections"]}))
    ['expected the name of a view, found view=section. The nearest is sections.']
    """
    if not href.startswith("#"):
        return
    chosen = dict(parse_qsl(href[1:]))
    if "view" not in chosen:
        yield f"expected #view=... with the name of a view, found {href}. The views are {', '.join(known['view'])}."
    for key, value in chosen.items():
        if key not in KEYS:
            yield f"expected a key of an address, found {key}. {_nearest(key, KEYS)}"
        elif KEYS[key] and value not in known[KEYS[key]]:
            kind = KEYS[key]
            name = f"{'an' if kind == 'actor' else 'a'} {kind}"
            yield f"expected the name of {name}, found {key}={value}. {_nearest(value, known[kind])}"


def _nearest(found: str, known: Collection[str]) -> str:
    nearest = difflib.get_close_matches(found, list(known), n=1, cutoff=0.0)
    return f"The nearest is {nearest[0]}." if nearest else "The study has none."
