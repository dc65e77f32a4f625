"""How much of the texts is annotated (`annotate` in config.yaml), and what a study lacks without the rest."""

from __future__ import annotations

from framescope.defaults import default

FULL, NAMES, NONE = "full", "names", "none"
LEVEL: str = default("annotate")

WITHOUT_PARSER = (
    "Sentences end at full stops, question marks and exclamation marks. There are no lemmas, parts of speech and "
    "dependencies, so that keywords.csv and actor_roles.csv are empty, and terms of the lexicon that ask for a lemma "
    "or a part of speech are not counted"
)
LACKS = {
    FULL: "",
    NAMES: f"annotate: names: the model looks for names only. {WITHOUT_PARSER}.",
    NONE: f"annotate: none: no language model was used. {WITHOUT_PARSER}. Names are only those of the table of actors, "
    "those with a typical form such as that of an election, and acronyms that the text defines.",
}


def what_is_missing(level: str) -> str:
    """Sentences about what a study with this level of annotation lacks; empty if it lacks nothing.

    >>> what_is_missing("full"), what_is_missing("none").partition(".")[0]
    ('', 'annotate: none: no language model was used')
    """
    return LACKS[level]
