"""DuckDB: `to-parquet CSV PARQUET` | `parquet PARQUET ANSWERS` | `csv CSV ANSWERS`. Weighted sums by city, segment and item."""

import sys
import time

import duckdb

task, source, target = sys.argv[1:]
start = time.perf_counter()
if task == "to-parquet":
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{source}')) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
else:
    table = f"read_{task}('{source}')"
    columns = [name for name in duckdb.sql(f"SELECT * FROM {table} LIMIT 0").columns if "." in name]
    sums = ", ".join(
        f'sum(weight * "{item}"), sum(weight) FILTER (WHERE "{item}" IS NOT NULL)' for item in columns
    )
    rows = duckdb.sql(f"SELECT city, segment, {sums} FROM {table} GROUP BY city, segment").fetchall()
seconds = time.perf_counter() - start
if task != "to-parquet":
    with open(target, "w", encoding="utf-8") as file:
        for city, segment, *values in rows:
            for item, yes, base in zip(columns, values[::2], values[1::2]):
                file.write(f"{city},{segment},{item},{yes / base!r},{base!r}\n")
print(f'{{"seconds": {seconds}}}')
