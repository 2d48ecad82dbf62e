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

from voice_data import HERE, LABELS, clips, corpus, data_dir, with_changes
from voice_figures import calibration_error, chance_error, interval, recall
from voice_heads import CHANGES, MAIN, ORDERS, OTHERS, Model, best_temperature, cool
from voice_sounds import sounds

ROOT = HERE.parent.parent
FIRST_CERTAIN = 19


def certain_part(p, y, place, least):
    """How often the model is certain (heard enough, confident enough), how often it is then right; ECE of all readings."""
    certain = (p.max(axis=1) >= least) & (place >= FIRST_CERTAIN)
    return {
        "coverage": float(certain.mean()),
        "accuracyWhenCertain": float((p.argmax(axis=1) == y)[certain].mean()) if certain.any() else None,
        "ece": calibration_error(p.max(axis=1), p.argmax(axis=1) == y),
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
    """Scores of every clip in the rows' own order, and the certain marks."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        lines = ({"id": int(i), "path": str(data_dir() / rows[i]["path"]), "speaker": "one"} for i in order)
        source.write_text("".join(json.dumps(line) + "\n" for line in lines))
        words = ["infer", "voice", "--in", source, "--out", target, "--enrol", enrol, "--models", models]
        subprocess.run(["node", ROOT / "scripts" / "cli.mjs", *words], check=True)
        answers = [json.loads(line) for line in target.read_text().splitlines()]
    p, certain = np.zeros((len(rows), 6)), np.zeros(len(rows), bool)
    for answer in answers:
        certain[answer["id"]] = answer["certain"]
        # What was not read is a wrong answer: no class gets a score.
        if answer["reason"] not in ("no_speech", "background_sound"):
            p[answer["id"]] = [answer["emotion"]["scores"][label] for label in LABELS]
    return p, certain


def shipped(speaker, orders, least):
    rows = [row for row in clips([MAIN]) if row["speaker"] == speaker]
    y = np.array([LABELS.index(row["label7"]) for row in rows])
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        shipped_models(speaker, models)
        runs, certain_shares = [], []
        for seed in range(orders):
            order = np.random.default_rng(seed).permutation(len(rows))
            place = np.empty(len(rows), int)
            place[order] = np.arange(len(rows))
            p, certain = through_command_line(rows, order, models, "causal")
            runs.append((p, place))
            certain_shares.append(certain.mean())
        p, _ = through_command_line(rows, np.arange(len(rows)), models, "full")
    return {
        "orders": orders,
        "causal": {**causal_figures(runs, y, least), "certainShare": float(np.mean(certain_shares))},
        "full": full_figures(p, y, least),
    }


def held_out_calibration(main, others, least):
    """ECE with its interval by clip, over the causal readings of both speakers from the 20th clip on.

    The temperature of each speaker is the one that fits the other speaker's readings.
    """
    speakers = sorted({one for one in main[2] if "#" not in one})
    runs = {one: by_orders(Model(main, others, one), main, one) for one in speakers}
    rows = []
    for one in speakers:
        (other,) = [name for name in speakers if name != one]
        p, y, clip = runs[one]
        rows.append((cool(p, best_temperature(*runs[other][:2])), y, [f"{one}/{text}" for text in clip]))
    p, y, clip = (np.concatenate(column) for column in zip(*rows))
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    return {
        "ece": calibration_error(confidence, right),
        "ece95": interval(lambda rows: calibration_error(confidence[rows], right[rows]), clip, samples=200),
        "eceOfAPerfectModelOnSoManyClips": chance_error(confidence[:: ORDERS]),
        "coverage": float((confidence >= least).mean()),
        "accuracyWhenCertain": float(right[confidence >= least].mean()),
    }


def by_orders(model, main, speaker):
    """Readings of one speaker from the 20th clip on, over all orders: probabilities, labels, clip numbers."""
    own = main[2] == speaker
    x, y = main[0][own], main[1][own]
    runs = [model.causal(x, np.random.default_rng(seed).permutation(len(x))) for seed in range(ORDERS)]
    kept = [place >= FIRST_CERTAIN for _, place in runs]
    each = [(p[k], y[k], np.flatnonzero(k)) for (p, _), k in zip(runs, kept)]
    return [np.concatenate(column) for column in zip(*each)]


def unseen_corpus(name, model):
    """UAR of a corpus that no part of the training saw, over the classes both know; each speaker read in full."""
    x, y, speakers = corpus(name)
    guesses = np.full(len(y), -1)
    for speaker in np.unique(speakers):
        own = speakers == speaker
        guesses[own] = model.full(x[own]).argmax(1)
    return {"clips": int((y >= 0).sum()), "fullUar": recall(y[y >= 0], guesses[y >= 0])}


def left_out_speakers(name, main):
    """UAR over the speakers of a training corpus, each read in full by heads that never heard that speaker."""
    data = with_changes(name, CHANGES)
    y, guesses = [], []
    for speaker in sorted({one for one in data[2] if "#" not in one}):
        rest = [column[np.array([one.split("#")[0] != speaker for one in data[2]])] for column in data]
        own = data[2] == speaker
        guesses.append(Model(main, [rest]).full(data[0][own]).argmax(1))
        y.append(data[1][own])
    y, guesses = np.concatenate(y), np.concatenate(guesses)
    return {"clips": int((y >= 0).sum()), "fullUar": recall(y[y >= 0], guesses[y >= 0])}


def other_corpora(main, others):
    """Read only, never trained on: RAVDESS (non-commercial) and URDU (research only). EmoDB by left-out speakers."""
    model = Model(main, others)
    rows = {f"{name} (not trained on)": unseen_corpus(name, model) for name in ("ravdess", "urdu")}
    return {**rows, "emodb (speaker left out)": left_out_speakers("emodb", main)}


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return round(float(value), 4) if isinstance(value, (float, np.floating)) else value


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shipped-orders", type=int, default=3)
    parser.add_argument("--parts", default="python,shipped,calibration,sounds,otherCorpora", help="the other parts keep their old figures")
    options = parser.parse_args()
    only_sounds = options.parts == "sounds"
    main_data = None if only_sounds else with_changes(MAIN, CHANGES)
    others = None if only_sounds else [with_changes(name, CHANGES) for name in OTHERS]
    heads = json.loads((HERE.parent / "voice" / "heads.json").read_text())
    temperature, least = heads["temperature"], heads["minimumConfidence"]
    out = HERE.parent / "voice" / "metrics.json"
    result = json.loads(out.read_text()) if out.exists() else {}
    result["what"] = "CASIA, 6 classes (chance 0.167), each speaker read by heads that never heard that speaker"
    measures = {
        "python": lambda one: reference(main_data, others, one, temperature, least),
        "shipped": lambda one: shipped(one, options.shipped_orders, least),
    }
    for part in options.parts.split(","):
        whole = {
            "otherCorpora": lambda: other_corpora(main_data, others),
            "calibration": lambda: held_out_calibration(main_data, others, least),
            "sounds": sounds,
        }
        if part in whole:
            result[part] = rounded(whole[part]())
            continue
        rows = {one: rounded(measures[part](one)) for one in sorted({row["speaker"] for row in clips([MAIN])})}
        mean = {key: rounded(float(np.mean([row[key]["uar"] for row in rows.values()]))) for key in ("causal", "full")}
        result[part] = {"meanUar": mean, **rows}
        print(part, mean, flush=True)
    out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
