"""Instructions that ingest and tally of 100,000 respondents take on one thread, held against the recorded ones.

    python3 benches/instructions.py [--record] [--program target/release/wxstats]

Needs valgrind. Counts hardly change from run to run, whatever else the machine does, so a growth of a few per cent is seen. Exit code
1 when a count is more than 10 % above the recorded one, which stands in benches/results/instructions.json; --record writes it
anew: do so with every change that means to cost more, or that costs less.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import data

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "benches" / "results" / "instructions.json"
RESPONDENTS, MOST = 100_000, 1.10


def count(command: list) -> int:
    """The instructions of one process."""
    environment = {"RAYON_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1", "PATH": "/usr/bin:/bin"}
    call = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *map(str, command)]
    done = subprocess.run(call, capture_output=True, text=True, env=environment)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        sys.exit(f"{' '.join(call)}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return int(found[1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--program", type=Path, default=ROOT / "target" / "release" / "wxstats")
    parser.add_argument("--folder", type=Path, default=ROOT / "target" / "bench", help="where data is kept")
    parser.add_argument("--record", action="store_true", help="write the counts down instead")
    asked = parser.parse_args()
    if not shutil.which("valgrind"):
        print("valgrind is missing: apt-get install valgrind", file=sys.stderr)
        return 2
    asked.folder.mkdir(parents=True, exist_ok=True)
    source = data.survey(asked.folder, RESPONDENTS)
    program = asked.program.resolve()
    with tempfile.TemporaryDirectory() as directory:
        own = ["--store", f"{directory}/store", "--key-file", f"{directory}/key", "--quiet"]
        table = ["table", "--by", "city*segment", "--letters", "none", "--format", "csv", "-o", f"{directory}/table.csv"]
        counted = {"ingest": count([program, "ingest", source, *own]), "tally": count([program, *table, *own])}
    if asked.record:
        RECORD.parent.mkdir(exist_ok=True)
        RECORD.write_text(json.dumps(counted, indent=1) + "\n", encoding="utf-8")
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    for task, instructions in counted.items():
        times = instructions / recorded[task]
        print(f"{task}: {instructions:,} instructions, {times:.3f} of the recorded {recorded[task]:,}")
    return int(any(counted[task] > MOST * recorded[task] for task in counted))


if __name__ == "__main__":
    sys.exit(main())
