"""
What every rule stands on: the study, its batches and the data it is measured with.
Including this file puts workflow/ on the import path, here and in scripts.
"""

import sys

from framescope.batches import batches, estimated_words
from framescope.configuration import StudyError
from framescope.digest import digest
from framescope.housekeeping import closing_line, prune_cache, remove_obsolete
from framescope.study import read_study
from framescope.themes.formats import load_lexicon
from framescope.themes.lexicon import LexiconError

LEXICONS = f"{workflow.basedir}/workflow/lexicons"


def lexicon_file(own):
    return own or f"{LEXICONS}/themes.yaml"


def themes_of(own):
    """The themes of the study's lexicon; what its reader could not keep is said on the terminal."""
    lexicon = load_lexicon(lexicon_file(own))
    print(*lexicon.warnings, sep="\n", end="\n" if lexicon.warnings else "", file=sys.stderr)
    return lexicon.themes


try:
    STUDY = read_study(config, themes=themes_of)
    CONFIG = STUDY.config
except (StudyError, LexiconError) as problems:
    raise WorkflowError(f"The study cannot run.\n{problems}") from None

LEXICON = lexicon_file(CONFIG["lexicon"])
ACTORS = ([CONFIG["actors"]] if CONFIG["actors"] else []) + [f"{LEXICONS}/actors.csv"]
BATCHES = batches({d: estimated_words(e.file, e.size) for d, e in STUDY.documents.items()})


def entries(batch):
    """What extraction needs to know of the documents of a batch."""
    return [
        {"document": d, "file": STUDY.documents[d].file, "language": STUDY.documents[d].metadata.get("language", "")}
        for d in BATCHES[batch]
    ]


def published(documents):
    """Dates of publication of documents, where the study gives them."""
    dates = {d: STUDY.documents[d].metadata.get("published", "") for d in documents}
    return {document: date for document, date in dates.items() if date}


def chosen(*keys):
    """The part of the configuration that a rule uses."""
    return {key: CONFIG[key] for key in keys}


wildcard_constraints:
    batch="all|[01]+",
