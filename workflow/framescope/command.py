"""The command `framescope`, also called as `python -m framescope.command` where the package is not installed.

Each subcommand is a function of this module, and its options are in `parser`. The function imports the part of the
package that does the work only when it is called, so that the command starts quickly.
"""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
import webbrowser
from pathlib import Path

from framescope import VERSION
from framescope.problems import StudyError

SUGGESTIONS = Path("results", "term_suggestions.csv")


def new(options: argparse.Namespace) -> int:
    """Make the folder of a new study, with an example text and a config.yaml whose comments explain every key."""
    from framescope.running.creation import create

    create(options.new_folder)
    print(f"{options.new_folder}: a new study with an example text. Put your texts into its raw/, then run it:")
    print(f"    {Path(sys.argv[0])} run {shlex.quote(str(options.new_folder))}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Say what is wrong with a study, or what it has, without running anything."""
    from framescope.checking import what_would_run

    print(what_would_run(options.folder))
    return 0


def run(options: argparse.Namespace) -> int:
    """Run a study, or the part of it that makes some outputs."""
    from framescope.running.run import start

    return start(options.folder, options.cores, options.output, options.verbose, options.profile)


def unlock(options: argparse.Namespace) -> int:
    """Remove the lock that a killed run left behind."""
    from framescope.running.run import unlock

    return unlock(options.folder)


def open_report(options: argparse.Namespace) -> int:
    """Open the report of a study in the browser."""
    report = options.folder / "results" / "report.html"
    if not report.exists():
        raise StudyError([f"{report}: there is no report yet. Run the study first: framescope run {options.folder}"])
    print(report)
    return int(not opened(report))


def opened(page: Path) -> bool:
    """Open a page in the browser, and say so if there is none."""
    found = webbrowser.open(page.resolve().as_uri())
    if not found:
        print(f"No browser was found on this machine: open {page} in one.", file=sys.stderr)
    return found


def show(options: argparse.Namespace) -> int:
    """Print how documents are read, as Markdown, and refusals to standard error; the result is 1 if any is refused."""
    from framescope.document import ExtractionError
    from framescope.extract.preview import to_markdown
    from framescope.extract.reading import read

    # A program such as `head` may close the pipe early; the command then ends without a message.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    refused = 0
    for path in options.document:
        try:
            print(to_markdown(read(path)))
        except ExtractionError as error:
            print(error, file=sys.stderr)
            refused = 1
    return refused


def verify(options: argparse.Namespace) -> int:
    """Run a study again in an empty folder and name the first cell that differs."""
    from framescope.running.verification import verify

    return verify(options.folder, options.cores)


def package(options: argparse.Namespace) -> int:
    """Pack a finished study, its results and the code for a repository such as Zenodo, OSF or Dataverse."""
    from framescope.publish.package import write_package

    target = options.file or options.folder / "results" / "package.zip"
    paths = write_package(options.folder, target, not options.without_sources)
    print(f"{target}: {len(paths)} files. Fill in what is marked [AUTHOR: ...] in its README.md before you deposit it.")
    return 0


def code(options: argparse.Namespace) -> int:
    """Make the page on which people code a sample of a study, and open it in the browser."""
    from framescope.checking import lexicon_file
    from framescope.present.coding.page import write_coding_page
    from framescope.running.config_file import read_config

    config = read_config(options.folder / "config.yaml")
    own = config.get("lexicon")
    lexicon = lexicon_file(own, options.folder)
    page = write_coding_page(options.folder, lexicon, config.get("lexicon_format") if own else None, options.next)
    print(f"{page}: send it to each coder; it needs no network. Name the file that it saves under codes.")
    if not options.closed:
        opened(page)
    return 0


def suggest(options: argparse.Namespace) -> int:
    """Propose terms that the themes of a study's lexicon may lack, as a page and a table in its results."""
    from framescope.running.run import start

    ended = start(options.folder, options.cores, [str(SUGGESTIONS)])
    if not ended:
        print(f"{(options.folder / SUGGESTIONS).with_suffix('.md')}: write the terms that you accept into the lexicon.")
    return ended


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; the function of the chosen subcommand is the option `do`."""
    program = argparse.ArgumentParser(prog="framescope", description="Measure thematic emphasis in policy texts.")
    program.add_argument("--version", action="version", version=f"Framescope {VERSION}")
    commands = program.add_subparsers(required=True, metavar="COMMAND")

    study = argparse.ArgumentParser(add_help=False)
    study.add_argument(
        "folder", nargs="?", type=Path, default=Path(), help="a study: config.yaml and raw/ (default: .)"
    )
    cores = argparse.ArgumentParser(add_help=False)
    cores.add_argument("--cores", metavar="N", help="how many jobs run at a time (default: 2)")

    command = commands.add_parser("new", help="make the folder of a new study", description=new.__doc__)
    command.add_argument("new_folder", metavar="folder", type=Path, help="a folder that does not exist or is empty")
    command.set_defaults(do=new)
    command = commands.add_parser(
        "check", parents=[study], help="say what is wrong before a run", description=check.__doc__
    )
    command.set_defaults(do=check)
    command = commands.add_parser("run", parents=[study, cores], help="run a study", description=run.__doc__)
    command.add_argument("output", nargs="*", help="make only this, such as results/tables/hits.csv")
    command.add_argument("--verbose", action="store_true", help="show the output of Snakemake itself")
    command.add_argument(
        "--profile",
        default="default",
        help="where jobs run: slurm for a cluster, or a folder with settings of Snakemake (default: this machine)",
    )
    command.set_defaults(do=run)
    command = commands.add_parser(
        "unlock", parents=[study], help="remove a lock left behind", description=unlock.__doc__
    )
    command.set_defaults(do=unlock)
    command = commands.add_parser("open", parents=[study], help="open the report", description=open_report.__doc__)
    command.set_defaults(do=open_report)
    command = commands.add_parser("code", parents=[study], help="code sentences by hand", description=code.__doc__)
    command.add_argument("--next", action="store_true", help="of the sentences to code next, not of the first sample")
    command.add_argument("--closed", action="store_true", help="do not open it")
    command.set_defaults(do=code)
    command = commands.add_parser(
        "suggest", parents=[study, cores], help="propose terms for the lexicon", description=suggest.__doc__
    )
    command.set_defaults(do=suggest)
    command = commands.add_parser("show", help="print how a document is read", description=show.__doc__)
    command.add_argument("document", nargs="+", help="a source, such as raw/paper.pdf")
    command.set_defaults(do=show)
    command = commands.add_parser(
        "verify", parents=[study, cores], help="run again, compare", description=verify.__doc__
    )
    command.set_defaults(do=verify)
    command = commands.add_parser(
        "package", parents=[study], help="pack a study for a repository", description=package.__doc__
    )
    command.add_argument("--file", type=Path, help="the zip file to write (default: results/package.zip of the study)")
    command.add_argument(
        "--without-sources", action="store_true", help="leave the texts out, and give their digests instead"
    )
    command.set_defaults(do=package)
    return program


def main(arguments: list[str] | None = None) -> int:
    """Run the subcommand that the arguments name, and return the exit code: 0 on success; mistakes are printed."""
    options = parser().parse_args(arguments)
    try:
        return int(options.do(options))
    except StudyError as error:
        print(f"The study cannot run.\n{error}" if options.do is check else error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
