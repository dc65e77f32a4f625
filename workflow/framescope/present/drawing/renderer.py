"""Drawings as SVG and PNG, each rendered once as long as it stays the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import vl_convert

from framescope.cache import Cache, cache_key

RENDERER = version("vl-convert-python")
IDENTIFIER = re.compile(r'\bid="([^"]*)"')
# Characters such as emoji, which need two code units. The renderer fails if it has to cut a label between the two.
TWO_UNITS, DRAWN_AS = re.compile("[\U00010000-\U0010ffff]"), "\N{WHITE SQUARE}"
REFERENCE = re.compile(r'(\bid="|url\(#)([^")]*)')


class Renderer:
    """Renders drawings; what an earlier run of the study stored in the cache is not rendered again."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def svg(self, specification: dict[str, Any]) -> str:
        """A Vega-Lite specification as SVG, with a white square for each emoji and its like."""
        drawn = json.loads(TWO_UNITS.sub(DRAWN_AS, json.dumps(specification, ensure_ascii=False)))
        key = cache_key("svg", RENDERER, drawn)
        return self._once(key, lambda: renumbered(vl_convert.vegalite_to_svg(drawn)).encode()).decode()

    def png(self, svg: str, scale: float) -> bytes:
        """An SVG as PNG, with so many pixels for each of its units."""
        key = cache_key("png", RENDERER, scale, svg)
        return self._once(key, lambda: bytes(vl_convert.svg_to_png(svg, scale=scale)))

    def forget_others(self) -> None:
        """Delete stored drawings that this run did not use."""
        self._cache.keep_used()

    def _once(self, key: str, render: Callable[[], bytes]) -> bytes:
        stored = self._cache.get(key)
        return stored if stored is not None else self._cache.put(key, render())


def renumbered(svg: str) -> str:
    """An SVG whose ids are numbered from 0; the program that renders goes on with the numbers of the drawing before.

    >>> renumbered('<clipPath id="clip7"/><g clip-path="url(#clip7)"/>')
    '<clipPath id="clip0"/><g clip-path="url(#clip0)"/>'
    """
    ids = dict.fromkeys(IDENTIFIER.findall(svg))
    names = {old: f"{old.rstrip('0123456789')}{number}" for number, old in enumerate(ids)}
    return REFERENCE.sub(lambda found: found[1] + names.get(found[2], found[2]), svg)
