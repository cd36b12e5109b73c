"""The tasks on charts and on starting: goals 7 and 8, on the sample that the program carries."""

import statistics

import peers
from harness import Side, in_turns
from setting import Goal, Report, Setting, ratio

CITY = "Guangzhou"
ONE_THREAD = {"RAYON_NUM_THREADS": "1"}


def bundle(setting: Setting, name: str, *arguments) -> list:
    return setting.wxstats("report", "--sample", *arguments, "--out", setting.work(name))


def charts(setting: Setting) -> Report:
    """Goal 7, and 8 for a PNG: what one chart of 1800 pixels takes in a process that is warm, and in one that is not."""
    city = ["--city", CITY]
    with_png = Side(
        "wxstats, a city with all PNGs, one thread",
        bundle(setting, "png", *city, "--chart-format", "svg,png"),
        environment=ONE_THREAD,
    )
    without = Side(
        "wxstats, a city without PNGs, one thread", bundle(setting, "svg", *city, "--chart-format", "svg"), environment=ONE_THREAD
    )
    cold = Side("wxstats, cold", bundle(setting, "one", *city, "--only", "bars", "--chart-format", "png"))
    warm_peers, cold_peers = [], []
    for name, script in [("seaborn", "seaborn_chart.py"), ("vl-convert", "vl_convert_chart.py")]:
        if peers.has(name):
            warm_peers.append(Side(f"{name}, warm", peers.script(script, setting.work(f"{name}.png"), 6), turns=3))
            cold_peers.append(Side(f"{name}, cold", peers.script(script, setting.work(f"{name}.png"))))
    sides = [with_png, without, cold, *warm_peers, *cold_peers]
    in_turns(sides, setting.turns(7), setting.folder)
    count = len(list(setting.work("png").rglob("*.png")))
    png = statistics.median(a.seconds - b.seconds for a, b in zip(with_png.runs, without.runs)) / count
    report = Report()
    report.add("charts", sides)
    for peer in warm_peers:
        report.goals.append(Goal("7", f"a chart as PNG, warm: {peer.name.split(',')[0]}", peer.seconds / png, 4))
    for peer in cold_peers:
        report.goals.append(Goal("7", f"a page with one chart as PNG, cold: {peer.name.split(',')[0]}'s chart", ratio(peer, cold), 10))
    report.goals.append(Goal("8", f"a PNG more, on one core (of {count})", png * 1000, 80, unit="ms", is_limit=True))
    return report


def start(setting: Setting) -> Report:
    """Goal 8, and 7 for all cities: what a user waits for."""
    version = Side("wxstats --version", [setting.program, "--version"])
    city = Side("wxstats report, a city, SVG", bundle(setting, "city", "--city", CITY, "--chart-format", "svg"))
    every = Side("wxstats report, every city, SVG", bundle(setting, "every", "--chart-format", "svg"))
    in_turns([version, city, every], setting.turns(15), setting.folder)
    report = Report()
    report.add("start", [version, city, every])
    for number, side, text, limit in [
        ("8", version, "--version", 10),
        ("8", city, "report of a city of the sample, SVG", 250),
        ("7", every, "report of every city of the sample, SVG", 1000),
    ]:
        report.goals.append(Goal(number, text, side.seconds * 1000, limit, unit="ms", is_limit=True))
    return report
