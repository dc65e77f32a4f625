"""Records what each job of a run takes. Python imports this file when it starts, if its folder is in PYTHONPATH."""

import os
import resource
import runpy
from pathlib import Path

_run_path = runpy.run_path


def _measured(path_name, *arguments, **options):
    """Run a script as `runpy.run_path` does, and add a line with its name, seconds of processor time and megabytes.

    Seconds are those of the job and of its copies, megabytes those of the largest of them.
    """
    try:
        return _run_path(path_name, *arguments, **options)
    finally:
        used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        seconds = sum(spent.ru_utime + spent.ru_stime for spent in used)
        megabytes = max(spent.ru_maxrss for spent in used) / 1024
        # The name of a script of Snakemake ends with that of the script in the rule: tmp1234.rates.py.
        name = Path(path_name).stem.rpartition(".")[2]
        line = f"{name} {seconds:.3f} {megabytes:.0f}\n"
        with Path(os.environ["MEASURED_JOBS"]).open("a", encoding="ascii") as stream:
            stream.write(line)


if "MEASURED_JOBS" in os.environ:
    runpy.run_path = _measured
