"""The folders of the data that come with the package, and the name of the narrative that a study may have."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
LEXICONS = PACKAGE / "lexicons"
SCHEMAS = PACKAGE / "schemas"
NEW_STUDY = PACKAGE / "new_study"
STORY = "story.md"
