"""Splits the tables under input/ into train/ and validation/, every fifth row into the latter."""

import csv
import os
import pathlib

root = pathlib.Path(os.environ.get("SFN_DS_ML_ROOT", "/opt/ml")) / "processing"
tables = sorted(root.joinpath("input").rglob("*.csv"))
if not tables:
    raise SystemExit(f"expected CSV files below {root / 'input'}, found none")

rows = []
for table in tables:
    with table.open(newline="") as file:
        rows += list(csv.reader(file))[1:]  # without the line of names

parts = {"train": [], "validation": []}
for number, row in enumerate(rows):
    parts["validation" if number % 5 == 4 else "train"].append(row)

for name, part in parts.items():
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    with folder.joinpath("rows.csv").open("w", newline="") as file:
        csv.writer(file).writerows(part)
    print(f"{name}: {len(part)} rows")
