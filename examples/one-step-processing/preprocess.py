"""Counts the words of each message and writes the messages as JSON lines, longest first."""

import json
import os
import sys
from pathlib import Path

# The local runner tells where /opt/ml is when it cannot be at its own place.
ROOT = Path(os.environ.get("SFN_DS_ML_ROOT", "/opt/ml"))
SOURCE = ROOT / "processing/input"
TARGET = ROOT / "processing/output/processed"

messages = []
for file in sorted(SOURCE.glob("**/*.txt")):
    for line in file.read_text(encoding="utf-8").splitlines():
        text = " ".join(line.split())
        if text:
            messages.append({"text": text.capitalize(), "words": len(text.split())})
    print(f"read {file.name}")
if not messages:
    sys.exit(f"expected messages in .txt files below {SOURCE}, found none")

messages.sort(key=lambda message: (-message["words"], message["text"]))
TARGET.mkdir(parents=True, exist_ok=True)
with (TARGET / "messages.jsonl").open("w", encoding="utf-8") as target:
    for message in messages:
        target.write(json.dumps(message, ensure_ascii=False) + "\n")
print(f"wrote {len(messages)} messages, {sum(message['words'] for message in messages)} words")
