"""What a browser may run and load in the page, and text that cannot end the element that contains it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup


def content_policy(scripts: Iterable[str], styles: Iterable[str], beside: bool = False) -> str:
    """The Content-Security-Policy of a page that may use these scripts and styles and may load nothing else.

    With `beside` it may also load scripts from the place of the page: its own origin or, opened from a disk, files.

    Source of the notation: W3C, Content Security Policy Level 3, section 2.3.1.
    """
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join([*map(hash_source, scripts), *(["'self'", "file:"] if beside else [])]) or "'none'",
        "style-src": " ".join(map(hash_source, styles)) or "'none'",
        # A picture is made of a figure through an address that only the page's own script can make.
        "img-src": "blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())


def hash_source(text: str) -> str:
    """The name of a script or style in a policy: the SHA-256 of its UTF-8 bytes in base 64.

    The example is that of W3C, Content Security Policy Level 3, section 8.3.

    >>> hash_source("alert('Hello, world.');")
    "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def script_json(value: Any) -> Markup:
    """A value as JSON that cannot end the script element that contains it."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))
