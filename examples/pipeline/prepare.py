"""Splits the table of customers into train/ and test/, every fourth row into the latter, and scales its columns."""

import csv
import os
import pathlib
import statistics

# The local runner tells where /opt/ml is when it cannot be at its own place.
root = pathlib.Path(os.environ.get("SFN_DS_ML_ROOT", "/opt/ml")) / "processing"
tables = sorted(root.joinpath("input").rglob("*.csv"))
if not tables:
    raise SystemExit(f"expected CSV files below {root / 'input'}, found none")

rows = []
for table in tables:
    with table.open(newline="") as file:
        rows += [[float(value) for value in row] for row in list(csv.reader(file))[1:]]  # without the line of names

parts = {"train": [], "test": []}
for number, row in enumerate(rows):
    parts["test" if number % 4 == 3 else "train"].append(row)

# As the training rows are: what the model is tested on must not tell how it is scaled.
columns = list(zip(*parts["train"]))[:-1]
scales = [(statistics.fmean(column), statistics.pstdev(column) or 1.0) for column in columns]

for name, part in parts.items():
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    with folder.joinpath("rows.csv").open("w", newline="") as file:
        for *features, label in part:
            scaled = [round((value - mean) / deviation, 6) for value, (mean, deviation) in zip(features, scales)]
            csv.writer(file).writerow([*scaled, int(label)])
    print(f"{name}: {len(part)} rows")
