"""
What every rule stands on: the study, its batches and the data it is measured with.
Including this file puts workflow/ on the import path, here and in scripts.
"""

from framescope.batches import batches, estimated_words
from framescope.configuration import StudyError
from framescope.digest import digest
from framescope.housekeeping import closing_line, prune_cache, remove_obsolete
from framescope.study import read_study

LEXICONS = f"{workflow.basedir}/workflow/lexicons"

try:
    STUDY = read_study(config)
except StudyError as problems:
    raise WorkflowError(f"The study cannot run.\n{problems}") from None

CONFIG = STUDY.config
BATCHES = batches({d: estimated_words(e.file, e.size) for d, e in STUDY.documents.items()})
LEXICON = CONFIG["lexicon"] or f"{LEXICONS}/themes.yaml"
ACTORS = ([CONFIG["actors"]] if CONFIG["actors"] else []) + [f"{LEXICONS}/actors.csv"]


def entries(batch):
    """What extraction needs to know of the documents of a batch."""
    return [
        {"document": d, "file": STUDY.documents[d].file, "language": STUDY.documents[d].metadata.get("language", "")}
        for d in BATCHES[batch]
    ]


def published(batch):
    """Dates of publication of the documents of a batch, where the study gives them."""
    dates = {d: STUDY.documents[d].metadata.get("published", "") for d in BATCHES[batch]}
    return {document: date for document, date in dates.items() if date}


def chosen(*keys):
    """The part of the configuration that a rule uses."""
    return {key: CONFIG[key] for key in keys}


wildcard_constraints:
    batch="all|[01]+",
