"""The task on drafts of codebooks: a strange export of 1,000 people and 60 questions, against polars reading the same file."""

import time

import codebook_against_polars as survey
import peers
from harness import Run, Side, in_turns
from setting import Goal, Report, Setting


def draft(setting: Setting) -> Report:
    """How long `wxstats codebook` takes, as times of `polars.read_csv` in a process that is warm."""
    report = Report()
    if not peers.has("polars"):
        return report
    import polars

    path = setting.work("export.csv")
    survey.survey(path)
    ours = Side("wxstats codebook", [setting.program, "codebook", path, "--quiet"])
    theirs = Side("polars.read_csv, warm", [])
    for _ in range(setting.turns(15)):
        in_turns([ours], 1, setting.folder)
        start = time.perf_counter()
        polars.read_csv(path)
        theirs.runs.append(Run(time.perf_counter() - start, 0))
    report.add("draft of a codebook", [ours, theirs])
    times = min(run.seconds for run in ours.runs) / min(run.seconds for run in theirs.runs)
    report.goals.append(
        Goal("draft", "draft of a codebook, in polars' read_csv, fastest of each", times, survey.MOST, is_limit=True)
    )
    return report
