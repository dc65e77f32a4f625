"""Run a study: lock it, start the workflow engine, show one line for each stage, and print a closing message."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import FrameType

from framescope.defaults import default
from framescope.housekeeping import MADE_FILE
from framescope.logs import EVENTS
from framescope.problems import StudyError
from framescope.resources import LEXICONS
from framescope.running import locks
from framescope.running.config_file import read_config
from framescope.running.preloading import CHANNEL, Step, start_process
from framescope.running.screen import Screen

WORKFLOW = Path(__file__).resolve().parents[2]
SNAKEFILE = WORKFLOW.parent / "Snakefile"
PROFILES = WORKFLOW / "profiles"
DEFAULT_PROFILE = "default"
# The program that starts the engine. The path is passed with -c, because a colon in the name of a folder would split
# PYTHONPATH. Without the last lines the engine would end up to a second later: it leaves a timer that it waits for, and
# the collector of garbage visits all of its objects.
START = """
import gc, sys, threading
sys.path.append(sys.argv.pop(1))
from snakemake.cli import main
try:
    sys.exit(main())
finally:
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()
    gc.freeze()
"""
# Snakemake limits the jobs that start in a second: a second after each time that it chose jobs it looks whether it may
# start more. It then chooses again, and so more and more often: 300 times in a run of 87 seconds that needed 26. On the
# machine that it runs on there is no limit to keep.
UNLIMITED = ("--max-jobs-per-timespan", "1000000/1h")
GRACE_SECONDS = 10
STOPPED = "Stopped. What is finished is kept: say make again to go on."


def start(
    study: Path,
    cores: str | None = None,
    outputs: Sequence[str] = (),
    verbose: bool = False,
    profile: str = DEFAULT_PROFILE,
) -> int:
    """Run a study, or only the part that makes some outputs; the result is 0 on success, 130 if stopped, else 1.

    `cores` is the number of jobs at a time, by default that of the profile: one that comes with Framescope, by its
    name, or a folder with the settings of the engine in config.yaml.
    """
    if not SNAKEFILE.is_file():
        print(
            f"{WORKFLOW} has the package alone. To run a study, install the whole project: ./install.sh",
            file=sys.stderr,
        )
        return 1
    settings = profile_folder(profile)
    if settings is None:
        print(no_profile(profile), file=sys.stderr)
        return 1
    handle, refusal = _held(study)
    refusal = refusal or not_yaml(study / "config.yaml") or cleared(study)
    if handle is None or refusal:
        print(refusal, file=sys.stderr)
        return 1
    given = [*(["--cores", cores] if cores else []), *(UNLIMITED if profile == DEFAULT_PROFILE else [])]
    asked = ["--workflow-profile", str(settings), *given, "--", *outputs]
    return run(study, handle, asked, verbose)


def profile_folder(profile: str) -> Path | None:
    """The folder of a profile, given as a folder or by the name of one that comes with Framescope; None if neither."""
    folders = (Path(profile).absolute(), PROFILES / profile)
    return next((folder for folder in folders if (folder / "config.yaml").is_file()), None)


def no_profile(profile: str) -> str:
    """The message about a profile that does not exist."""
    ours = ", ".join(sorted(path.parent.name for path in PROFILES.glob("*/config.yaml")))
    return (
        f"--profile {profile}: there is no such profile. Expected one of Framescope's ({ours}) or a folder "
        "with a config.yaml for Snakemake."
    )


def not_yaml(config: Path) -> str:
    """The message about a config.yaml that is not YAML, for which that of the engine has no line; else empty."""
    try:
        read_config(config)
    except StudyError as error:
        return f"The study cannot run.\n{error}"
    return ""


def unlock(study: Path) -> int:
    """Remove the lock that a killed run left behind; the result is 1 if another run is still going on."""
    _, refusal = _held(study)
    print(refusal or unlocked(study))
    return int(bool(refusal))


def _held(study: Path) -> tuple[int | None, str]:
    """The handle that locks a study until this process ends, or None and a message for the user."""
    if not study.is_dir():
        return None, f"{study}: no such folder. A study is a folder with config.yaml and raw/."
    try:
        handle = locks.hold(study)
    except OSError as error:
        return None, f"{study}: the folder of the study cannot be written ({error.strerror})."
    return handle, going_on(locks.last_run(study)) if handle is None else ""


def going_on(other: locks.Run | None) -> str:
    """The message for a user whose study is locked by another run."""
    facts = f"since {other.since}, process {other.process} on {other.machine}" if other else "it has just begun"
    return f"Another run of this study is going on ({facts}). Wait for it, or stop it with Ctrl-C where it runs."


def unlocked(study: Path) -> str:
    """Remove the engine's lock of a study that this process has locked, and return a message about it."""
    if not locks.engine_locks(study):
        return "The study is not locked."
    locks.remove_engine_locks(study)
    return "The lock is removed."


def cleared(study: Path) -> str:
    """Remove the engine's lock if a run that has ended left it behind; a message if that is uncertain, else empty."""
    if not locks.engine_locks(study):
        return ""
    other = locks.last_run(study)
    if other is not None and locks.left_behind(study):
        locks.remove_engine_locks(study)
        print(f"The run of {other.since} (process {other.process}) was ended before its time; its lock is removed.")
        return ""
    return (
        "The study is locked, by a run that is going on elsewhere or was killed as it began. If none is going on, "
        f"remove the lock: make unlock STUDY='{study}'"
    )


def run(study: Path, handle: int, asked: list[str], verbose: bool) -> int:
    """Start the engine on a study that the handle locks, show its progress, and leave no process and no lock."""
    stopped: list[int] = []
    groups: list[int] = []

    def end(number: int) -> None:
        for group in groups:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, number)

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.append(number)
        end(signal.SIGKILL if len(stopped) > 1 or number == signal.SIGALRM else signal.SIGTERM)
        signal.alarm(GRACE_SECONDS)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
        signal.signal(number, stop)
    loading, channel = None, None
    if sys.platform == "linux" and has_changed(study):
        loading, channel = start_process(sys.executable, study, True, *loaded_ahead(study))
    child = _engine(study, handle, channel.fileno() if channel else None, asked, verbose)
    if channel:
        channel.close()
    groups.extend(process.pid for process in (child, loading) if process)
    if stopped:
        end(signal.SIGKILL)
    screen = Screen(study, sys.stdout, time.monotonic)
    for line in child.stdout or ():
        if not stopped:
            screen.take(line)
    code = child.wait()
    signal.alarm(0)
    if loading and not stopped:
        wait_for(loading)
    end(signal.SIGKILL)
    if loading:
        loading.wait()
    other = locks.last_run(study)
    if other is not None and other.process == child.pid:
        locks.remove_engine_locks(study)
    if stopped:
        screen.stop(STOPPED)
        return 128 + signal.SIGINT
    screen.close(failed=code != 0 and not verbose)
    return int(code != 0)


def wait_for(loading: subprocess.Popen[bytes]) -> None:
    """Wait for the process that loads what jobs need, which ends with the engine, but not for long.

    Only if it has ended by itself is the processor time of its jobs part of that of this program.
    """
    with contextlib.suppress(subprocess.TimeoutExpired):
        loading.wait(GRACE_SECONDS)


def loaded_ahead(study: Path) -> tuple[list[Step], list[Step]]:
    """If the study has new texts, the step that loads its language model, and what is loaded for other jobs too: its
    tables of actors."""
    if not has_changed(study, texts_alone=True):
        return [], []
    config = read_config(study / "config.yaml")
    model, level, own = (config.get(key, default(key)) for key in ("model", "annotate", "actors"))
    actors = [path for path in (own, f"{LEXICONS}/actors.csv") if path]
    prepare = ("framescope.annotate.batch", "prepare_names_and_dates", level, "", *actors)
    return [("framescope.annotate.batch", "loaded_model", model, level)], [prepare]


def has_changed(study: Path, texts_alone: bool = False) -> bool:
    """Whether a file of the study is newer than its results, or was removed from raw/ since.

    With `texts_alone` only raw/ is looked at.

    Files in folders other than raw/, and behind links, are not looked at: this decides only what is loaded in advance.
    The run itself says what cannot be read.
    """
    try:
        made = (study / MADE_FILE).stat().st_mtime_ns
        own = (e for e in os.scandir(study) if e.name == "raw" or (e.is_file() and not texts_alone))
        return any(entry.stat().st_mtime_ns > made for entry in chain(own, _inside(study / "raw")))
    except OSError:
        return True


def _inside(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    for entry in os.scandir(folder):
        yield entry
        if entry.is_dir(follow_symlinks=False):
            yield from _inside(entry.path)


def _engine(study: Path, handle: int, channel: int | None, asked: list[str], verbose: bool) -> subprocess.Popen[str]:
    """The engine as a child process; unless `verbose`, its output is the events that `Screen` takes.

    `channel` leads to the process that loads what jobs need, if it has been started.
    """
    command = [sys.executable, "-c", START, str(WORKFLOW), "--snakefile", str(SNAKEFILE)]
    command += ["--directory", str(study)]
    command += [] if verbose else ["--logger", "framescope"]
    given = {locks.HANDLE: handle} | ({CHANNEL: channel} if channel is not None else {})
    told = {name: str(number) for name, number in given.items()} | ({} if verbose else {EVENTS: "1"})
    return subprocess.Popen(
        [*command, *asked],
        env=os.environ | told,
        stdin=subprocess.DEVNULL,
        stdout=None if verbose else subprocess.PIPE,
        stderr=None if verbose else subprocess.STDOUT,
        pass_fds=list(given.values()),
        # The child has its own process group, so that Ctrl-C reaches only this process, which then ends them all.
        start_new_session=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
