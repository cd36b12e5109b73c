"""polars: `to-parquet CSV PARQUET` | `parquet PARQUET ANSWERS` | `csv CSV ANSWERS`. Weighted sums by city, segment and item, by its
streaming engine."""

import sys
import time

import polars as pl

task, source, target = sys.argv[1:]
start = time.perf_counter()
if task == "to-parquet":
    pl.scan_csv(source).sink_parquet(target, compression="zstd")
else:
    frame = pl.scan_parquet(source) if task == "parquet" else pl.scan_csv(source)
    columns = [name for name in frame.collect_schema().names() if "." in name]
    weight = pl.col("weight")
    sums = [
        total
        for item in columns
        for total in (
            (weight * pl.col(item)).sum().alias(f"{item} yes"),
            (weight * pl.col(item).is_not_null()).sum().alias(f"{item} base"),
        )
    ]
    rows = frame.group_by("city", "segment").agg(sums).collect(engine="streaming").rows()
seconds = time.perf_counter() - start
if task != "to-parquet":
    with open(target, "w", encoding="utf-8") as file:
        for city, segment, *values in rows:
            for item, yes, base in zip(columns, values[::2], values[1::2]):
                file.write(f"{city},{segment},{item},{yes / base!r},{base!r}\n")
print(f'{{"seconds": {seconds}}}')
