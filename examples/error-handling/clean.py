"""Keeps the orders that have an amount. A table without that column ends the job with an error."""

import csv
import os
import pathlib

root = pathlib.Path(os.environ.get("SFN_DS_ML_ROOT", "/opt/ml")) / "processing"
kept = []
for table in sorted(root.joinpath("input").rglob("*.csv")):
    with table.open(newline="") as file:
        rows = csv.DictReader(file)
        if "amount" not in (rows.fieldnames or []):
            raise SystemExit(f"{table.name}: expected a column 'amount', got {rows.fieldnames}")
        kept += [row for row in rows if row["amount"]]

folder = root / "clean"
folder.mkdir(parents=True, exist_ok=True)
with folder.joinpath("orders.csv").open("w", newline="") as file:
    writer = csv.DictWriter(file, ["order", "amount"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(kept)
print(f"kept {len(kept)} orders")
