"""The command `framescope`: what people start; `python -m framescope.command` where the package is not installed.

A subcommand is a function here with its options in `parser`; what it does is in the room that it belongs to, which is
loaded only when it is asked for.
"""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from framescope import VERSION


def run(options: argparse.Namespace) -> int:
    """Run a study, or the part of it that makes some outputs."""
    from framescope.run import start

    return start(options.folder, options.cores, options.output, options.verbose)


def unlock(options: argparse.Namespace) -> int:
    """Remove the lock that a killed run left behind."""
    from framescope.run import unlock

    return unlock(options.folder)


def show(options: argparse.Namespace) -> int:
    """Print how documents are read, as Markdown; a refusal goes to the error stream, and 1 says that there was one."""
    from framescope.document import ExtractionError
    from framescope.extract.preview import to_markdown
    from framescope.extract.reading import read

    # A reader such as `head` may close the pipe: then there is nothing more to say.
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
    """Run a study anew in an empty folder and name the first cell that differs."""
    from framescope.running.verification import verify

    return verify(options.folder, options.cores)


def parser() -> argparse.ArgumentParser:
    """What can be asked for: a subcommand, its options, and its function as `do`."""
    whole = argparse.ArgumentParser(prog="framescope", description="Measure thematic emphasis in policy texts.")
    whole.add_argument("--version", action="version", version=f"Framescope {VERSION}")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    study = argparse.ArgumentParser(add_help=False)
    study.add_argument(
        "folder", nargs="?", type=Path, default=Path(), help="a study: config.yaml and raw/ (default: .)"
    )
    cores = argparse.ArgumentParser(add_help=False)
    cores.add_argument("--cores", metavar="N", help="how many jobs run at a time (default: 2)")

    each = commands.add_parser("run", parents=[study, cores], help="run a study", description=run.__doc__)
    each.add_argument("output", nargs="*", help="make only this, such as results/tables/hits.csv")
    each.add_argument("--verbose", action="store_true", help="show the output of Snakemake itself")
    each.set_defaults(do=run)
    each = commands.add_parser("unlock", parents=[study], help="remove a lock left behind", description=unlock.__doc__)
    each.set_defaults(do=unlock)
    each = commands.add_parser("show", help="print how a document is read", description=show.__doc__)
    each.add_argument("document", nargs="+", help="a source, such as raw/paper.pdf")
    each.set_defaults(do=show)
    each = commands.add_parser("verify", parents=[study, cores], help="run anew, compare", description=verify.__doc__)
    each.set_defaults(do=verify)
    return whole


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments ask for; the exit code, 0 where all went well."""
    options = parser().parse_args(arguments)
    return int(options.do(options))


if __name__ == "__main__":
    sys.exit(main())
