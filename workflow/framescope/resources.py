"""The folders of the data that come with the package: lexicons and schemas."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
LEXICONS = PACKAGE / "lexicons"
SCHEMAS = PACKAGE / "schemas"
