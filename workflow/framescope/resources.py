"""The folders of the data that come with the package: lexicons, schemas, and the files of a new study."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
LEXICONS = PACKAGE / "lexicons"
SCHEMAS = PACKAGE / "schemas"
NEW_STUDY = PACKAGE / "new_study"
