"""The files of which the page is made: its template, its style and its script."""

from __future__ import annotations

import re
from importlib.resources import files

# In the order in which they use each other: a module uses only those before it.
MODULES = (
    "elements.js",
    "state.js",
    "data.js",
    "passages.js",
    "downloads.js",
    "tables.js",
    "figures.js",
    "search.js",
    "units.js",
    "evidence.js",
    "read.js",
    "words.js",
    "compare.js",
    "story.js",
    "main.js",
)


def asset(name: str) -> str:
    """A file of the page as text."""
    return files("framescope.present.page").joinpath("assets", name).read_text(encoding="utf-8")


def script() -> str:
    """The modules of the page as one: imports between them are left out, as all names are in one scope.

    An inline module cannot import another, because it has no address.
    """
    return "\n".join(joined(asset(module)) for module in MODULES)


def joined(module: str) -> str:
    """The text of a module without its imports and without the word export.

    >>> joined('import { a } from "./a.js";\\nexport const b = a;\\n')
    'const b = a;\\n'
    """
    return re.sub(r"^export ", "", re.sub(r'^import .* from "\./\w+\.js";\n', "", module, flags=re.M), flags=re.M)
