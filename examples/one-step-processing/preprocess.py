"""Counts the words of each message and writes the messages as JSON lines, longest first."""

import json
from pathlib import Path

SOURCE = Path("/opt/ml/processing/input")
TARGET = Path("/opt/ml/processing/output/processed")

messages = []
for file in sorted(SOURCE.glob("**/*.txt")):
    for line in file.read_text(encoding="utf-8").splitlines():
        text = " ".join(line.split())
        if text:
            messages.append({"text": text.capitalize(), "words": len(text.split())})
    print(f"read {file.name}")

messages.sort(key=lambda message: (-message["words"], message["text"]))
TARGET.mkdir(parents=True, exist_ok=True)
with (TARGET / "messages.jsonl").open("w", encoding="utf-8") as target:
    for message in messages:
        target.write(json.dumps(message, ensure_ascii=False) + "\n")
print(f"wrote {len(messages)} messages, {sum(message['words'] for message in messages)} words")
