#!/usr/bin/env python3
"""The same on Spark: paths are rows, and each worker runs the binary over its share of them by `mapInPandas`.

    spark-submit --py-files one.py spark.py PORTFOLIOS OUT [OPTION OF debt score]...

PORTFOLIOS must be where every worker can read it, and `debt` on the path of each (or where the variable DEBT says).
DEBT_SPARK_MASTER chooses the cluster where `spark-submit` does not, such as local-cluster[2,1,1024].
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from pyspark.sql import SparkSession

import one

REPORTS = "path string, status long, seconds double, report string, errors string"
SCORES = ("path string, status long, portfolio_id string, as_of string, policy_hash string, grade string, mp long, people long, "
          "first_error string")
FACTORS = "path string, portfolio_id string, as_of string, factor string, code string, grp string, mp long, owner string, act string"
# A partition is what a worker takes at once: enough to be worth the start, few enough to be spread.
AT_ONCE = 64


def columns(schema: str) -> list[str]:
    return [column.split()[0] for column in schema.split(", ")]


def main() -> None:
    folder, out, more = Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3:]
    builder = SparkSession.builder.appName("debt")
    if master := os.environ.get("DEBT_SPARK_MASTER"):
        builder = builder.master(master)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    paths = sorted(str(path) for path in folder.iterdir() if path.is_dir() or path.suffix in (".yaml", ".yml"))
    table = spark.createDataFrame([(path,) for path in paths], "path string").repartition(max(2, len(paths) // AT_ONCE))

    def reports(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            yield pd.DataFrame([one.row(path, *more) for path in batch["path"]], columns=columns(REPORTS))

    def scores(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            made = pd.DataFrame([one.score(row) for row in records(batch)], columns=columns(SCORES))
            yield made.astype({"mp": "Int64", "people": "Int64"})

    def factors(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            made = [factor for row in records(batch) for factor in one.factors(row)]
            yield pd.DataFrame(made, columns=columns(FACTORS))

    # Written once and read again, so that no portfolio is scored a second time for the other two tables.
    table.mapInPandas(reports, REPORTS).write.mode("overwrite").parquet(f"{out}/reports")
    read = spark.read.parquet(f"{out}/reports")
    read.mapInPandas(scores, SCORES).write.mode("overwrite").partitionBy("status").parquet(f"{out}/scores")
    read.mapInPandas(factors, FACTORS).write.mode("overwrite").partitionBy("grp").parquet(f"{out}/factors")
    failed = read.filter("status != 0").count()
    print(f"{len(paths)} portfolios, {failed} of them could not be scored", file=sys.stderr)
    spark.stop()


def records(batch: pd.DataFrame) -> list[dict]:
    """The rows of a batch, with nothing where pandas says NaN."""
    return [{key: None if value is None or value != value else value for key, value in row.items()} for row in batch.to_dict("records")]


if __name__ == "__main__":
    main()
