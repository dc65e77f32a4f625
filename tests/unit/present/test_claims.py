from __future__ import annotations

import pandas as pd

from framescope.compare.inference.pairs import REST
from framescope.present.claims import claim_of_rates

RATES = pd.DataFrame({"unit": ["a", "b", "c"], "theme": "war", "rate_per_1000": [9.0, 1.0, 4.0]})
NAMES = {"a": "The Brief", "b": "The Speech", "c": "The Report"}


def claim(a: str, b: str, stands: bool, asked: tuple[str, ...] = ("war",), effect: float = 2.0) -> str:
    row = {"theme": "war", "unit_a": a, "unit_b": b, "effect": effect, "size": abs(effect), "stands": stands}
    return claim_of_rates(RATES, pd.DataFrame([row]), asked, NAMES, "text")


def test_the_ends_of_all_rates_are_named_only_if_their_difference_stands() -> None:
    assert claim("a", "b", True) == "War is stressed most in The Brief and least in The Speech"
    assert claim("a", "c", True) == "War is stressed more in The Brief than in The Report"
    assert claim("b", "a", True, effect=-2.0) == "War is stressed most in The Brief and least in The Speech"


def test_a_difference_that_does_not_stand_is_not_stated() -> None:
    highest = "War has its highest rate in The Brief"
    assert claim("a", "b", False) == f"{highest}; no difference between texts is established"
    assert claim("a", "b", False, asked=()) == f"{highest}; findings test the focus themes only"


def test_a_difference_from_all_other_texts_names_the_text_with_its_direction() -> None:
    assert claim("c", REST, True, effect=-1.0) == "War is stressed less in The Report than in all other texts together"
