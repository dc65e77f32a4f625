"""Small pictures beside numbers, as SVG without scripts or styles of their own."""

from __future__ import annotations

import math

from markupsafe import Markup


def ratio_picture(ratio: tuple[float, float, float], reach: float) -> Markup:
    """A ratio with its interval on a logarithmic scale from a quarter, or less, to `reach`, with a line at 1, alike."""
    estimate, low, high = ratio
    least = min(0.5, low)

    def place(value: float) -> float:
        span = math.log(reach * 1.1) - math.log(least)
        return round(10 + 300 * (math.log(max(value, least)) - math.log(least)) / span, 1)

    powers = (1, 10, 100, 1000) if reach >= 40 else (1, 2, 5, 10, 20)
    apart = [tick for tick in powers if least <= tick <= reach * 1.1]
    labels = {tick: "alike" if tick == 1 else f"{tick:g}×" for tick in apart}
    marks = "".join(f'<text x="{place(t)}" y="43" text-anchor="middle">{label}</text>' for t, label in labels.items())
    lines = "".join(f'<path class="tick" d="M{place(t)} 6V30"/>' for t in apart if t != 1)
    said = f"Estimated ratio {_digits(estimate)}, interval from {_digits(low)} to {_digits(high)}"
    return Markup(
        f'<svg class="ratio" viewBox="0 0 320 48" role="img" aria-label="{said}"><title>{said}</title>{lines}'
        f'<path class="alike" d="M{place(1)} 2V32"/><path class="interval" d="M{place(low)} 18H{place(high)}"/>'
        f'<circle class="rate" cx="{place(estimate)}" cy="18" r="6"/>{marks}</svg>'
    )


def _digits(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2g}"
