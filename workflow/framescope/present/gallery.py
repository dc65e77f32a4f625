"""All figures in the order of the report: by module, and within a module in the order of its functions."""

from __future__ import annotations

from framescope.present import (
    actor_figures,
    finding_figures,
    group_figures,
    model_figures,
    section_figures,
    text_figures,
    time_figures,
    word_figures,
)
from framescope.present.figures import DECLARED

MODULES = (
    section_figures,
    actor_figures,
    text_figures,
    group_figures,
    time_figures,
    model_figures,
    word_figures,
    finding_figures,
)
FIGURES = tuple(figure for module in MODULES for figure in DECLARED if figure.draw.__module__ == module.__name__)
