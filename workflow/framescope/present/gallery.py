"""All figures in the order of the report: module by module, and in each as its functions follow each other."""

from __future__ import annotations

from framescope.present import actor_figures, finding_figures, section_figures, text_figures
from framescope.present.figures import DECLARED

MODULES = (section_figures, actor_figures, text_figures, finding_figures)
FIGURES = tuple(each for module in MODULES for each in DECLARED if each.draw.__module__ == module.__name__)
