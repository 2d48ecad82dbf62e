"""Reads the labelled clips and makes (and keeps) their features. DATA_DIR is the folder with labels.tsv."""

import csv
import os
from pathlib import Path

import numpy as np
import onnxruntime as ort
import soundfile

from voice_changes import fresh_changes
from voice_features import RATE, log_mel, statistics

HERE = Path(__file__).parent
LABELS = ["happy", "sad", "angry", "fear", "surprise", "neutral"]
ENCODER = HERE.parent / "voice" / "encoder.onnx"


def data_dir():
    return Path(os.environ["DATA_DIR"])


def one_thread(path):
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def load(path):
    """One file as 16 kHz mono float32."""
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    if rate != RATE:
        raise ValueError(f"{path}: {rate} Hz")
    return sound.mean(axis=1)


def clips(corpora):
    with open(data_dir() / "labels.tsv", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["corpus"] in corpora]


def features(encoder, sound):
    """Embedding and statistics side by side: [1024 + 209]."""
    return np.concatenate([encoder.run(None, {"mel": log_mel(sound)[None]})[0][0], statistics(sound)])


def corpus(name, change=None):
    """Features, labels (-1 where the model has no such class) and speakers of a corpus, changed by the change so named.

    What was computed once is kept under VOICE_CACHE.
    """
    rows = clips([name])
    cache = Path(os.environ.get("VOICE_CACHE", "/tmp/voice-cache")) / f"{name}-{change or 'plain'}.npy"
    if cache.exists():
        x = np.load(cache)
    else:
        encoder = one_thread(ENCODER)
        changed = fresh_changes()[change] if change else lambda sound: sound
        x = np.stack([features(encoder, changed(load(data_dir() / row["path"]))) for row in rows])
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.save(cache, x)
    y = np.array([LABELS.index(row["label7"]) if row["label7"] in LABELS else -1 for row in rows])
    speakers = np.array([row["speaker"] for row in rows])
    return x, y, speakers


def with_changes(name, changes):
    """A corpus and its changed copies, each copy of a speaker under a name of its own (speaker#change)."""
    parts = [corpus(name)]
    for change in changes:
        x, y, speakers = corpus(name, change)
        parts.append((x, y, np.array([f"{speaker}#{change}" for speaker in speakers])))
    return [np.concatenate(column) for column in zip(*parts)]


def short(values):
    """Six significant digits: far below what the int8 encoder gets wrong."""
    if np.ndim(values) > 1:
        return [short(row) for row in values]
    return [float(f"{value:.6g}") for value in values]
