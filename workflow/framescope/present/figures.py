"""The report's figures, in order: each is drawn from tables by name, or not at all where these have no rows for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from framescope.present.actor_figures import actor_network, actor_theme_matrix
from framescope.present.figure_style import Chart, Tables
from framescope.present.finding_figures import robustness_of_findings
from framescope.present.section_figures import (
    contrast_by_section,
    heat_map,
    rates_with_intervals,
)
from framescope.present.text_figures import map_of_texts, narrative_arc, timeline_by_theme


@dataclass(frozen=True)
class Figure:
    """A figure: its name in files, its title, how to read it, the tables behind it, and what draws it."""

    name: str
    title: str
    caption: str
    tables: tuple[str, ...]
    draw: Callable[[Tables], Chart | None]


FIGURES = (
    Figure(
        "heat-map",
        "Themes by section",
        "Hits per 1,000 words of the author, by document where there are more than sixty sections. Darker is more. "
        "Short sections swing widely: see the intervals below.",
        ("theme_rates", "sections"),
        heat_map,
    ),
    Figure(
        "rates",
        "Rates with intervals",
        "Hits per 1,000 words of the author on the six themes with most hits, each with a scale of its own; the line "
        "is the interval over paragraphs. No line means too few paragraphs for one.",
        ("theme_rates", "sections"),
        rates_with_intervals,
    ),
    Figure(
        "contrasts",
        "Contrasts by section",
        "Of the hits on either side, the share of side a, the one named first, half a hit added to each; the line is "
        "the interval over paragraphs. A text leans to a side when its interval leaves the middle out.",
        ("contrasts", "sections"),
        contrast_by_section,
    ),
    Figure(
        "actor-themes",
        "Actors by theme",
        "The actors named in most sentences of the author, at most fifteen. Numbers are sentences that name the actor "
        "and have the theme, by another word than the actor's own name; colour is their share of all the sentences of "
        "the author that name the actor.",
        ("actors", "actor_themes", "theme_rates"),
        actor_theme_matrix,
    ),
    Figure(
        "actor-network",
        "Who is named with whom",
        "The actors named in most sentences of the author, at most fifteen. A line joins two that sentences name "
        "together; the wider, the more sentences. Choose a theme for the sentences with that theme only.",
        ("actors", "actor_pairs", "theme_rates"),
        actor_network,
    ),
    Figure(
        "timeline",
        "Years the texts talk about",
        "Each date mention counts once, spread over the years it covers: in the first row whether its sentence has a "
        "theme or not, below it again for each of the six leading themes that its sentence has. Dates that only say "
        "when the text was written or spoken, such as tonight or this year, stand in a row of their own instead. Dates "
        "that cover several years are paler. Each row has a scale of its own.",
        ("timeline", "theme_rates"),
        timeline_by_theme,
    ),
    Figure(
        "trajectory",
        "Where in the text each theme stands",
        "Hits per 1,000 words of the author in each tenth of a text, from its beginning to its end, on the six themes "
        "with most hits.",
        ("trajectory", "theme_rates"),
        narrative_arc,
    ),
    Figure(
        "profile-map",
        "Texts that are alike",
        "Each point is a text; the nearer two are, the more alike are their shares of themes, as far as a plane can "
        "show it: profile_distances.csv has the distances. Drawn from ten texts on.",
        ("profile_map", "documents"),
        map_of_texts,
    ),
    Figure(
        "robustness",
        "Findings under variations",
        "Whether each finding stands when what counts is varied or one term, block or document is left out: its "
        "interval still on its side of 0, or still around 0 where a text shows no lean.",
        ("robustness",),
        robustness_of_findings,
    ),
)
