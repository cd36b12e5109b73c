"""The benchmark: `wxstats` beside its peers, in turns, with the goals of docs/PERFORMANCE.md.

    python3 benches/run.py [--quick] [--only TASK …] [--program target/release/wxstats]

Makes its data (seeded, below --folder, 3 GB), runs every task with every peer it finds, checks that the answers agree, and prints a
table of medians, ratios and peaks of memory; a whole run also writes benches/results/. Peers that are missing are named with
what installs them; nothing is measured in their place. Exit code 1 when answers disagree or a goal is missed. --quick: 100,000
respondents, to see that everything runs; its figures are no results.
"""

import argparse
import datetime
import json
import platform
import shutil
import sys
from pathlib import Path

import charts
import drafts
import peers
import surveys
from answers import Disagree
from harness import Failed
from setting import Setting

ROOT = Path(__file__).resolve().parent.parent
TASKS = {
    "ingest": surveys.ingest,
    "tally": surveys.tally,
    "file": surveys.file_to_table,
    "rates": surveys.rates,
    "clustered": surveys.clustered_rates,
    "growth": surveys.growth,
    "charts": charts.charts,
    "start": charts.start,
    "draft": drafts.draft,
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", type=Path, default=ROOT / "target" / "release" / "wxstats")
    parser.add_argument("--folder", type=Path, default=ROOT / "target" / "bench", help="where data is kept")
    parser.add_argument("--quick", action="store_true", help="100,000 respondents and few turns")
    parser.add_argument("--only", nargs="+", choices=TASKS, default=list(TASKS), metavar="TASK")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    if not asked.program.exists():
        print(f"{asked.program} is missing: cargo build --release --locked", file=sys.stderr)
        return 2
    missing = peers.missing()
    for name, how in missing.items():
        print(f"{name} is not installed and not compared: {how}", file=sys.stderr)
    asked.folder.mkdir(parents=True, exist_ok=True)
    setting = Setting(asked.program.resolve(), asked.folder.resolve(), asked.quick)
    goals, sides, failed = [], [], False
    for name in asked.only:
        print(f"{name} …", file=sys.stderr)
        try:
            report = TASKS[name](setting)
        except (Failed, Disagree) as problem:
            print(f"{name}: {problem}", file=sys.stderr)
            failed = True
            continue
        goals += report.goals
        sides += report.lines
    text = document(asked, missing, goals, sides)
    print(text)
    if not asked.quick and set(asked.only) == set(TASKS):
        results = ROOT / "benches" / "results"
        results.mkdir(exist_ok=True)
        (results / "results.md").write_text(text, encoding="utf-8")
        lines = {"goals": [vars(goal) for goal in goals], "sides": sides}
        (results / "results.json").write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(asked.folder / "work", ignore_errors=True)
    return 1 if failed or (not asked.quick and any(not goal.is_met for goal in goals)) else 0


def document(asked: argparse.Namespace, missing: dict, goals: list, sides: list) -> str:
    machine = f"{platform.machine()}, {peers.cores()} cores, {platform.system()} {platform.release()}"
    lines = [
        "# Results of `python3 benches/run.py`" + (" --quick (no results, only a rehearsal)" if asked.quick else ""),
        "",
        f"{datetime.date.today()}, {machine}. Peers: {', '.join(peers.versions())}. "
        + (f"Missing: {', '.join(missing)}. " if missing else "")
        + "Medians of runs in turns; of a peer its work without start and imports, of wxstats the whole process.",
        "",
        "| goal | | measured | goal | stretch | |",
        "|---|---|---:|---:|---:|---|",
        *(goal.row() for goal in goals),
        "",
        "| task | program | seconds | peak MiB | runs |",
        "|---|---|---:|---:|---:|",
        *(f"| {task} | {name} | {seconds:.3f} | {mib:.0f} | {runs} |" for task, name, seconds, mib, runs in sides),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
