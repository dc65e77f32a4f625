"""A cluster for tests: Slurm with two nodes, both on this machine, from the programs that the system has."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

PROGRAMS = ("slurmctld", "slurmd", "munged", "mungekey", "squeue", "sbatch")
# Inside a job Slurm's own commands find their configuration nowhere else.
SYSTEM = Path("/etc/slurm")
NODES = ("n1", "n2")
CONFIGURATION = """
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CredType=cred/munge
SlurmctldPort=16817
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmdPidFile={folder}/run/slurmd.%n.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdLogFile={folder}/log/slurmd.%n.log
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=sched_interval=2,bf_interval=2
ReturnToService=2
SlurmdTimeout=20
SlurmctldTimeout=10
KillWait=5
MinJobAge=3600
MpiDefault=none
SlurmdParameters=config_overrides
NodeName=n[1-2] NodeHostname={host} NodeAddr=127.0.0.1 Port=[17001-17002] CPUs=1 RealMemory=16000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""
# What a user adds to the profile for this cluster, which keeps no accounts.
SITE = {
    "slurm-status-command": "squeue",
    "slurm-no-account": True,
    "slurm-init-seconds-before-status-checks": 2,
    "seconds-between-status-checks": 2,
    "latency-wait": 10,
}


def obstacle() -> str:
    """Why such a cluster cannot be started here; empty if it can."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        return f"Slurm and munge are not installed: {', '.join(missing)} not found"
    if sys.platform != "linux" or os.geteuid() != 0:
        return "Slurm's programs can only be started by the administrator of a Linux system"
    if (SYSTEM / "slurm.conf").exists():
        return f"this machine belongs to a cluster: {SYSTEM}/slurm.conf exists"
    return ""


class Cluster:
    """A running cluster whose files are below a folder. A node has one processor, so that two jobs need two nodes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("etc", "spool", "state", "log", "run", "munge"):
            (folder / name).mkdir()
        (folder / "munge").chmod(0o755)
        text = CONFIGURATION.format(host=platform.node(), folder=folder)
        (folder / "etc" / "slurm.conf").write_text(text, encoding="utf-8")
        (folder / "etc" / "cgroup.conf").write_text("CgroupPlugin=disabled\n", encoding="utf-8")
        SYSTEM.mkdir(exist_ok=True)
        self._links = [SYSTEM / path.name for path in (folder / "etc").iterdir()]
        for link in self._links:
            link.unlink(missing_ok=True)
            link.symlink_to(folder / "etc" / link.name)
        munge = folder / "munge"
        _run("mungekey", "--create", "--keyfile", munge / "key")
        files = {"key-file": "key", "socket": "socket", "pid-file": "pid", "log-file": "log", "seed-file": "seed"}
        _run("munged", "--force", *(f"--{option}={munge / name}" for option, name in files.items()))
        _run("slurmctld", "-c")
        for node in NODES:
            _run("slurmd", "-N", node)
        wait_for(lambda: _said("sinfo", "--noheader", "--states=idle", "--format=%D") == str(len(NODES)))

    def jobs(self, node: str) -> list[str]:
        """The numbers of the jobs that run on a node."""
        return _said("squeue", "--noheader", "--states=running", f"--nodelist={node}", "--format=%A").split()

    def kill(self, node: str) -> None:
        """End a node as a power cut would: its daemon and the processes of its jobs."""
        ended = [f"slurmstepd: [{job}." for job in self.jobs(node)]
        os.kill(int((self._folder / "run" / f"slurmd.{node}.pid").read_text()), signal.SIGKILL)
        for process in psutil.process_iter(["cmdline"]):
            if " ".join(process.info["cmdline"] or ()).startswith(tuple(ended)):
                for each in [process, *process.children(recursive=True)]:
                    each.kill()

    def stop(self) -> None:
        """End all programs of the cluster and remove its links from the system's folder."""
        for path in [*(self._folder / "run").glob("*.pid"), self._folder / "munge" / "pid"]:
            process = int(path.read_text())
            if psutil.pid_exists(process):
                os.kill(process, signal.SIGTERM)
        for link in self._links:
            link.unlink()


def wait_for(condition: Callable[[], object], seconds: float = 120) -> None:
    """Wait until a condition holds. Raises: AssertionError if it does not within some seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=60)


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()
