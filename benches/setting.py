"""What a task is given ([`Setting`]) and what it gives back ([`Report`])."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from harness import Side


@dataclass
class Setting:
    """The program, the folder for data, and whether it is only a rehearsal."""

    program: Path
    folder: Path
    quick: bool

    def work(self, name: str) -> Path:
        """A path for what a task writes and nobody keeps."""
        (self.folder / "work").mkdir(exist_ok=True)
        return self.folder / "work" / name

    def wxstats(self, *arguments) -> list:
        """A call of the program, with a key of its own."""
        return [self.program, *arguments, "--key-file", self.folder / "key", "--quiet"]

    def turns(self, turns: int) -> int:
        return 1 if self.quick else turns


@dataclass
class Goal:
    """A figure against its goal and its stretch."""

    number: str
    text: str
    measured: float
    goal: float
    stretch: float = None
    unit: str = "×"
    # Whether the figure must not be above the goal, as times and memory; ratios must not be below.
    is_limit: bool = False

    @property
    def is_met(self) -> bool:
        return self.reaches(self.goal)

    def reaches(self, mark: float) -> bool:
        return self.measured <= mark if self.is_limit else self.measured >= mark

    def row(self) -> str:
        sign = "≤" if self.is_limit else "≥"
        mark = lambda value: "" if value is None else f"{sign} {value:g} {self.unit}"
        state = "missed" if not self.is_met else "met"
        if self.stretch is not None and self.reaches(self.stretch):
            state = "stretch met"
        return f"| {self.number} | {self.text} | {self.measured:.3g} {self.unit} | {mark(self.goal)} | {mark(self.stretch)} | {state} |"


@dataclass
class Report:
    """Goals, and a line for every program that ran."""

    goals: list = field(default_factory=list)
    lines: list = field(default_factory=list)

    def add(self, task: str, sides: list) -> None:
        self.lines += [(task, side.name, side.seconds, side.mebibytes, len(side.runs)) for side in sides]


def ratio(peer: Side, ours: Side) -> float:
    """How many times as long the peer takes."""
    return peer.seconds / ours.seconds


def size(path: Path) -> int:
    return os.stat(path).st_size
