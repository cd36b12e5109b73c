"""Processes timed side by side: wall time and peak memory of each, in turns, so that a slow minute of the machine meets all."""

import json
import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Optional


@dataclass
class Run:
    """One process, from start to end."""

    seconds: float
    mebibytes: float


@dataclass
class Side:
    """One of the programs that do a task."""

    name: str
    command: list
    # What must be done before each turn and is not timed.
    before: Callable[[], None] = lambda: None
    # How much of the task one turn does: the time is divided by it. A peer that would take an hour does a part.
    part: float = 1.0
    # At most so many turns.
    turns: int = 99
    environment: dict = field(default_factory=dict)
    runs: list = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Median time of the whole task."""
        return statistics.median(run.seconds for run in self.runs) / self.part

    @property
    def mebibytes(self) -> float:
        """Median of the peaks of resident memory, as it was run."""
        return statistics.median(run.mebibytes for run in self.runs)


class Failed(Exception):
    """A process that did not succeed, with what it said."""


def run(command: list, environment: Optional[dict] = None, cwd: Optional[Path] = None) -> Run:
    """Runs one process. Of a peer that says `{"seconds": …}` on its last line, which is its time without start and imports, that
    time counts; of all others the time from start to end."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command], stdout=out, stderr=err, cwd=cwd, env={**os.environ, **(environment or {})}
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(max(0, out.seek(0, os.SEEK_END) - 200))
        last = out.read().decode(errors="replace").strip().rsplit("\n", 1)[-1]
        if child.returncode != 0:
            err.seek(0)
            said = err.read().decode(errors="replace")[-2000:]
            raise Failed(f"{' '.join(map(str, command[:4]))} …: exit code {child.returncode}\n{said}")
    if last.startswith('{"seconds":'):
        seconds = json.loads(last)["seconds"]
    return Run(seconds, usage.ru_maxrss / 1024)


def in_turns(sides: list, turns: int, cwd: Path) -> None:
    """A B C A B C …; a side whose turns are spent sits out."""
    for turn in range(turns):
        for side in sides:
            if turn < side.turns:
                side.before()
                side.runs.append(run(side.command, side.environment, cwd))
