"""Measure speed beside the bare language model: python benchmarks/speed.py [FOLDER] [--texts N] [--write PAGE]

A study of N texts is made of paragraphs drawn at random, with a fixed seed, from the sample study or from the .txt
files of FOLDER. It is run without earlier results, unchanged, after a text is added, and after a term and an actor are
added, each by a word that no text has and by one that some texts have. In the same run of this program the bare
pipeline of spaCy annotates the same paragraphs in two processes; the time to start it is not included. Figures are
seconds of elapsed time and seconds of processor time. Shares are of processor time, because other programs affect it
less.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
import yaml
from spacy.language import Language
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "workflow"))

import framescope  # noqa: E402
from framescope.actor_table import load_actors  # noqa: E402
from framescope.annotate.batch import annotate_dates  # noqa: E402
from framescope.annotate.dates import load_eras  # noqa: E402
from framescope.annotate.docs import (  # noqa: E402
    annotated,
    document_texts,
    findings,
    joined,
    stored,
    with_findings,
)
from framescope.annotate.model import load_model  # noqa: E402
from framescope.annotate.model_files import model_path  # noqa: E402
from framescope.annotate.names.find import annotate_names  # noqa: E402
from framescope.document import Document  # noqa: E402
from framescope.resources import LEXICONS  # noqa: E402

Row = tuple[str, str, str, str]

SEED = 1
WORDS = 850
HEADINGS = ("Introduction", "Background", "Analysis", "Policy Recommendations", "Conclusion")
PROCESSES = 2
# Words in small letters that may be terms, and words within a sentence that may be names.
TERM, NAME = re.compile(r"\b[a-z]{7,}\b"), re.compile(r"(?<=[a-z] )[A-Z][a-z]{4,}\b")
IN_PROCESS = "annotation of texts in one process, share of the model alone"
SAME_LIBRARY = "the same, if the model alone multiplies matrices with numpy too"
DATES = """
import sys, time
texts = sys.stdin.read().split(chr(0))
began = time.process_time()
from framescope.annotate.dates import find_dates_in_paragraphs
find_dates_in_paragraphs(texts[:1])
first = time.process_time()
find_dates_in_paragraphs(texts)
print(first - began, time.process_time() - first)
"""
# Starts a command and prints what it took. For Linux a process is at first as large as the one that started it, which
# therefore is a small one.
STARTING = """
import os, subprocess, sys, time
began = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
_, status, used = os.wait4(child.pid, 0)
print(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True)
class Spent:
    """What a program took: seconds on the clock, seconds of processor time, and megabytes of its largest process."""

    clock: float
    processor: float
    megabytes: float

    def in_figures(self) -> tuple[str, str]:
        """Seconds on the clock and of processor time, as the table has them."""
        return f"{self.clock:.1f}", f"{self.processor:.1f}"


def paragraphs_of(folder: Path | None) -> list[str]:
    """The paragraphs of the .txt files of a folder, or of the sample study."""
    if folder is not None:
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
        return [" ".join(piece.split()) for text in texts for piece in text.split("\n\n") if len(piece.split()) > 20]
    documents = [framescope.read(path) for path in sorted((ROOT / "raw").iterdir()) if path.suffix != ".csv"]
    paragraphs = [p.text for document in documents for section in document.sections for p in section.paragraphs]
    return [paragraph for paragraph in paragraphs if len(paragraph.split()) > 20]


def draw_text(paragraphs: list[str], draw: random.Random) -> str:
    """A text of about `WORDS` words: paragraphs drawn at random under headings."""
    pieces: list[str] = []
    while sum(len(piece.split()) for piece in pieces) < WORDS:
        pieces.append(draw.choice(paragraphs))
    step = -(-len(pieces) // len(HEADINGS))
    for place in range(step * ((len(pieces) - 1) // step), -1, -step):
        pieces.insert(place, HEADINGS[place // step])
    return "\n\n".join(pieces) + "\n"


def make_study(folder: Path, paragraphs: list[str], texts: int) -> None:
    """Write a study of so many texts, with a lexicon and a table of actors of its own that can be edited."""
    draw = random.Random(SEED)
    (folder / "raw").mkdir(parents=True)
    for number in range(texts):
        (folder / "raw" / f"text-{number:05d}.txt").write_text(draw_text(paragraphs, draw), encoding="utf-8")
    shutil.copy(LEXICONS / "themes.yaml", folder)
    (folder / "actors.csv").write_text("surface,id,kind\nUtopia,utopia,organisation\n", encoding="utf-8")
    config = {"title": "Speed", "lexicon": "themes.yaml", "actors": "actors.csv"}
    (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")


def run(command: list[str]) -> Spent:
    """What a command takes, with all processes that it starts. Raises CalledProcessError where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "workflow")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    starting = [sys.executable, "-c", STARTING, *command]
    said = subprocess.run(starting, env=environment, capture_output=True, text=True, check=True).stdout
    return Spent(*map(float, said.split()))


def run_study(study: Path) -> Spent:
    """What a run of the study takes."""
    return run([sys.executable, "-m", "framescope.command", "run", str(study), "--cores", str(PROCESSES)])


def bare_processes(study: Path) -> tuple[float, float]:
    """Seconds on the clock and of processor time of the bare pipeline in two processes that share the study's texts."""
    commands = [[sys.executable, __file__, "--bare", str(study), "--part", str(part)] for part in range(PROCESSES)]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    figures = [[float(figure) for figure in child.communicate()[0].split()] for child in children]
    return max(clock for clock, _ in figures), sum(processor for _, processor in figures)


def bare_model() -> Language:
    """The language model as its package has it, with all of its components and nothing of Framescope."""
    return spacy.load(model_path("en_core_web_md"))


def print_bare(study: Path, part: int) -> None:
    """Annotate one part of a study's texts and print seconds on the clock and of processor time."""
    files = sorted((study / "raw").glob("*.txt"))[part::PROCESSES]
    texts = [piece for file in files for piece in file.read_text(encoding="utf-8").split("\n\n")]
    pipeline = bare_model()
    clock, processor = time.monotonic(), time.process_time()
    for _ in pipeline.pipe(texts, batch_size=64):
        pass
    print(time.monotonic() - clock, time.process_time() - processor)


def share_in_process(documents: list[Document], theirs: Language, times: int = 3) -> float:
    """Processor time of a model alone, `theirs`, over that of annotating documents, the best of some runs of each.

    Annotating is the model, names, dates, packing and merging: all that the job of a batch does beside its start.
    """
    pipeline = load_model()
    actors, eras = load_actors(LEXICONS / "actors.csv"), load_eras(LEXICONS / "eras.csv")
    texts = [text for document in documents for text, _ in document_texts(document)]

    def bare() -> None:
        for _ in theirs.pipe(texts, batch_size=64):
            pass

    def ours() -> None:
        stores = []
        begun = [annotated(document, pipeline) for document in documents]
        for docs in begun:
            store = stored(docs)
            store.to_bytes()
            annotate_names(docs, actors)
            annotate_dates(docs, None, eras)
            stores.append(with_findings(store, findings(docs)))
        joined(stores)

    # As in the jobs of a study: threads that wait for each other would take processor time.
    with threadpool_limits(1):
        for work in (bare, ours):
            work()
        spent = {work: min(_processor_time(work) for _ in range(times)) for work in (bare, ours)}
    return spent[bare] / spent[ours]


def _processor_time(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def speed_of_dates(paragraphs: list[str]) -> tuple[float, float]:
    """Seconds of the first call in a process, with the import of its modules, and words a second from then on."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "workflow")}
    command = [sys.executable, "-c", DATES]
    given = "\0".join(paragraphs)
    said = subprocess.run(command, input=given, capture_output=True, text=True, check=True, env=environment).stdout
    first, others = map(float, said.split())
    return first, sum(len(paragraph.split()) for paragraph in paragraphs) / others


def word_of_some(paragraphs: list[str], form: re.Pattern[str], known: str) -> str:
    """The word of a form that nearest to one paragraph in fifty has, and that is not in the text `known`."""
    having = Counter(word for paragraph in paragraphs for word in set(form.findall(paragraph)))
    return min((abs(50 * number - len(paragraphs)), word) for word, number in having.items() if word not in known)[1]


def add_term(study: Path, word: str) -> None:
    """Add a term to the first theme of the study's lexicon."""
    path = study / "themes.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^( +)- ", rf"\1- {word}\n\1- ", text, count=1, flags=re.MULTILINE), encoding="utf-8")


def add_actor(study: Path, word: str) -> None:
    """Add an actor to the study's table of actors."""
    with (study / "actors.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"{word},{word.lower()},organisation\n")


def edits(study: Path, paragraphs: list[str]) -> Iterator[Row]:
    """Rows for a study to which terms and actors are added, one after another."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((study / "raw").glob("*.txt"))]
    for what, add, form, own in (
        ("a term", add_term, TERM, "themes.yaml"),
        ("an actor", add_actor, NAME, "actors.csv"),
    ):
        known = (study / own).read_text(encoding="utf-8") + (LEXICONS / own).read_text(encoding="utf-8")
        for word in ("Arcadia", word_of_some(paragraphs, form, known)):
            having = sum(re.search(rf"\b{word}\b", text) is not None for text in texts)
            add(study, word)
            yield f"{what} added that {having} of {len(texts)} texts have", *run_study(study).in_figures(), ""


def measure(paragraphs: list[str], texts: int, folder: Path) -> Iterator[Row]:
    """Rows of the table: the work, seconds on the clock, seconds of processor time, share of the bare model's."""
    sample = documents_of_sample(paragraphs, folder)
    yield IN_PROCESS, "", "", f"{share_in_process(sample, bare_model()):.2f}"
    yield SAME_LIBRARY, "", "", f"{share_in_process(sample, load_model()):.2f}"
    first, words = speed_of_dates(paragraphs)
    yield "dates, first call of a process", "", f"{first:.2f}", ""
    yield f"dates, {words:,.0f} words a second from then on", "", "", ""
    study, article = folder / "study", folder / "article"
    make_study(study, paragraphs, texts)
    make_study(article, paragraphs, 1)
    added = draw_text(paragraphs, random.Random(SEED + 1))
    clock, bare = bare_processes(study)
    yield f"bare model, {texts} texts, {PROCESSES} processes", f"{clock:.1f}", f"{bare:.1f}", "1.00"
    spent = run_study(study)
    share = f"{bare / spent.processor:.2f}"
    yield f"{texts} texts from nothing; largest process {spent.megabytes:,.0f} MB", *spent.in_figures(), share
    yield f"nothing changed, {texts} texts", *run_study(study).in_figures(), ""
    (study / "raw" / "added.txt").write_text(added, encoding="utf-8")
    yield f"a text added to {texts}", *run_study(study).in_figures(), ""
    yield from edits(study, paragraphs)
    yield "one text from nothing", *run_study(article).in_figures(), ""
    (article / "raw" / "added.txt").write_text(added, encoding="utf-8")
    yield "a second text added", *run_study(article).in_figures(), ""


def documents_of_sample(paragraphs: list[str], folder: Path) -> list[Document]:
    """Ten texts, read."""
    make_study(folder / "sample", paragraphs, 10)
    return [framescope.read(path) for path in sorted((folder / "sample" / "raw").glob("*.txt"))]


def further_parts(page: Path) -> str:
    """What a page has from its first heading of the second level on, which is measured by other programs."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    return "".join(text.partition("\n## ")[1:])


def as_markdown(rows: list[Row], command: str, others: float, further: str) -> str:
    """The page docs/performance.md: the table, and the `further` parts of the page.

    `others` is the load of the machine before this program began.
    """
    processor = platform.processor() or platform.machine()
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"""# Speed

<!-- Written by benchmarks/speed.py: change it there. -->

{__doc__.partition(chr(10) * 2)[2].strip()}

Measured with `{command}` on {os.cpu_count()} processors ({processor}, Python {platform.python_version()}).
In the quarter of an hour before, {others:.1f} programs ran or waited for a processor on average (its load).

| work | s, clock | s, processor | share of the bare model |
| --- | ---: | ---: | ---: |
{table}
If a kind of work has no row, the run ended before it. The figures of different machines, or of different days on one
machine, cannot be compared; the shares within one run can. A test fails if the second share in one process, which
depends less on the kind of processor than the first, falls by a third (`tests/unit/test_speed.py`).
{further}"""


def main() -> None:
    """Print the table, and write the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--part", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bare:
        print_bare(given.bare, given.part)
        return
    named = [] if given.folder is None else ["FOLDER"]
    command = " ".join(["python benchmarks/speed.py", *named, f"--texts {given.texts}"])
    rows: list[Row] = []
    _, _, others = os.getloadavg()
    with tempfile.TemporaryDirectory() as folder:
        for row in measure(paragraphs_of(given.folder), given.texts, Path(folder)):
            rows.append(row)
            print(*row, sep=" | ", flush=True)
            # Written after each row: a run that is stopped leaves what it has measured.
            if given.write:
                page = as_markdown(rows, command, others, further_parts(given.write))
                given.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
