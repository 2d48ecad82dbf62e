"""Chooses temperatures, weights and limits of the face path on FER2013 PublicTest pictures; writes heads.json.

    python models/training/face_calibrate.py DATA [--write]     DATA holds fer2013_public/ and fer2013_train.zip

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

from face_reference import (CROP, FACE, LABELS, LIFT_TO, blend, detect, express, log_softmax, open_nets, session,
                            square_of)

SAME_PICTURE_RMS = 5.0  # copies lie under 2.7, the nearest other picture at 9.8
WANTED_ACCURACY = 0.80  # of the readings called certain
# At 0.6 the detector saw a face in 3 of 24 pictures without one (scikit-image's samples), at 0.7 in none.
DETECTOR_SCORE = 0.7
LARGEST_LOSS = 0.07  # of accuracy, at the smallest and at the darkest face that still counts
# Never less for face-api's network, its share before our own came: it alone was not made on FER2013, and the figures
# of other pictures that models were compared on fall steeply below it.
LEAST_FACE_API = 0.5
# Faces of people who look at the camera are read up to here; the detector's points are rough.
MOST_YAW_DEGREES = 35
# Of pixels that equal their neighbours: clean frames of the clips reach 0.16 (blurred), posterised ones begin at 0.72.
FLAT_FROM = 0.4
NETS = ("faceApi", "miniXception", "own")


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


def read_all(nets, pictures, own_scale):
    """What each network says of pictures that are faces, rows in their order."""
    rows = []
    for picture in pictures:
        size = picture.shape[0]
        image = np.repeat(picture[:, :, None], 3, 2)
        rows.append(express(nets, image, size / 2, size / 2, size, 0, own_scale))
    return {name: np.stack([row[name] for row in rows]) for name in (*NETS, "covered", "drawn")}


def read_found(nets, detector, pictures, crop, own_scale):
    """The same for faces found in a camera frame of 320x180, their edges drawn out to fill it; also which were found."""
    rows, found = [], []
    for picture in pictures:
        face = np.asarray(Image.fromarray(picture).resize((112, 112), Image.BICUBIC))
        frame = np.repeat(np.pad(face, ((35, 33), (104, 104)), mode="edge")[:, :, None], 3, 2)
        faces = detect(detector, frame, DETECTOR_SCORE)
        found.append(bool(faces))
        if faces:
            rows.append(express(nets, frame, *square_of(faces[0][1], faces[0][2], crop), own_scale))
    return {name: np.stack([row[name] for row in rows]) for name in NETS}, np.array(found)


def loss(p, truth):
    return float(-np.log(np.maximum(p[np.arange(len(truth)), truth], 1e-12)).mean())


def cooled_alone(said, truth, name):
    """The temperature of the least loss for one network alone."""
    grid = np.exp(np.arange(np.log(0.4), np.log(12), 0.02))
    heads = lambda t: {"weights": {name: 1.0}, "temperatures": {name: t}}
    return float(grid[np.argmin([loss(blend(said, heads(t)), truth) for t in grid])])


def heads_for(said, truth, weights):
    """Each network cooled on its own, then all by one factor, so that the blend's probabilities are honest."""
    alone = {name: cooled_alone(said, truth, name) for name in NETS if weights[name] > 0}
    factors = np.arange(0.4, 1.6, 0.02)
    heads = lambda f: {"weights": {n: weights[n] for n in alone}, "temperatures": {n: t * f for n, t in alone.items()}}
    return heads(factors[np.argmin([loss(blend(said, heads(f)), truth) for f in factors])])


def calibration_error(probabilities, truth, bins=10):
    """ECE over bins of equal mass."""
    confidence, hit = probabilities.max(1), probabilities.argmax(1) == truth
    parts = np.array_split(np.argsort(confidence, kind="stable"), bins)
    return float(sum(abs(hit[b].mean() - confidence[b].mean()) * len(b) for b in parts if len(b)) / len(truth))


def part_of(said, rows):
    return {name: values[rows] for name, values in said.items()}


def held_out(said, truth, weights, folds=5):
    """Each picture's probabilities with temperatures fitted on the other folds."""
    fold, p = np.random.default_rng(1).permutation(len(truth)) % folds, np.zeros((len(truth), len(LABELS)))
    for left in range(folds):
        heads = heads_for(part_of(said, fold != left), truth[fold != left], weights)
        p[fold == left] = blend(part_of(said, fold == left), heads)
    return p


def smaller(pictures, size):
    return [np.asarray(Image.fromarray(p).resize((size, size), Image.BOX)) for p in pictures]


def darker(pictures, grey, random):
    """As an 8-bit camera sees it in the dark: scaled to this mean grey, noise of 3 steps, rounded."""
    for picture in pictures:
        value = picture * (grey / max(1.0, picture.mean())) + random.normal(0, 3, picture.shape)
        yield np.clip(np.round(value), 0, 255).astype(np.uint8)


def choose_weights(said, truth):
    """The weights of the least held-out loss on a grid of tenths, face-api's not under its floor."""
    tried = []
    for first in range(round(LEAST_FACE_API * 10), 8):
        for second in range(0, 10 - first):
            weights = dict(zip(NETS, (first / 10, second / 10, round(1 - (first + second) / 10, 1))))
            p = held_out(said, truth, weights)
            tried.append((loss(p, truth), weights))
            print(f"{weights} held out: loss {tried[-1][0]:.4f} accuracy {(p.argmax(1) == truth).mean():.3f}"
                  f" ece {calibration_error(p, truth):.3f}")
    return min(tried, key=lambda one: one[0])[1]


def main():
    pictures, truth = load(Path(sys.argv[1]))
    nets, detector = open_nets(), session("blazeface")
    accuracy_of = lambda p: float((p.argmax(1) == truth).mean())
    alone = {}
    for scale in (0.88, 0.94, 1.0):
        said = read_all(nets, pictures, scale)
        alone[scale] = said
        heads = heads_for(said, truth, {"faceApi": 0.0, "miniXception": 0.0, "own": 1.0})
        print(f"own network at {scale}: accuracy {accuracy_of(said['own']):.3f} loss {loss(blend(said, heads), truth):.4f}")
    own_loss = lambda said: loss(blend(said, heads_for(said, truth, {"faceApi": 0.0, "miniXception": 0.0, "own": 1.0})), truth)
    own_scale = min(alone, key=lambda scale: own_loss(alone[scale]))
    said = alone[own_scale]
    weights = choose_weights(said, truth)
    heads = heads_for(said, truth, weights)
    heads["weights"] = {name: weights[name] for name in NETS}
    heads["temperatures"] = {name: round(float(heads["temperatures"].get(name, 1.0)), 3) for name in NETS}
    p = blend(said, heads)
    accuracy, confidence, hit = accuracy_of(p), p.max(1), p.argmax(1) == truth
    print(f"chosen {heads}: accuracy {accuracy:.3f} loss {loss(p, truth):.4f} ece {calibration_error(p, truth):.3f}")
    crops = {}
    for by_eyes in (0.0, 0.5, 1.0):
        crop = {**CROP, "byEyes": by_eyes}
        seen, found = read_found(nets, detector, pictures, crop, own_scale)
        q = blend(seen, heads)
        crops[by_eyes] = loss(q, truth[found])
        print(f"found in a frame {found.sum()}, placed by the eyes {by_eyes}: accuracy "
              f"{(q.argmax(1) == truth[found]).mean():.3f} loss {crops[by_eyes]:.4f}; as they are "
              f"{(p[found].argmax(1) == truth[found]).mean():.3f}")
    limits = np.arange(0.3, 0.9, 0.01)
    for limit in limits[::5]:
        print(f"certain from {limit:.2f}: coverage {(confidence >= limit).mean():.3f} accuracy {hit[confidence >= limit].mean():.3f}")
    certain = next(limit for limit in limits if hit[confidence >= limit].mean() >= WANTED_ACCURACY)
    enough, light = {}, {}
    for size in (12, 16, 20, 24, 28, 32, 40):
        enough[size] = accuracy_of(blend(read_all(nets, smaller(pictures, size), own_scale), heads))
        print(f"face of {size} px: accuracy {enough[size]:.3f}")
    for grey in (20, 25, 30, 35, 40, 45, 50, 60, 90):
        dark = list(darker(pictures, grey, np.random.default_rng(1)))
        light[grey] = accuracy_of(blend(read_all(nets, dark, own_scale), heads))
        print(f"mean grey {grey}: accuracy {light[grey]:.3f}")
    quality = json.loads((FACE / "quality.json").read_text())
    neutral = np.log(np.maximum(p[truth == LABELS.index("neutral")], 1e-4)).mean(0)
    heads = {
        **heads,
        "certainFrom": round(float(certain), 2),
        "detectorScore": DETECTOR_SCORE,
        "crop": {**CROP, "byEyes": min(crops, key=crops.get)},
        "ownScale": own_scale,
        "liftTo": LIFT_TO,
        "smallestFacePx": min(s for s in enough if all(enough[t] >= accuracy - LARGEST_LOSS for t in enough if t >= s)),
        "darkestFace": min(g for g in light if all(light[t] >= accuracy - LARGEST_LOSS for t in light if t >= g)),
        "mostYawDegrees": MOST_YAW_DEGREES,
        "coveredFrom": quality["covered"]["from"],
        "drawnFrom": quality["drawn"]["from"],
        "flatFrom": FLAT_FROM,
        "neutralLog": [round(float(v), 4) for v in neutral],
    }
    print(json.dumps(heads))
    if "--write" in sys.argv:
        (FACE / "heads.json").write_text(json.dumps(heads, indent=2) + "\n")


if __name__ == "__main__":
    main()
