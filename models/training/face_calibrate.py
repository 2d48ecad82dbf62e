"""Chooses temperatures, weights and limits of the face path on FER2013 PublicTest pictures; writes heads.json.

    python models/training/face_calibrate.py DATA     DATA holds fer2013_public/ and fer2013_train.zip

Pictures that are also in the training archive (equal up to its lossy compression) are left out.
"""
import csv
import io
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from face_reference import FACE, LABELS, LIFT_TO, express, log_softmax, session

SAME_PICTURE_RMS = 5.0  # copies lie under 2.7, the nearest other picture at 9.8
WANTED_ACCURACY = 0.80  # of the readings called certain
# At 0.6 the detector saw a face in 3 of 24 pictures without one (scikit-image's samples), at 0.7 in none.
DETECTOR_SCORE = 0.7
LARGEST_LOSS = 0.07  # of accuracy, at the smallest and at the darkest face that still counts


def read_rows(data):
    return list(csv.DictReader(open(data / "fer2013_public" / "labels.csv")))


def read_pictures(data, rows):
    return np.stack([np.asarray(Image.open(data / "fer2013_public" / r["file"]).convert("L")) for r in rows])


def copies_of_training(data):
    """File names of the pictures that are also in the training archive."""
    rows = read_rows(data)
    mine = read_pictures(data, rows).reshape(len(rows), -1).astype(np.float32)
    with zipfile.ZipFile(data / "fer2013_train.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith(".webp")]
        other = np.stack([np.asarray(Image.open(io.BytesIO(archive.read(n))).convert("L")).ravel() for n in names])
    other = other.astype(np.float32)
    square = (mine**2).sum(1)[:, None] + (other**2).sum(1)[None] - 2 * mine @ other.T
    rms = np.sqrt(square.min(1).clip(0) / mine.shape[1])
    return {row["file"] for row, distance in zip(rows, rms) if distance <= SAME_PICTURE_RMS}


def load(data):
    rows, copies = read_rows(data), copies_of_training(data)
    kept = [row for row in rows if row["file"] not in copies]
    print(f"{len(rows)} pictures, {len(copies)} also in the training archive, {len(kept)} used")
    return read_pictures(data, kept), np.array([LABELS.index(row["label"]) for row in kept])


def read_all(nets, pictures):
    both = []
    for picture in pictures:
        size = picture.shape[0]
        image = np.repeat(picture[:, :, None], 3, 2)
        both.append(express(nets, image, size / 2, size / 2, size, 0)[:2])
    one, two = (np.log(np.maximum(np.stack(side), 1e-12)) for side in zip(*both))
    return one, two


def loss(logits, truth):
    return -log_softmax(logits)[np.arange(len(truth)), truth].mean()


def best_temperature(logits, truth):
    grid = np.arange(0.5, 10.01, 0.1)
    return float(grid[np.argmin([loss(logits / t, truth) for t in grid])])


def blend(one, two, weight, temperatures):
    first, second = log_softmax(one / temperatures[0]), log_softmax(two / temperatures[1])
    return np.exp(log_softmax(weight * first + (1 - weight) * second))


def calibration_error(probabilities, truth, bins=10):
    confidence, hit = probabilities.max(1), probabilities.argmax(1) == truth
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(abs(hit[index == b].mean() - confidence[index == b].mean()) * (index == b).mean() for b in set(index))


def held_out(one, two, weight, truth, folds=5):
    """Each picture's probabilities with temperatures fitted on the other folds."""
    fold, p = np.random.default_rng(1).permutation(len(truth)) % folds, np.zeros_like(one)
    for left in range(folds):
        fit, test = fold != left, fold == left
        temperatures = best_temperature(one[fit], truth[fit]), best_temperature(two[fit], truth[fit])
        p[test] = blend(one[test], two[test], weight, temperatures)
    return p


def smaller(pictures, size):
    return [np.asarray(Image.fromarray(p).resize((size, size), Image.BOX)) for p in pictures]


def darker(pictures, grey, random):
    """As an 8-bit camera sees it in the dark: scaled to this mean grey, noise of 3 steps, rounded."""
    for picture in pictures:
        value = picture * (grey / max(1.0, picture.mean())) + random.normal(0, 3, picture.shape)
        yield np.clip(np.round(value), 0, 255).astype(np.uint8)


def main():
    pictures, truth = load(Path(sys.argv[1]))
    nets = session("faceapi_expression"), session("fer_mini_xception")
    one, two = read_all(nets, pictures)
    temperatures = best_temperature(one, truth), best_temperature(two, truth)
    print("temperatures", temperatures)
    for weight in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0):
        p = blend(one, two, weight, temperatures)
        print(f"face-api weight {weight}: accuracy {(p.argmax(1) == truth).mean():.3f} loss {loss(np.log(p), truth):.3f}"
              f" ece {calibration_error(p, truth):.3f}")
    weight = 0.5
    print(f"held out: ece {calibration_error(held_out(one, two, weight, truth), truth):.3f}")
    p = blend(one, two, weight, temperatures)
    accuracy = (p.argmax(1) == truth).mean()
    confidence, hit = p.max(1), p.argmax(1) == truth
    limits = np.arange(0.3, 0.9, 0.01)
    for limit in limits[::5]:
        print(f"certain from {limit:.2f}: coverage {(confidence >= limit).mean():.3f} accuracy {hit[confidence >= limit].mean():.3f}")
    certain = next(limit for limit in limits if hit[confidence >= limit].mean() >= WANTED_ACCURACY)
    enough = {}
    for size in (12, 16, 20, 24, 28, 32, 40):
        small = blend(*read_all(nets, smaller(pictures, size)), weight, temperatures)
        enough[size] = (small.argmax(1) == truth).mean()
        print(f"face of {size} px: accuracy {enough[size]:.3f}")
    light = {}
    for grey in (20, 25, 30, 35, 40, 45, 50, 60, 90):
        dark = blend(*read_all(nets, darker(pictures, grey, np.random.default_rng(1))), weight, temperatures)
        light[grey] = (dark.argmax(1) == truth).mean()
        print(f"mean grey {grey}: accuracy {light[grey]:.3f}")
    heads = {
        "temperatures": {"faceApi": round(temperatures[0], 2), "miniXception": round(temperatures[1], 2)},
        "weights": {"faceApi": weight, "miniXception": 1 - weight},
        "certainFrom": round(float(certain), 2),
        "detectorScore": DETECTOR_SCORE,
        "cropScale": 1.1,
        "liftTo": LIFT_TO,
        "smallestFacePx": min(s for s in enough if all(enough[t] >= accuracy - LARGEST_LOSS for t in enough if t >= s)),
        "darkestFace": min(g for g in light if all(light[t] >= accuracy - LARGEST_LOSS for t in light if t >= g)),
    }
    print(json.dumps(heads))
    if "--write" in sys.argv:
        (FACE / "heads.json").write_text(json.dumps(heads, indent=2) + "\n")


if __name__ == "__main__":
    main()
