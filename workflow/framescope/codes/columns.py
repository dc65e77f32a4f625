"""The roles of the columns of a sheet of codes, by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable

ROLES: dict[str, tuple[str, ...]] = {
    "document": ("document", "doc", "doc_id", "document_id", "document_name", "file", "filename", "file_name"),
    "sentence": ("sentence", "sentence_id", "sentence_number", "sent"),
    "paragraph": ("paragraph", "paragraph_id", "paragraph_number"),
    "text": ("text", "sentence_text", "full_text"),
    "passage": ("coded_text", "coded", "seltext", "selected_text", "segment", "quote", "quotation"),
    "theme": ("theme", "themes", "label", "labels", "code", "codes", "codename", "code_name", "category", "categories"),
    "coder": ("coder", "coder_name", "annotator", "rater", "owner", "user", "username", "annotated_by", "model"),
    "weight": ("weight", "weights"),
    "round": ("round", "sample_round"),
}
# Columns that are common in files of codes and have no themes.
ASIDE = re.compile(
    r"(id|section|block|page|title|context|before|after|order|number|notes?|comments?|remarks?|memo|coded_memo|unsure|"
    r"(un)?certain(ty)?|confidence|date|time|lead_time|(created|updated)_at|annotation_id|pos0|pos1|start|end|published|"
    r"group|speaker|party|stratum|role|case|fid|cid|ctid|predictions?|meta)(_\d+)?"
)
# The name of a coder follows; a coder of whom only a number is given is called by the whole name of the column.
OF_A_CODER = re.compile(r"(coder|rater|annotator)[_ ]?(\d+|(?P<name>.+))", re.IGNORECASE)


def roles_of(columns: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The column of each role, and the columns that have no role and are not notes or facts about a text.

    >>> roles_of(["Document", "sentence", "Text", "coder_1", "weight", "Note"])
    ({'document': 'Document', 'sentence': 'sentence', 'text': 'Text', 'weight': 'weight'}, ['coder_1'])
    """
    low = {plain(name): name for name in reversed(list(columns))}
    roles = {role: low[name] for role, names in ROLES.items() if (name := next((n for n in names if n in low), ""))}
    used = set(roles.values())
    return roles, [name for name in columns if name not in used and not ASIDE.fullmatch(plain(name))]


def plain(name: str) -> str:
    """The name of a column in small letters with underscores."""
    return re.sub(r"\W+", "_", name.strip().casefold()).strip("_")
