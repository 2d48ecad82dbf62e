"""Measures the voice model on speakers it was not trained on and writes models/voice/metrics.json.

  DATA_DIR=.../data/voice python models/training/voice_metrics.py [--shipped-orders N]

The reference path is the Python one (20 seeded orders). The shipped path is the command line `infer voice` with a
copy of models/voice whose heads.json was trained without the speaker that is read.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from voice_data import HERE, LABELS, clips, data_dir, with_changes
from voice_heads import CHANGES, MAIN, ORDERS, OTHERS, Model, cool

ROOT = HERE.parent.parent
FIRST_CERTAIN = 19


def recall(y, guess, counted=None):
    """Mean class recall; a clip that is not counted as answered is a wrong answer."""
    right = (y == guess) if counted is None else (y == guess) & counted
    return float(np.mean([right[y == label].mean() for label in np.unique(y)]))


def calibration_error(p, y, bins=10):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    parts = [(place == b) for b in range(bins)]
    return float(sum(part.mean() * abs(confidence[part].mean() - right[part].mean()) for part in parts if part.any()))


def certain_part(p, y, place, least):
    """How often the model is certain (heard enough, confident enough), how often it is then right, and its ECE."""
    certain = (p.max(axis=1) >= least) & (place >= FIRST_CERTAIN)
    return {
        "coverage": float(certain.mean()),
        "accuracyWhenCertain": float((p.argmax(axis=1) == y)[certain].mean()) if certain.any() else None,
        "eceWhenCertain": calibration_error(p[certain], y[certain]) if certain.any() else None,
        "ece": calibration_error(p, y),
    }


def causal_figures(runs, y, least):
    """Means over the orders of one speaker; `runs` are (probabilities, place) pairs."""
    heard = [place >= FIRST_CERTAIN for _, place in runs]
    return {
        "uar": np.mean([recall(y, p.argmax(1)) for p, _ in runs]),
        "uarFirst19CountedWrong": np.mean([recall(y, p.argmax(1), h) for (p, _), h in zip(runs, heard)]),
        "uarFrom20thClip": np.mean([recall(y[h], p[h].argmax(1)) for (p, _), h in zip(runs, heard)]),
        **mean_of([certain_part(p, y, place, least) for p, place in runs]),
    }


def mean_of(rows):
    return {key: float(np.mean([row[key] for row in rows if row[key] is not None])) for key in rows[0]}


def full_figures(p, y, least):
    place = np.full(len(y), len(y))
    return {"uar": recall(y, p.argmax(1)), **certain_part(p, y, place, least)}


def reference(main, others, speaker, temperature, least):
    model, own = Model(main, others, speaker), main[2] == speaker
    x, y = main[0][own], main[1][own]
    orders = [np.random.default_rng(seed).permutation(len(x)) for seed in range(ORDERS)]
    runs = [(cool(p, temperature), place) for p, place in (model.causal(x, order) for order in orders)]
    p = cool(model.full(x), temperature)
    recalls = {name: float((p.argmax(1) == i)[y == i].mean()) for i, name in enumerate(LABELS)}
    return {"causal": causal_figures(runs, y, least), "full": {**full_figures(p, y, least), "recalls": recalls}}


def shipped_models(speaker, folder):
    """A models folder like the project's, with heads that never heard this speaker."""
    (folder / "voice").mkdir(parents=True)
    for name in ("encoder.onnx", "vad.onnx"):
        shutil.copy(HERE.parent / "voice" / name, folder / "voice" / name)
    heads = folder / "voice" / "heads.json"
    subprocess.run([sys.executable, HERE / "voice_heads.py", "--out", heads, "--without", speaker], check=True)
    files = [
        {"name": f"voice/{path.name}", "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
        for path in (folder / "voice").iterdir()
    ]
    (folder / "manifest.json").write_text(json.dumps({"files": files}))


def through_command_line(rows, order, models, enrol):
    """Scores of every clip in the rows' own order, the certain marks, CPU and reported milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        lines = ({"id": int(i), "path": str(data_dir() / rows[i]["path"]), "speaker": "one"} for i in order)
        source.write_text("".join(json.dumps(line) + "\n" for line in lines))
        words = ["infer", "voice", "--in", source, "--out", target, "--enrol", enrol, "--models", models]
        subprocess.run(["node", ROOT / "scripts" / "cli.mjs", *words], check=True)
        answers = [json.loads(line) for line in target.read_text().splitlines()]
    p, certain = np.zeros((len(rows), 6)), np.zeros(len(rows), bool)
    for answer in answers:
        p[answer["id"]] = [answer["emotion"]["scores"][label] for label in LABELS]
        certain[answer["id"]] = answer["certain"]
    return p, certain, sum(answer["ms"] for answer in answers)


def shipped(speaker, orders, least):
    rows = [row for row in clips([MAIN]) if row["speaker"] == speaker]
    y = np.array([LABELS.index(row["label7"]) for row in rows])
    seconds = sum(float(row["seconds"]) for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        shipped_models(speaker, models)
        runs, certain_shares, ms = [], [], []
        for seed in range(orders):
            order = np.random.default_rng(seed).permutation(len(rows))
            place = np.empty(len(rows), int)
            place[order] = np.arange(len(rows))
            p, certain, spent = through_command_line(rows, order, models, "causal")
            runs.append((p, place))
            certain_shares.append(certain.mean())
            ms.append(spent / seconds)
        p, _, _ = through_command_line(rows, np.arange(len(rows)), models, "full")
    return {
        "orders": orders,
        "causal": {**causal_figures(runs, y, least), "certainShare": float(np.mean(certain_shares))},
        "full": full_figures(p, y, least),
        "wallMsPerSecondOfAudio": float(np.mean(ms)),
    }


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return round(float(value), 4) if isinstance(value, (float, np.floating)) else value


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shipped-orders", type=int, default=3)
    options = parser.parse_args()
    main_data = with_changes(MAIN, CHANGES)
    others = [with_changes(name, CHANGES) for name in OTHERS]
    heads = json.loads((HERE.parent / "voice" / "heads.json").read_text())
    temperature, least = heads["temperature"], heads["minimumConfidence"]
    speakers = sorted({row["speaker"] for row in clips([MAIN])})
    result = {"what": "CASIA, 6 classes (chance 0.167), each speaker read by heads that never heard that speaker"}
    for path, measure in (
        ("python", lambda one: reference(main_data, others, one, temperature, least)),
        ("shipped", lambda one: shipped(one, options.shipped_orders, least)),
    ):
        rows = {one: rounded(measure(one)) for one in speakers}
        mean = {key: rounded(float(np.mean([row[key]["uar"] for row in rows.values()]))) for key in ("causal", "full")}
        result[path] = {"meanUar": mean, **rows}
        print(path, mean, flush=True)
    (HERE.parent / "voice" / "metrics.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
