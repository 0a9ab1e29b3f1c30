"""Learns a logistic regression by gradient descent. Reads and writes what SageMaker's training containers do."""

import csv
import json
import math
import os
import pathlib

# The local runner tells where /opt/ml is when it cannot be at its own place.
root = pathlib.Path(os.environ.get("SFN_DS_ML_ROOT", "/opt/ml"))


def main():
    settings = json.loads((root / "input/config/hyperparameters.json").read_text())
    epochs, rate = int(settings["epochs"]), float(settings["learning_rate"])
    rows = []
    for file in sorted((root / "input/data/train").rglob("*.csv")):
        with file.open(newline="") as lines:
            rows += [[float(value) for value in row] for row in csv.reader(lines)]
    if not rows:
        raise ValueError("the channel train has no rows")

    weights, bias = [0.0] * (len(rows[0]) - 1), 0.0
    for epoch in range(1, epochs + 1):
        slopes, offset, loss = [0.0] * len(weights), 0.0, 0.0
        for *features, label in rows:
            score = bias + sum(weight * value for weight, value in zip(weights, features))
            guess = 1 / (1 + math.exp(-score))
            error = guess - label
            loss -= math.log(max(guess if label == 1 else 1 - guess, 1e-9))
            slopes = [slope + error * value for slope, value in zip(slopes, features)]
            offset += error
        weights = [weight - rate * slope / len(rows) for weight, slope in zip(weights, slopes)]
        bias -= rate * offset / len(rows)
        if epoch % max(1, epochs // 5) == 0:
            print(f"epoch {epoch}: train-loss={loss / len(rows):.4f}")

    (root / "model/model.json").write_text(json.dumps({"weights": weights, "bias": bias}))


try:
    main()
except Exception as problem:
    # SageMaker gives this text back as the job's FailureReason.
    (root / "output").mkdir(parents=True, exist_ok=True)
    (root / "output/failure").write_text(f"{type(problem).__name__}: {problem}")
    raise
