"""Figures with 95 % bootstrap intervals; whole groups of like texts are drawn, so that copies do not narrow them."""

import numpy as np

DRAWS = 1000
SEED = 20261125


def group_weights(groups: list[str], draws: int = DRAWS) -> np.ndarray:
    """[draws, rows] how often each row is in each draw of groups, with replacement."""
    _, at = np.unique(np.array(groups), return_inverse=True)
    dice, count = np.random.default_rng(SEED), at.max() + 1
    return np.stack([np.bincount(dice.integers(0, count, count), minlength=count)[at] for _ in range(draws)])


def interval(values: np.ndarray) -> list[float]:
    return [round(float(v), 4) for v in np.percentile(values, [2.5, 97.5])]


def macro_f1(truth: np.ndarray, guess: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """One value a row of weights; classes that the set does not have are not counted."""
    scores = []
    for c in np.unique(truth):
        both = weights @ ((truth == c) & (guess == c))
        scores.append(2 * both / np.maximum(weights @ (truth == c).astype(float) + weights @ (guess == c).astype(float), 1e-9))
    return np.mean(scores, axis=0)


def accuracy(truth: np.ndarray, guess: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return weights @ (truth == guess) / weights.sum(axis=1)


def equal_mass_ece(p: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Calibration error over bins of as many rows each."""
    order = np.argsort(p, kind="stable")
    parts = np.array_split(order, bins)
    return float(sum(abs(p[part].mean() - right[part].mean()) * len(part) for part in parts if len(part)) / len(p))


def ece_interval(p: np.ndarray, right: np.ndarray, weights: np.ndarray) -> dict:
    draws = [equal_mass_ece(np.repeat(p, w), np.repeat(right, w)) for w in weights[:300]]
    return {"ece": round(equal_mass_ece(p, right), 4), "eceInterval": interval(np.array(draws))}


def figures(truth: np.ndarray, guess: np.ndarray, groups: list[str], other: np.ndarray | None = None) -> dict:
    """Accuracy and macro-F1 with intervals; with another model's guesses also the gain over it, on the same draws."""
    weights, whole = group_weights(groups), np.ones((1, len(truth)))
    out = {"n": len(truth), "groups": len(set(groups))}
    for name, of in (("accuracy", accuracy), ("macroF1", macro_f1)):
        value, draws = float(of(truth, guess, whole)[0]), of(truth, guess, weights)
        out |= {name: round(value, 4), f"{name}Interval": interval(draws)}
        if other is not None:
            gain = value - float(of(truth, other, whole)[0])
            out |= {f"{name}Gain": round(gain, 4), f"{name}GainInterval": interval(draws - of(truth, other, weights))}
    return out
