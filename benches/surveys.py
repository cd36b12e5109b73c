"""The tasks on surveys: ingest, tally, file to table, inference; with goals 1 to 6."""

import math
import shutil
from pathlib import Path

import answers
import data
import peers
from harness import Side, in_turns, run
from setting import Goal, Report, Setting, ratio

MANY, SOME = 10_000_000, 1_000_000
PLAIN = ["--by", "city*segment", "--letters", "none", "--format", "csv"]
# Rates, errors, intervals, gaps of segments and their tests, and a test of every item against the city.
FULL = ["--by", "city*segment", "--letters", "none", "--compare", "segment", "--test", "--format", "csv"]


def sizes(setting: Setting) -> tuple:
    return (100_000, 100_000) if setting.quick else (MANY, SOME)


def store(setting: Setting, source: Path) -> Path:
    """A store with one survey, made where it is missing."""
    directory = setting.work(f"store-{source.stem}")
    if not directory.exists():
        run(setting.wxstats("ingest", source, "--store", directory), cwd=setting.folder)
    return directory


def sums_agree(ours: Path, theirs: list) -> None:
    mine = answers.of_wxstats(ours, "weighted_n")
    for path in theirs:
        answers.check(mine, answers.of_peer(path), 1e-9)


def ingest(setting: Setting) -> Report:
    """Goal 1, and 5 for memory: a CSV becomes verified, durable Parquet."""
    many, _ = sizes(setting)
    source, directory = data.survey(setting.folder, many), setting.work("store-ingest")
    ours = Side(
        "wxstats",
        setting.wxstats("ingest", source, "--store", directory),
        before=lambda: shutil.rmtree(directory, ignore_errors=True),
    )
    sides = [ours]
    for name, script in [("DuckDB", "duckdb_sums.py"), ("polars", "polars_sums.py")]:
        if peers.has(name):
            call = peers.script(script, "to-parquet", source, setting.work(f"{name}.parquet"))
            sides.append(Side(name, call, turns=3))
    in_turns(sides, setting.turns(5), setting.folder)
    shutil.rmtree(directory)
    report = Report()
    report.add(f"ingest of {many:,}", sides)
    for peer in sides[1:2]:
        report.goals.append(Goal("1", f"ingest of {many:,}: {peer.name}'s COPY to Parquet", ratio(peer, ours), 2, 5))
    report.goals.append(Goal("5", f"memory of the ingest of {many:,}", ours.mebibytes, 512, unit="MiB", is_limit=True))
    return report


def tally(setting: Setting) -> Report:
    """Goal 2, and 5 for memory: what is stored becomes rates, against plain sums of Parquet."""
    many, _ = sizes(setting)
    source = data.survey(setting.folder, many)
    directory, table = store(setting, source), setting.work("tally.csv")
    ours = Side("wxstats", setting.wxstats("table", "--store", directory, *PLAIN, "-o", table))
    sides, sums = [ours], []
    for name, script in [("DuckDB", "duckdb_sums.py"), ("polars", "polars_sums.py")]:
        if peers.has(name):
            parquet = setting.work(f"{name}.parquet")
            if not parquet.exists():
                run(peers.script(script, "to-parquet", source, parquet))
            sums.append(setting.work(f"{name}-tally.csv"))
            sides.append(Side(name, peers.script(script, "parquet", parquet, sums[-1])))
    in_turns(sides, setting.turns(7), setting.folder)
    sums_agree(table, sums)
    report = Report()
    report.add(f"tally of {many:,}", sides)
    for peer in sides[1:2]:
        report.goals.append(Goal("2", f"tally of {many:,}: {peer.name}'s plain sums of its Parquet", ratio(peer, ours), 3, 8))
    report.goals.append(Goal("5", f"memory of the tally of {many:,}", ours.mebibytes, 256, unit="MiB", is_limit=True))
    return report


def file_to_table(setting: Setting) -> Report:
    """Goal 3: a CSV becomes the full table, against plain sums of the CSV."""
    many, _ = sizes(setting)
    source, table = data.survey(setting.folder, many), setting.work("file.csv")
    ours = Side("wxstats", setting.wxstats("table", "--input", source, *FULL, "-o", table))
    sides, sums = [ours], []
    for name, script in [("DuckDB", "duckdb_sums.py"), ("polars", "polars_sums.py")]:
        if peers.has(name):
            sums.append(setting.work(f"{name}-file.csv"))
            sides.append(Side(name, peers.script(script, "csv", source, sums[-1]), turns=3))
    in_turns(sides, setting.turns(5), setting.folder)
    sums_agree(table, sums)
    report = Report()
    report.add(f"file of {many:,} to full table", sides)
    for peer in sides[1:2]:
        report.goals.append(Goal("3", f"CSV of {many:,} to the full table: {peer.name}'s plain sums", ratio(peer, ours), 3, 6))
    return report


def rates(setting: Setting) -> Report:
    """Goal 4: rates with errors of 80 domains × 24 items, every respondent a PSU."""
    return inference(setting, "respondents", data.survey, [500, 1500], [100, 400])


def clustered_rates(setting: Setting) -> Report:
    """Goal 4 in 50 strata of 40 PSUs."""
    return inference(setting, "clustered", data.clustered, [50, 200], [15, 60])


def inference(setting: Setting, design: str, make, beyond_r: list, beyond_svy: list) -> Report:
    _, some = sizes(setting)
    source = make(setting.folder, some)
    directory, table = store(setting, source), setting.work(f"{design}.csv")
    ours = Side("wxstats", setting.wxstats("table", "--store", directory, *PLAIN, "-o", table))
    sides, goals = [ours], []
    # Peers do few of the 24 items, once; their time for all is in proportion.
    for name, script, items, (goal, stretch) in [
        ("R survey", "survey_rates.R", 1, beyond_r),
        ("svy", "svy_rates.py", 2, beyond_svy),
    ]:
        if peers.has(name):
            found = setting.work(f"{name.split()[-1]}-{design}.csv")
            call = peers.script(script, source, design, items, found)
            sides.append(Side(f"{name} (by {items} of 24 items)", call, part=items / 24, turns=1))
            goals.append((name, found, goal, stretch))
    in_turns(sides, setting.turns(7), setting.folder)
    mine = answers.of_wxstats(table, "se")
    report = Report()
    report.add(f"rates and errors of {some:,}, {design}", sides)
    for side, (name, found, goal, stretch) in zip(sides[1:], goals):
        answers.check(mine, answers.of_peer(found), 1e-6)
        text = f"rates and errors of {some:,}, {design}: {name}, 24 items in proportion"
        report.goals.append(Goal("4", text, ratio(side, ours), goal, stretch))
    return report


def growth(setting: Setting) -> Report:
    """Goal 6: what ten times as many respondents cost, as the exponent of a power."""
    few, many = (10_000, 100_000) if setting.quick else (SOME, MANY)
    sides = []
    for command in ["ingest", "table"]:
        for respondents in [few, many]:
            source = data.survey(setting.folder, respondents)
            if command == "ingest":
                directory = setting.work("store-growth")
                call = setting.wxstats("ingest", source, "--store", directory)
                before = lambda directory=directory: shutil.rmtree(directory, ignore_errors=True)
            else:
                call = setting.wxstats("table", "--store", store(setting, source), *PLAIN, "-o", setting.work("growth.csv"))
                before = lambda: None
            sides.append(Side(f"wxstats {command}, {respondents:,}", call, before=before))
    in_turns(sides, setting.turns(5), setting.folder)
    report = Report()
    report.add("growth", sides)
    for (small, large), command in zip([sides[:2], sides[2:]], ["ingest", "tally"]):
        power = math.log(large.seconds / small.seconds) / math.log(many / few)
        text = f"{command}: cost grows as respondents to the power of, {few:,} to {many:,}"
        report.goals.append(Goal("6", text, power, 1.05, unit="", is_limit=True))
    return report
