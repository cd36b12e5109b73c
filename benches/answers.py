"""Whether programs agree: every rate of a city, segment and item, and what stands beside it."""

import csv
from pathlib import Path


class Disagree(Exception):
    """Two programs that do not say the same."""


def of_wxstats(path: Path, beside: str) -> dict:
    """(city, segment, item) → (rate, `beside`), of a table as CSV; beside is a column: weighted_n or se."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "figure" and row["city"] != "*"]
    return {
        (row["city"], row["segment"], f"{row['feature']}.{row['action']}"): (float(row["estimate"]), float(row[beside]))
        for row in rows
    }


def of_peer(path: Path) -> dict:
    """The same, of a file of city, segment, item, rate and what stands beside it."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row[0], row[1], row[2]): (float(row[3]), float(row[4])) for row in csv.reader(file)}


def check(ours: dict, theirs: dict, tolerance: float) -> int:
    """How many figures both have, all within `tolerance` of each other, relatively; a peer may have fewer items."""
    items = {key[2] for key in theirs}
    expected = {key for key in ours if key[2] in items}
    if not expected or expected != set(theirs):
        raise Disagree(f"{len(expected)} figures here and {len(theirs)} there")
    for key in sorted(expected):
        for mine, other in zip(ours[key], theirs[key]):
            if abs(mine - other) > tolerance * max(abs(mine), abs(other)):
                raise Disagree(f"{key}: {mine!r} here and {other!r} there")
    return len(expected)
