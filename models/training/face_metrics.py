"""Scores the shipped path (the command line, `infer face --cropped`) and writes models/face/metrics.json.

    python models/training/face_metrics.py DATA PICTURES.npz

DATA holds ckplus48/, fer2013_public/, fer2013_train.zip, video/; PICTURES.npz comes from face_dataset.py. Nothing was
chosen on ckplus48, on the videos or on the held-out fold. Weights, temperatures and limits were chosen on the same
fer2013_public pictures, so that row flatters; `heldOut` has the temperatures from other folds. On the fold our own
network is scored alone: mini-XCEPTION has probably seen those pictures.
"""
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from face_calibrate import NETS, calibration_error, copies_of_training, held_out, load, read_all
from face_reference import FACE, LABELS, ROOT, blend, open_nets

NODE = str(ROOT / "node_modules" / ".bin" / "node")
# What models/face was before our own network: two networks half and half, and its published-split figures.
OLD = {"weights": {"faceApi": 0.5, "miniXception": 0.5}, "temperatures": {"faceApi": 5.4, "miniXception": 1.3}}
OLD_PRIVATE_TEST = {"accuracy": 0.658, "macroF1": 0.638}
OLD_CKPLUS = {"accuracy": 0.845, "macroF1": 0.840}
ROUNDS = 2000


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


def interval(groups, score, rounds=ROUNDS):
    """95 % of `score(rows)` by drawing whole groups with replacement."""
    random, names = np.random.default_rng(1), np.unique(groups)
    order = np.argsort(groups, kind="stable")
    members = np.split(order, np.searchsorted(groups[order], names)[1:])
    drawn = [score(np.concatenate([members[i] for i in random.integers(0, len(names), len(names))]))
             for _ in range(rounds)]
    return [round(float(v), 3) for v in np.percentile(drawn, [2.5, 97.5])]


def figures(p, truth, groups):
    """Accuracy, macro-F1 and calibration with their intervals, and recall of each class."""
    guess = p.argmax(1)
    scores = {
        "accuracy": lambda r: float((guess[r] == truth[r]).mean()),
        "macroF1": lambda r: macro_f1(guess[r], truth[r]),
        "ece10": lambda r: calibration_error(p[r], truth[r]),
    }
    every, out = np.arange(len(truth)), {"pictures": len(truth), "groups": len(np.unique(groups))}
    for name, score in scores.items():
        out[name] = round(score(every), 3)
        out[f"{name}95"] = interval(groups, score)
    out["recall"] = {LABELS[i]: round(float((guess[truth == i] == i).mean()), 3) for i in np.unique(truth)}
    return out


def gain(new, old, truth, groups, published):
    """What the new scores win over the old ones on the same rows, and the published figure of the old plus that."""
    out = {}
    for name, score in (("accuracy", lambda p, r: float((p[r].argmax(1) == truth[r]).mean())),
                        ("macroF1", lambda p, r: macro_f1(p[r].argmax(1), truth[r]))):
        won = lambda r: score(new, r) - score(old, r)
        every = np.arange(len(truth))
        out[name] = {"old": round(score(old, every), 3), "gain": round(won(every), 3), "gain95": interval(groups, won),
                     "estimate": round(published[name] + won(every), 3)}
    return out


def score(folder, nets, heads, published, left_out=frozenset()):
    rows = [row for row in csv.DictReader(open(folder / "labels.csv")) if row["file"] not in left_out]
    readings = run_cli([folder / row["file"] for row in rows])
    truth = np.array([LABELS.index(row["label"]) for row in rows])
    p = np.array([[r["emotion"]["scores"][name] for name in LABELS] for r in readings])
    certain = np.array([r["certain"] for r in readings])
    groups = np.array([r["origin"].split()[-1] if "subject" in r["origin"] else str(i) for i, r in enumerate(rows)])
    pictures = [np.asarray(Image.open(folder / row["file"]).convert("L")) for row in rows]
    said = read_all(nets, pictures, heads["ownScale"])
    result = {
        **figures(p, truth, groups),
        "overOldBlend": gain(p, blend(said, OLD), truth, groups, published),
        "eachAlone": {name: round(float((said[name].argmax(1) == truth).mean()), 3) for name in NETS},
        "certain": {"share": round(float(certain.mean()), 3),
                    "accuracy": round(float((p.argmax(1) == truth)[certain].mean()), 3)},
        "reasons": {reason: sum(r["reason"] == reason for r in readings)
                    for reason in sorted({r["reason"] for r in readings if r["reason"]})},
        "msMedian": round(float(np.median([r["ms"] for r in readings])), 2),
    }
    if LABELS.index("neutral") not in truth:
        named = p[:, :-1].argmax(1)
        result["withoutNeutral"] = {"accuracy": round(float((named == truth).mean()), 3),
                                    "macroF1": round(macro_f1(named, truth), 3)}
    return result


def own_on_fold(nets, heads, path):
    """Our own network alone on the fold it did not learn from; its temperature comes from fer2013_public."""
    data = np.load(path)
    rows = data["part"] == 1
    said = read_all(nets, data["pictures"][rows], heads["ownScale"])
    alone = {"weights": {"own": 1.0}, "temperatures": {"own": heads["temperatures"]["own"]}}
    return figures(blend(said, alone), data["labels"][rows], data["groups"][rows])


def run_script(name, *arguments):
    command = [NODE, "--disable-warning=ExperimentalWarning", f"models/training/{name}", *map(str, arguments)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def main():
    data, pictures = Path(sys.argv[1]), Path(sys.argv[2])
    nets, heads = open_nets(), json.loads((FACE / "heads.json").read_text())
    public, truth = load(data)
    said = read_all(nets, public, heads["ownScale"])
    groups = np.arange(len(truth))
    copies = copies_of_training(data)
    metrics = {
        "path": "infer face --cropped (48x48 grey pictures); clips through the stream, 320x180",
        "ownNetworkAloneOnFold": own_on_fold(nets, heads, pictures),
        "fer2013_public": score(data / "fer2013_public", nets, heads, OLD_PRIVATE_TEST, copies),
        "fer2013_publicHeldOut": figures(held_out(said, truth, heads["weights"]), truth, groups),
        "ckplus48": score(data / "ckplus48", nets, heads, OLD_CKPLUS),
        "quality": json.loads((FACE / "quality.json").read_text()),
        "clips": run_script("face-clips.ts", ROOT / "assets" / "rehearsal" / "face.mp4", *sorted((data / "video").glob("*.mp4"))),
        "calm": run_script("face-calm.ts", data),
        "unreadable": run_script("face-unreadable.ts", data),
    }
    (FACE / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n")
    print(json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main()
