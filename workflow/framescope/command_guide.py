"""The reference of the command, docs/command.md, generated from its parser."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from framescope.command import parser

FILE = Path(__file__).parents[2] / "docs" / "command.md"
BEFORE = """# The command

Generated from `workflow/framescope/command.py` by `make docs`. `./install.sh` and `make` put the command into
`.venv/bin`, and most targets of `make` call it. Its exit code is 0 if it did what it says, 1 if not, and 2 if its
arguments were not understood.
"""


def command_guide() -> str:
    """The text of docs/command.md: for each subcommand what it does, and a table of its arguments."""
    subcommands = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)).choices
    return BEFORE + "".join("\n".join(_section(name, of)) + "\n" for name, of in subcommands.items())


def _section(name: str, of: argparse.ArgumentParser) -> Iterator[str]:
    yield f"\n## framescope {name}\n\n{of.description}\n"
    yield "| argument | meaning |\n| --- | --- |"
    for action in of._actions:
        if not isinstance(action, argparse._HelpAction):
            called = action.option_strings[0] if action.option_strings else str(action.metavar or action.dest)
            value = f" {action.metavar or action.dest.upper()}" if action.option_strings and action.nargs != 0 else ""
            yield f"| `{called}{value}` | {action.help} |"


if __name__ == "__main__":
    FILE.write_text(command_guide(), encoding="utf-8")
