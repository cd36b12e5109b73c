"""svy: `CSV DESIGN ITEMS ANSWERS`, DESIGN being respondents or clustered, ITEMS how many of the items. Rates by city and segment with
their standard errors. What is timed is the sample and the rates, not the reading."""

import sys
import time

import polars as pl
import svy

source, kind, items, target = sys.argv[1:]
data = pl.read_csv(source)
items = [name for name in data.columns if "." in name][: int(items)]
# Names with a dot are no names to svy.
data = data.rename({item: item.replace(".", "__") for item in items})
start = time.perf_counter()
clusters = {"stratum": "stratum", "psu": "psu"} if kind == "clustered" else {}
sample = svy.Sample(data, svy.Design(wgt="weight", **clusters))
found = []
for item in items:
    estimate = sample.estimation.mean(item.replace(".", "__"), by=["city", "segment"], drop_nulls=True)
    found.append((item, estimate))
seconds = time.perf_counter() - start
with open(target, "w", encoding="utf-8") as file:
    for item, estimate in found:
        for cell in estimate.estimates:
            city, segment = cell.by_level
            file.write(f"{city},{segment},{item},{cell.est!r},{cell.se!r}\n")
print(f'{{"seconds": {seconds}}}')
