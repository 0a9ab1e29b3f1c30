"""Keeps the messages that are long enough, tidied up, one a line."""

import argparse
import os
import pathlib

parser = argparse.ArgumentParser()
parser.add_argument("--fewest-words", type=int, required=True)
fewest = parser.parse_args().fewest_words

# The local runner tells where /opt/ml is when it cannot be at its own place.
root = pathlib.Path(os.environ.get("SFN_DS_ML_ROOT", "/opt/ml")) / "processing"
source = root / "input"
target = root / "output/processed"

lines = [line for file in sorted(source.rglob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines()]
if not lines:
    raise SystemExit(f"expected messages in .txt files below {source}, found none")
kept = [" ".join(line.split()) for line in lines if len(line.split()) >= fewest]
target.mkdir(parents=True, exist_ok=True)
target.joinpath("messages.txt").write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
print(f"kept {len(kept)} of {len(lines)} messages")
