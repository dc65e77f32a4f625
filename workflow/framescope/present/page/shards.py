"""Texts that the page does not contain: scripts in a folder beside it, of which one is loaded when a reader needs it.

A page that is opened from a disk may load a script, but no other file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from framescope.document import Document
from framescope.present.figure_style import Tables
from framescope.present.page.budget import MOST_SHARD_WORDS
from framescope.present.page.columns import compressed, known_places, texts_block

# The folder beside the page, and the function of the page to which a script passes its data.
FOLDER = "report"
RECEIVER = "framescopeTexts"


def shards(documents: pd.DataFrame, included: Collection[str], words: int = MOST_SHARD_WORDS) -> dict[str, int]:
    """The number, from 1, of the script that has the text of each document that the page does not contain.

    A script has documents in order, as long as they have no more than `words` words together, but at least one.

    >>> shards(pd.DataFrame({"document": list("abcd"), "words": [4, 4, 4, 4]}), ["b"], 9)
    {'a': 1, 'c': 1, 'd': 2}
    """
    numbers: dict[str, int] = {}
    number, held = 1, 0
    for document, length in zip(documents["document"], documents["words"], strict=True):
        if document in included:
            continue
        if held and held + length > words:
            number, held = number + 1, 0
        numbers[document], held = number, held + length
    return numbers


def shard_scripts(
    tables: Tables, texts: Mapping[str, Document], numbers: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """The scripts with their paths beside the page; each passes its number and compressed data to the page."""
    known = known_places(tables)
    for number, group in groupby(numbers.items(), key=itemgetter(1)):
        read = {document: texts[document] for document, _ in group if document in texts}
        yield shard_file(number), shard_script(number, texts_block(tables, read, known))


def shard_file(number: int) -> str:
    """The path of a script beside the page."""
    return f"{FOLDER}/texts-{number}.js"


def shard_script(number: int, block: dict[str, Any]) -> str:
    """A script that passes data to the page as compressed text, of which no part can run."""
    return f'{RECEIVER}({number}, "{compressed(block)}");\n'
