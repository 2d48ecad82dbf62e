"""Figures on the sets for measuring: full float head, pruned float head, and the 8-bit file."""

import numpy as np

from text_data import EMOTION_DEV, EMOTIONS, INTENTS, REVIEWS, without_emoticons
from text_features import Vectors, clean
from text_fit import Head, calibration_error
from text_split import LEFT_OUT, is_senti_fold

CERTAIN_ACCURACY = 0.9


def macro_f1(truth: np.ndarray, guess: np.ndarray) -> float:
    scores = []
    for c in np.unique(truth):
        both = np.sum((truth == c) & (guess == c))
        scores.append(2 * both / (np.sum(truth == c) + np.sum(guess == c)))
    return float(np.mean(scores))


def _choice(p: np.ndarray, truth: np.ndarray) -> dict:
    """Figures with all labels open, and among the labels the set has."""
    have = np.unique(truth)
    among = np.full_like(p, -1)
    among[:, have] = p[:, have]
    free, guess = p.argmax(axis=1), among.argmax(axis=1)
    return {
        "n": len(truth),
        "accuracy": round(float(np.mean(guess == truth)), 4),
        "macroF1": round(macro_f1(truth, guess), 4),
        "accuracyAllLabelsOpen": round(float(np.mean(free == truth)), 4),
        "ece": round(calibration_error(p.max(axis=1), free == truth), 4),
    }


def _binary(p: np.ndarray, truth: np.ndarray) -> dict:
    guess = (p > 0.5).astype(int)
    sure = np.maximum(p, 1 - p)
    return {
        "n": len(truth),
        "accuracy": round(float(np.mean(guess == truth)), 4),
        "macroF1": round(macro_f1(truth, guess), 4),
        "ece": round(calibration_error(sure, guess == truth), 4),
    }


def certain_threshold(head: Head, held: dict) -> float:
    """The least probability above which the winning emotion of a held-out post is right often enough."""
    rows = held["smp_usual_train"] + held["smp_virus_train"]
    truth = np.array([EMOTIONS.index(label) for _, label in rows])
    p = head.probabilities(Vectors([clean(text) for text, _ in rows]))
    top, right = p.max(axis=1), p.argmax(axis=1) == truth
    for threshold in np.arange(0.4, 0.95, 0.01):
        if right[top >= threshold].mean() >= CERTAIN_ACCURACY:
            return round(float(threshold), 2)
    return 0.95


def measure(full: dict, pruned: dict, shipped: dict, sets: dict, held: dict, own_held: list[dict]) -> dict:
    """All figures, per set and per form of the heads."""
    report: dict = {}

    def note(head: str, name: str, texts: list[str], truth: list[int]) -> None:
        vectors, y = Vectors([clean(t) for t in texts]), np.array(truth)
        forms = {"float": full[head], "pruned": pruned[head], "int8": shipped[head]}
        for form, model in forms.items():
            p = model.probabilities(vectors)
            figures = _choice(p, y) if p.shape[1] > 1 else _binary(p[:, 0], y)
            report.setdefault(head, {}).setdefault(name, {})[form] = figures

    for name in EMOTION_DEV:
        note("emotion", name, [t for t, _ in sets[name]], [EMOTIONS.index(label) for _, label in sets[name]])
    fold = [row for row in sets["weibo_senti"] if is_senti_fold(row[0])]
    note("sentiment", "weibo_senti fold, no emoticons", [without_emoticons(t) for t, _ in fold], [int(label == "pos") for _, label in fold])
    reviews = [row for name in REVIEWS for row in held[name]]
    note("sentiment", "reviews, held out", [t for t, _ in reviews], [int(label == "pos") for _, label in reviews])
    far = sets[LEFT_OUT]
    note("sentiment", LEFT_OUT, [t for t, _ in far], [int(label == "pos") for _, label in far])
    cold = sets["cold_dev"]
    note("abuse", "cold_dev", [t for t, _ in cold], [int(label == "offensive") for _, label in cold])
    note("abuse", "own lines, held out", [r["text"] for r in own_held], [int(r["abuse"] > 0.5) for r in own_held])
    note("intent", "own lines, held out", [r["text"] for r in own_held], [INTENTS.index(r["intent"]) for r in own_held])
    note("purchase", "own lines, held out", [r["text"] for r in own_held], [int(r["purchase"]) for r in own_held])
    return report
