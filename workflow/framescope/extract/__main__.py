"""Print how one document is read: python -m framescope.extract FILE."""

from __future__ import annotations

import signal
import sys

from framescope.document import ExtractionError
from framescope.extract.preview import to_markdown
from framescope.extract.reading import read


def main(arguments: list[str]) -> int:
    """Write the extraction of each file as Markdown, a refusal to the error stream; 1 if any was refused."""
    if not arguments or not all(arguments):
        print("Name a file: make text DOCUMENT=raw/paper.pdf", file=sys.stderr)
        return 2
    refused = 0
    for path in arguments:
        try:
            print(to_markdown(read(path)))
        except ExtractionError as error:
            print(error, file=sys.stderr)
            refused = 1
    return refused


if __name__ == "__main__":
    # A reader such as `head` may close the pipe: then there is nothing more to say.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
