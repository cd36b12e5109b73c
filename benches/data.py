"""The data of the benchmark: seeded surveys, made once and kept."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STRATA, PSUS_PER_STRATUM = 50, 40


def survey(folder: Path, respondents: int) -> Path:
    """A survey of `respondents` as `examples/survey_csv.rs` writes it: 40 cities × 2 segments, a weight, 24 items."""
    path = folder / f"survey-{respondents}.csv"
    if not path.exists():
        source, generator = ROOT / "examples" / "survey_csv.rs", folder / "survey_csv"
        if not generator.exists() or generator.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["rustc", "--edition", "2024", "-O", source, "-o", generator], check=True)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            subprocess.run([generator, str(respondents), "1"], stdout=file, check=True)
        part.rename(path)
    return path


def clustered(folder: Path, respondents: int) -> Path:
    """The same survey in 50 strata of 40 PSUs, into which respondents fall whatever their city and segment: the hardest case, as
    every PSU has respondents in every cell."""
    path = folder / f"clustered-{respondents}.csv"
    if not path.exists():
        part = path.with_suffix(".part")
        with survey(folder, respondents).open("rb") as source, part.open("wb") as file:
            file.write(source.readline().rstrip(b"\n") + b",stratum,psu\n")
            for number, row in enumerate(source):
                # Fibonacci hashing spreads running numbers.
                psu = (number * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF) * STRATA * PSUS_PER_STRATUM >> 64
                file.write(row.rstrip(b"\n") + b",h%d,%d\n" % (psu // PSUS_PER_STRATUM, psu))
        part.rename(path)
    return path
