"""Prepares the FER2013 training archive for face_train.py: repeats grouped, test pictures out, one fold held out.

    python models/training/face_dataset.py DATA OUT.npz     DATA holds fer2013_train.zip and fer2013_public/

OUT has `pictures` [N,48,48] grey, `labels` [N], `groups` [N] (repeats share a number) and `part` [N]:
0 = learnt from, 1 = the held-out fold, 2 = left out (blank, a copy of a picture in fer2013_public, or a repeat).
"""
import io
import sys
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from face_calibrate import SAME_PICTURE_RMS, read_pictures, read_rows
from face_reference import LABELS

FOLD_PICTURES = 2500
NEAR_CORRELATION = 0.97  # of pictures shrunk to 12x12: only pairs above it are compared pixel by pixel
NEAR_RMS = 14.0  # of pictures brought to the same mean and contrast: the same photograph, cut or coded differently
BLANK_DEVIATION = 5.0


def read_archive(path):
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".webp"))
        pictures = np.stack([np.asarray(Image.open(io.BytesIO(archive.read(n))).convert("L")) for n in names])
    return pictures, np.array([LABELS.index(name.split("/")[0]) for name in names])


def levelled(pictures):
    flat = pictures.reshape(len(pictures), -1).astype(np.float32)
    flat -= flat.mean(1, keepdims=True)
    return flat / np.maximum(flat.std(1, keepdims=True), BLANK_DEVIATION) * 50


def near_groups(pictures):
    """A number for each picture; the same photograph, also mirrored, gets the same number."""
    full = levelled(pictures)
    mirrored = levelled(pictures[:, :, ::-1])
    shrink = lambda rows: rows.reshape(-1, 12, 4, 12, 4).mean((2, 4)).reshape(-1, 144)
    unit = lambda rows: rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    small, turned = unit(shrink(full)), unit(shrink(mirrored))
    one, other = [], []
    for start in range(0, len(small), 2048):
        for those, pixels in ((small, full), (turned, mirrored)):
            rows, columns = np.nonzero(small[start : start + 2048] @ those.T > NEAR_CORRELATION)
            rows += start
            rows, columns = rows[rows < columns], columns[rows < columns]
            same = np.array([((full[a] - pixels[b]) ** 2).mean() < NEAR_RMS**2 for a, b in zip(rows, columns)], bool)
            one += list(rows[same])
            other += list(columns[same])
    links = coo_matrix((np.ones(len(one)), (one, other)), shape=(len(small), len(small)))
    return connected_components(links, directed=False)[1]


def copies_of(pictures, others):
    a, b = (p.reshape(len(p), -1).astype(np.float32) for p in (pictures, others))
    square = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
    return np.sqrt(square.min(1).clip(0) / a.shape[1]) <= SAME_PICTURE_RMS


def main():
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    pictures, labels = read_archive(data / "fer2013_train.zip")
    groups = near_groups(pictures)
    blank = pictures.reshape(len(pictures), -1).std(1) < BLANK_DEVIATION
    public = copies_of(pictures, read_pictures(data, read_rows(data)))
    public = np.isin(groups, groups[public])
    part = np.zeros(len(labels), np.int8)
    part[blank | public] = 2
    order = np.random.default_rng(1).permutation(groups.max() + 1)
    size = np.bincount(groups[part == 0], minlength=len(order))[order]
    part[(part == 0) & np.isin(groups, order[: np.searchsorted(np.cumsum(size), FOLD_PICTURES) + 1])] = 1
    # Of each photograph one picture a label is kept; where two labels were given, both are.
    seen = set()
    for at in np.flatnonzero(part < 2):
        key = (groups[at], labels[at])
        if key in seen:
            part[at] = 2
        seen.add(key)
    print(f"{len(labels)} pictures, {groups.max() + 1} groups, {blank.sum()} blank, {public.sum()} also in fer2013_public")
    print("learnt from, fold, left out:", np.bincount(part, minlength=3), "classes learnt:", np.bincount(labels[part == 0]))
    np.savez_compressed(out, pictures=pictures, labels=labels, groups=groups, part=part)


if __name__ == "__main__":
    main()
