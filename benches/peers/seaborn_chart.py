"""seaborn: `PNG [TIMES]`. One chart of 1800 × 1440 pixels, 24 items with the rates of two segments; drawn TIMES times, of which the
median of all but the first counts (a warm process), or once from start to end (a cold one)."""

import statistics
import sys
import time

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import seaborn

ITEMS = [f"feature {number} shared" for number in range(24)]
DATA = {
    "item": [item for item in ITEMS for _ in range(2)],
    "segment": ["expat", "chinese"] * len(ITEMS),
    "rate": [(7 * index % 23) / 23 for index in range(2 * len(ITEMS))],
}


def draw(path: str) -> None:
    figure, axes = plt.subplots(figsize=(9, 7.2), dpi=200)
    seaborn.stripplot(x=DATA["rate"], y=DATA["item"], hue=DATA["segment"], jitter=False, size=9, ax=axes)
    axes.hlines(ITEMS, DATA["rate"][::2], DATA["rate"][1::2], color="#999", zorder=0)
    axes.set(title="Who shares: expats and Chinese, item by item", xlabel="Rate", ylabel="")
    axes.legend(title="Segment")
    figure.savefig(path)
    plt.close(figure)


path, times = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
seconds = []
for _ in range(times):
    start = time.perf_counter()
    draw(path)
    seconds.append(time.perf_counter() - start)
if times > 1:
    print(f'{{"seconds": {statistics.median(seconds[1:])}}}')
