"""Classifies the texts of a Parquet file or folder with Spark: every row comes back with two more
columns, the label and its probability.

    pip install "pyspark>=3.5,<4" "pandas<3" pyarrow torch    # and Java, for Spark 3.5 up to 17
    rondo export best.rondo -o classifier.pt
    python score_parquet.py classifier.pt reviews.parquet scored.parquet --text review

On a cluster, --master names it and every worker's Python needs torch, pandas and pyarrow. The file
travels as a broadcast variable, so no worker needs to see it.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql.types import DoubleType, StringType, StructField, StructType


def parsed_arguments():
    parser = argparse.ArgumentParser(description="Classify the texts of a Parquet file.")
    parser.add_argument("model", type=Path, help="a classifier, written by rondo export")
    parser.add_argument("input", help="a Parquet file or folder, at any address that Spark reads")
    parser.add_argument("output", help="the Parquet folder to write; must not be there yet")
    parser.add_argument("--text", default="text", help="the column that holds the texts")
    parser.add_argument("--label", default="label", help="the column to add for the label")
    parser.add_argument("--probability", default="probability", help="and for its probability")
    parser.add_argument("--master", default="local[2]", help="where to run: two workers here")
    return parser.parse_args()


def with_answers(rows, arguments):
    """The rows of a Spark frame with the two columns that a worker adds to each."""
    if arguments.text not in rows.columns:
        sys.exit(f"{arguments.input}: no column {arguments.text}, but {', '.join(rows.columns)}")
    for name in (arguments.label, arguments.probability):
        if name in rows.columns:
            sys.exit(f"{arguments.input}: has a column {name}; see --label and --probability")
    context = rows.sparkSession.sparkContext
    context.addPyFile(str(Path(__file__).with_name("loaded_classifier.py")))
    exported = arguments.model.read_bytes()
    key, file = hashlib.sha256(exported).hexdigest(), context.broadcast(exported)
    columns = (arguments.text, arguments.label, arguments.probability)

    def score(frames):
        import loaded_classifier  # the worker's

        model = loaded_classifier.classifier(key, file)
        for frame in frames:
            yield loaded_classifier.answered(frame, model, *columns)

    added = [StructField(arguments.label, StringType()),
             StructField(arguments.probability, DoubleType())]
    return rows.mapInPandas(score, StructType(rows.schema.fields + added))


def main():
    arguments = parsed_arguments()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # so that the workers have torch, too
    spark = SparkSession.builder.master(arguments.master).appName("rondo").getOrCreate()
    spark.sparkContext.setLogLevel("WARN")
    rows = spark.read.parquet(arguments.input)
    with_answers(rows, arguments).write.parquet(arguments.output)
    spark.stop()


if __name__ == "__main__":
    main()
