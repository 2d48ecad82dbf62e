"""How the voice figures are taken: class recall, calibration error, and their intervals by resampling clips."""

import numpy as np

BINS, SAMPLES = 10, 1000


def recall(y, guess, counted=None):
    """Mean class recall; a clip that is not counted as answered is a wrong answer."""
    right = (y == guess) if counted is None else (y == guess) & counted
    return float(np.mean([right[y == label].mean() for label in np.unique(y)]))


def calibration_error(confidence, right):
    """Expected calibration error in ten bins of equally many readings."""
    order = np.argsort(confidence, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    return float(sum(len(part) * abs(confidence[part].mean() - right[part].mean()) for part in parts) / len(order))


def chance_error(confidence, seed=0, times=200):
    """The calibration error that a perfectly calibrated model would show on so few readings, on average."""
    random = np.random.default_rng(seed)
    return float(np.mean([calibration_error(confidence, random.random(len(confidence)) < confidence) for _ in range(times)]))


def interval(figure, groups, seed=0, samples=SAMPLES):
    """95 % of `figure(rows)` when whole groups of rows (the readings of a clip) are drawn anew: (low, high)."""
    random, names = np.random.default_rng(seed), np.unique(groups)
    rows = {name: np.flatnonzero(groups == name) for name in names}
    drawn = (np.concatenate([rows[name] for name in random.choice(names, len(names))]) for _ in range(samples))
    values = [figure(one) for one in drawn]
    return [float(value) for value in np.percentile(values, [2.5, 97.5])]
