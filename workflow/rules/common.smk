"""
Definitions that all rules use: the study, its batches, and its data files.
The package framescope is imported from where it is installed, or else from beside the Snakefile that includes this file.
"""

import shlex
import sys
from pathlib import Path

from snakemake.io import AnnotatedString

from framescope.annotate.device import device_notice
from framescope.annotate.levels import NONE
from framescope.batches import batches
from framescope.problems import StudyError
from framescope.resources import LEXICONS, PACKAGE, STORY
from framescope.codes.reading import stated_codes
from framescope.contents import Contents
from framescope.corpora.parts import parts_of
from framescope.corpora.register import Register
from framescope.digest import Code, memory_of_code
from framescope.housekeeping import (
    MADE_FILE,
    Made,
    closing_line,
    path_for_engine,
    prune_cache,
    remove_obsolete,
    version_file,
)
from framescope.checking import checked_study, lexicon_file
from framescope.running.locks import enter
from framescope.logs import say, send
from framescope.present.figures import declared_figures
from framescope.records import is_worth_a_retry
from framescope.running.preloading import EVERY_JOB, Preloading, imports_of
from framescope.running.screen import plan, stage_of
from framescope.table_schemas import files_made_by, is_large, table_schemas

CODE = Code(memory_of_code("results/cache"))
CONTENTS = Contents("results/cache/contents.json")
TABLES_MEMORY = "results/cache/tables"
MADE = Made(MADE_FILE, CONTENTS)
# Scripts are run by copies of one process, which loads what they need once (framescope.running.preloading).
PRELOADING = Preloading(sys.executable)
# Snakemake does not quote the path of the interpreter in a shell command; it may contain spaces.
sys.executable = shlex.quote(sys.executable)

# Jobs that may take long while no other job can run work in up to so many processes, but never more than cores.
COPIES = 8
# The priority of jobs for which the longest jobs after them wait.
FIRST = 1


try:
    STUDY = checked_study(config, memory=TABLES_MEMORY)
    CONFIG = STUDY.config
except StudyError as problems:
    raise WorkflowError(f"The study cannot run.\n{problems}") from None


def file_of_study(path):
    """A file of the study or of Framescope as an input that gets no prefix when the workflow is used as a module."""
    return local(path_for_engine(path))


def own_and_ours(key):
    """The study's own file of a kind, if it has one, and the one that comes with Framescope."""
    return [path for path in (CONFIG[key], f"{LEXICONS}/{key}.csv") if path]


LEXICON = file_of_study(str(lexicon_file(CONFIG["lexicon"])))
LEXICON_FORMAT = CONFIG["lexicon_format"] if CONFIG["lexicon"] else None
ACTORS = [file_of_study(path) for path in own_and_ours("actors")]
ERAS = [file_of_study(path) for path in own_and_ours("eras")]
DOCUMENTS = STUDY.documents
WORDS = DOCUMENTS.estimated_words()
BATCHES = batches(WORDS)
# Whether the longest tables are Parquet alone.
LARGE = is_large(sum(WORDS.values()))
# Of a million documents they take much memory.
del WORDS
REGISTER = Register(DOCUMENTS, BATCHES)
REGISTER_FILE = "results/cache/documents.parquet"

# How jobs find what they wrote last, which they take again if nothing that they read has changed.
LAST_MADE = {"folder": "results/cache/made", "fresh": CONFIG["fresh"]}


def chosen(*keys):
    """The part of the configuration that a rule uses."""
    return {key: CONFIG[key] for key in keys}


def sources(batch):
    """The files of the documents of a batch and their parts, but for rows of tables, whose digests the register has."""
    files = REGISTER.files(batch)
    return files + [str(part) for file in files for part in parts_of(Path(file))]


def script_of(written):
    """The file of a script, from its path as a rule has it."""
    return PACKAGE.parent / "scripts" / Path(written).name


def shared_by(rule, model_works):
    """The steps that load what the jobs of a rule share; the model only if it has new texts to work on."""
    level, model = CONFIG["annotate"], CONFIG["model"]
    prepare = ("framescope.annotate.batch", "prepare_names_and_dates", level)
    digest = [("framescope.annotate.model_files", "model_digest", model)] if level != NONE else []
    loaded = {
        "extract": [("framescope.extract.language", "identifier")],
        "annotate": [*digest, (*prepare, model if model_works else "", *ACTORS)],
        "measures": [(*prepare, "", *ACTORS)],
        "matches": [(*prepare, "", *ACTORS), ("framescope.themes.formats", "load_lexicon", LEXICON, LEXICON_FORMAT)],
    }
    return [*imports_of(script_of(rule.script)), *loaded.get(rule.name, [])]


def loaded_once(needed):
    """The steps for the scripts of the rules that a run needs, in the order of the rules."""
    model_works = any(rule.name == "extract" for rule in needed)
    return {
        script_of(rule.script).stem: [*EVERY_JOB, *shared_by(rule, model_works)]
        for rule in workflow.rules
        if rule in needed
    }


def made_by(rule, **captions):
    """The files of the tables that a rule makes, by name; tables for readers also go into Snakemake's own report.

    Tables of mentions are left out of that report, because it contains its files whole and these tables are long.
    """
    files = files_made_by(rule, LARGE)
    shown = {
        table.name: report(
            table.file,
            caption=captions.get(table.name, "../report/table.rst"),
            category="Tables",
            subcategory=table.report,
            labels={"table": table.name, "one row is": table.row, "what it says": table.about},
        )
        for table in table_schemas().values()
        if table.name in files and table.made_by == rule and table.report != "Mentions"
    }
    return files | shown


def depends_on(rule, *files, of_batch=None):
    """A parameter of all rules, which holds what outputs depend on besides settings and the times of inputs.

    It contains the digest of all code that the script can reach; the digests of files that users may replace, because
    a new file may have an older time; and how many times an output was made again after an edit or for another try.
    """
    code, contents = CODE.of_script(rule), [CONTENTS.sha256(file) for file in files]

    # Snakemake ignores changes of parameters that are functions of outputs, so that these are named from the rule.
    def depends(wildcards):
        batch = [CONTENTS.sha256(file) for file in of_batch(wildcards.batch)] if of_batch else []
        outputs = expand([name_of(file) for file in getattr(rules, rule).output], **dict(wildcards.items()))
        return {"code": code, "contents": contents + batch, "made_anew": MADE.anew(outputs)}

    return depends


def steps():
    """Each rule of a run with its script, the digest of its code, and the files that it reads and writes."""
    made = {}
    for step in workflow.rules:
        script = PACKAGE.parent / "scripts" / Path(str(step.script)).name
        if step.script and script.is_file():
            files = {"inputs": general_names(step.input), "outputs": general_names(step.output)}
            made[step.name] = {
                "script": f"workflow/scripts/{script.name}",
                "code": CODE.of_script(script.stem),
                **files,
            }
    return made


def name_of(file):
    """The path of a file in the study, also if the file is kept in an object storage."""
    stored = file.flags.get("storage_object") if isinstance(file, AnnotatedString) else None
    prefix = workflow.storage_settings.default_storage_prefix
    return str(Path(stored.query).relative_to(prefix)) if stored else str(file)


def general_names(files):
    """Paths relative to the study or to Framescope, in order, with {batch} for the name of a batch."""
    inside = [name_of(file).removeprefix(f"{PACKAGE.parents[1]}/") for file in files if isinstance(file, str)]
    batches = {"text": "{batch}", "annotated": "{batch}"}
    return sorted({str(Path(f).with_stem(batches.get(Path(f).parent.name, Path(f).stem))) for f in inside})


wildcard_constraints:
    batch="all|[01]+",
