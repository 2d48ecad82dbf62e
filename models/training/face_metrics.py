"""Scores the shipped path (the command line, `infer face --cropped`) and writes models/face/metrics.json.

    python models/training/face_metrics.py DATA      DATA holds ckplus48/, fer2013_public/, fer2013_train.zip, video/

Neutral is allowed as an answer on ckplus48, which has none. Nothing was chosen on ckplus48; temperatures and limits
were chosen on the same fer2013_public pictures, so that row flatters.
"""
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from face_calibrate import calibration_error, copies_of_training, held_out, load, read_all
from face_reference import FACE, LABELS, ROOT, session

NODE = str(ROOT / "node_modules" / ".bin" / "node")


def run_cli(paths):
    with tempfile.TemporaryDirectory() as folder:
        lines, out = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        lines.write_text("".join(json.dumps({"id": i, "path": str(p)}) + "\n" for i, p in enumerate(paths)))
        command = [NODE, "scripts/cli.mjs", "infer", "face", "--cropped", "--in", str(lines), "--out", str(out)]
        subprocess.run(command, cwd=ROOT, check=True)
        return [json.loads(line) for line in out.read_text().splitlines()]


def macro_f1(guess, truth):
    scores = []
    for label in np.unique(truth):
        hit = ((guess == label) & (truth == label)).sum()
        scores.append(2 * hit / max(1, (guess == label).sum() + (truth == label).sum()))
    return float(np.mean(scores))


def interval(values, groups, score, rounds=2000):
    """95 % by drawing whole groups with replacement."""
    random, names = np.random.default_rng(1), np.unique(groups)
    members = [np.flatnonzero(groups == name) for name in names]
    drawn = [score(values[np.concatenate([members[i] for i in random.integers(0, len(names), len(names))])])
             for _ in range(rounds)]
    return [round(float(v), 3) for v in np.percentile(drawn, [2.5, 97.5])]


def score(folder, left_out=frozenset()):
    rows = [row for row in csv.DictReader(open(folder / "labels.csv")) if row["file"] not in left_out]
    readings = run_cli([folder / row["file"] for row in rows])
    truth = np.array([LABELS.index(row["label"]) for row in rows])
    p = np.array([[r["emotion"]["scores"][name] for name in LABELS] for r in readings])
    guess, certain = p.argmax(1), np.array([r["certain"] for r in readings])
    groups = np.array([r["origin"].split()[-1] if "subject" in r["origin"] else str(i) for i, r in enumerate(rows)])
    pairs = np.stack([guess, truth], 1)
    present = np.unique(truth)
    result = {
        "pictures": len(rows),
        "groups": len(set(groups)),
        "accuracy": round(float((guess == truth).mean()), 3),
        "accuracy95": interval(pairs, groups, lambda v: (v[:, 0] == v[:, 1]).mean()),
        "macroF1": round(macro_f1(guess, truth), 3),
        "macroF195": interval(pairs, groups, lambda v: macro_f1(v[:, 0], v[:, 1])),
        "ece10": round(float(calibration_error(p, truth)), 3),
        "recall": {LABELS[i]: round(float((guess[truth == i] == i).mean()), 3) for i in present},
        "certain": {"share": round(float(certain.mean()), 3),
                    "accuracy": round(float((guess == truth)[certain].mean()), 3)},
        "msMedian": round(float(np.median([r["ms"] for r in readings])), 2),
    }
    if LABELS.index("neutral") not in present:
        named = p[:, :-1].argmax(1)
        result["withoutNeutral"] = {"accuracy": round(float((named == truth).mean()), 3),
                                    "macroF1": round(macro_f1(named, truth), 3)}
    return result


def held_out_calibration(data):
    """Temperatures fitted on four fifths, calibration measured on the fifth; in numpy."""
    pictures, truth = load(data)
    one, two = read_all((session("faceapi_expression"), session("fer_mini_xception")), pictures)
    weight = json.loads((FACE / "heads.json").read_text())["weights"]["faceApi"]
    return {"ece10": round(float(calibration_error(held_out(one, two, weight, truth), truth)), 3)}


def main():
    data = Path(sys.argv[1])
    clips = [ROOT / "assets" / "rehearsal" / "face.mp4", *sorted((data / "video").glob("*.mp4"))]
    measured = subprocess.run([NODE, "--disable-warning=ExperimentalWarning", "models/training/face-clips.ts",
                               *map(str, clips)], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    metrics = {
        "path": "infer face --cropped (48x48 grey pictures); clips through the stream at 5 frames a second, 320x180",
        "ckplus48": score(data / "ckplus48"),
        "fer2013_public": score(data / "fer2013_public", copies_of_training(data)),
        "fer2013_publicHeldOut": held_out_calibration(data),
        "clips": json.loads(measured),
    }
    (FACE / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n")
    print(json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main()
