"""vl-convert (Vega-Lite): `PNG [TIMES]`. One chart of 1800 × 1440 pixels, 24 items with the rates of two segments; drawn TIMES times, of
which the median of all but the first counts (a warm process), or once from start to end (a cold one)."""

import statistics
import sys
import time

import vl_convert

ROWS = [
    {"item": f"feature {number} shared", "segment": segment, "rate": (7 * (2 * number + side) % 23) / 23}
    for number in range(24)
    for side, segment in enumerate(["expat", "chinese"])
]
AXES = {"y": {"field": "item", "type": "nominal", "title": None}, "x": {"field": "rate", "type": "quantitative"}}
CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "title": "Who shares: expats and Chinese, item by item",
    "width": 735,
    "height": 661,
    "data": {"values": ROWS},
    "layer": [
        {"mark": {"type": "line", "color": "#999"}, "encoding": {**AXES, "detail": {"field": "item"}}},
        {
            "mark": {"type": "circle", "size": 90, "opacity": 1},
            "encoding": {**AXES, "color": {"field": "segment", "type": "nominal", "title": "Segment"}},
        },
    ],
}


path, times = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
seconds = []
for _ in range(times):
    start = time.perf_counter()
    with open(path, "wb") as file:
        file.write(vl_convert.vegalite_to_png(CHART, scale=2))
    seconds.append(time.perf_counter() - start)
if times > 1:
    print(f'{{"seconds": {statistics.median(seconds[1:])}}}')
