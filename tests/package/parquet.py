"""Between text and Parquet, for ./dev nightly.

    parquet.py write TEXT FOLDER     columns id and text, in two files: work for two workers
    parquet.py read FOLDER           label<TAB>probability a row, by id
"""

import sys
from pathlib import Path

import pandas


def write(text, folder):
    lines = Path(text).read_bytes().decode("utf-8").split("\n")[:-1]
    rows = pandas.DataFrame({"id": range(len(lines)), "text": lines})
    Path(folder).mkdir()
    for part in range(2):
        rows[rows.id % 2 == part].to_parquet(Path(folder) / f"part-{part}.parquet", index=False)


def read(folder):
    for row in pandas.read_parquet(folder).sort_values("id").itertuples():
        print(f"{row.label}\t{row.probability:.6f}")


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](*sys.argv[2:])
