"""Jobs that run again although nothing that they read has changed take what they wrote before.

Snakemake runs a job again if an input was written again, even with the same bytes. An edit of the table of actors, for
instance, writes all measures again and changes few of them.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from framescope.cache import cache_key, remembered, write_whole
from framescope.contents import sha256_of

RECORD = "made.json"
# Begins each line that a job wrote to its log when it made the outputs.
EARLIER = "when this was made: "


@contextmanager
def made_once(job: Any, used: Mapping[str, Callable[[], Any]] = MappingProxyType({})) -> Iterator[bool]:
    """Whether a job has to make its outputs; if it made them last from the same inputs, parameters and code, they are
    written as they were then.

    `job` is what Snakemake gives to a script. Its parameter `last_made` names a folder in which each output has a
    second name, which takes no room where the file system has hard links, and says whether outputs are to be made
    `fresh` in any case. Outputs that were altered since are made again. What the job wrote to its log when it made them
    is in the log again, marked as `EARLIER`.

    `used` gives what the outputs depend on of an input, in place of all of it, or of something that is no input; None
    if that is not known. It is asked again after the outputs were made.
    """
    stated = _stated(job, used)
    folder = Path(job.params.last_made["folder"], job.rule, *job.wildcards)
    outputs = {str(place): Path(path) for place, path in enumerate(job.output)}
    last = {} if job.params.last_made["fresh"] else remembered(folder / RECORD)
    key = _key(stated, used)
    if key is not None and last.get("key") == key and _digests(folder, outputs) == last.get("outputs"):
        for name, path in outputs.items():
            _link(folder / name, path)
            # Snakemake asks for outputs that are newer than the inputs.
            os.utime(path)
        sys.stderr.writelines(EARLIER + line for line in last["log"].splitlines(keepends=True))
        yield False
        return
    yield True
    # The job may have had more outputs before.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, path in outputs.items():
        _link(path, folder / name)
    sys.stderr.flush()
    log = Path(job.log[0]).read_text(encoding="utf-8")
    record = {"key": _key(stated, used), "outputs": _digests(folder, outputs), "log": log}
    write_whole(folder / RECORD, json.dumps(record).encode())


def _stated(job: Any, without: Container[str]) -> str:
    """The digest of the code, the parameters and the inputs of a job, but for the inputs of these names."""
    inputs = [
        (name, [sha256_of(path) for path in ([files] if isinstance(files, str) else files)])
        for name, files in job.input.items()
        if name not in without
    ]
    settings = {name: value for name, value in job.params.items() if name not in ("last_made", "depends")}
    return cache_key(job.params.depends["code"], settings, inputs, list(map(str, job.output)))


def _key(stated: str, used: Mapping[str, Callable[[], Any]]) -> str | None:
    """The digest of all that the outputs of a job depend on, or None if a part of it is not known."""
    parts = {name: part() for name, part in used.items()}
    return None if None in parts.values() else cache_key(stated, parts)


def _digests(folder: Path, names: Iterable[str]) -> dict[str, str | None]:
    """The digests of files in a folder by name; None for a file that is missing."""
    return {name: sha256_of(folder / name) if (folder / name).is_file() else None for name in names}


def _link(file: Path, name: Path) -> None:
    """Give a file a second name, or make a copy where the file system has no hard links."""
    name.unlink(missing_ok=True)
    try:
        os.link(file, name)
    except OSError:
        shutil.copyfile(file, name)
