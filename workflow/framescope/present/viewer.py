"""The program that draws the figures of the report in a browser."""

from __future__ import annotations

import vl_convert


def vega_embed() -> str:
    """The JavaScript that draws the figures; it sets window.vegaEmbed."""
    return str(vl_convert.javascript_bundle()).replace("</script", "<\\/script")  # type: ignore[call-arg]
