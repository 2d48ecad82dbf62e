"""Trains models/voice/heads.json. Default data: CASIA and EmoDB, nothing non-commercial or research-only.

DATA_DIR=.../data/voice python models/training/voice_heads.py [--out FILE] [--without SPEAKER]
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from voice_data import HERE, LABELS, corpus
from voice_features import Speaker, enrolled

MAIN, OTHERS = "casia", ["emodb"]
MAIN_WEIGHT, OTHER_WEIGHT = 3, 0.5
ORDERS = 20


def by_own_clips(x, speakers):
    """Each speaker's features z-scored with that speaker's own clips."""
    z = np.empty_like(x)
    for speaker in np.unique(speakers):
        own = speakers == speaker
        z[own] = (x[own] - x[own].mean(axis=0)) / (x[own].std(axis=0) + 1e-6)
    return z


def logistic(x, y, weight, strength):
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=1000)
    return model.fit(x, y, sample_weight=weight)


class Model:
    """The two heads and the prior, trained on everything but one speaker (or on all)."""

    def __init__(self, main, others, without=None):
        x, y, speakers = main
        keep = speakers != without
        x, y, speakers = x[keep], y[keep], speakers[keep]
        each = [x[speakers == one] for one in np.unique(speakers)]
        self.mean = np.mean([one.mean(axis=0) for one in each], axis=0)
        self.std = np.mean([one.std(axis=0) for one in each], axis=0)
        z = by_own_clips(x, speakers)
        parts = [(z, y, MAIN_WEIGHT)] + [(by_own_clips(a, c), b, OTHER_WEIGHT) for a, b, c in others]
        parts = [(a[b >= 0], b[b >= 0], np.full((b >= 0).sum(), w)) for a, b, w in parts]
        all_z, all_y, weight = (np.concatenate(column) for column in zip(*parts))
        first = logistic(all_z[:, :1024], all_y, weight, 0.0005)
        scale = np.concatenate([np.full(1024, 0.5), np.ones(z.shape[1] - 1024)])
        second = logistic(z * scale, y, None, 0.01)
        self.heads = [(first.coef_, first.intercept_), (second.coef_ * scale, second.intercept_)]

    def probabilities(self, z):
        each = [softmax(z[:, : w.shape[1]] @ w.T + b) for w, b in self.heads]
        return np.mean(each, axis=0)

    def causal(self, x, order):
        """Probabilities of one speaker's clips heard in this order, in the clips' own order; and when each came."""
        speaker, z, place = Speaker(self.mean, self.std), np.empty_like(x), np.empty(len(x), int)
        for at, clip in enumerate(order):
            z[clip], place[clip] = speaker.read(x[clip]), at
        return self.probabilities(z), place

    def full(self, x):
        return self.probabilities(enrolled(x, self.std))


def softmax(logits):
    power = np.exp(logits - logits.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


def cool(p, temperature):
    return softmax(np.log(np.maximum(p, 1e-12)) / temperature)


def held_out(main, others):
    """Causal probabilities of clips of speakers the model never saw: (p, y, place) over all orders."""
    rows = []
    for speaker in np.unique(main[2]):
        model, own = Model(main, others, speaker), main[2] == speaker
        for seed in range(ORDERS):
            order = np.random.default_rng(seed).permutation(own.sum())
            p, place = model.causal(main[0][own], order)
            rows.append((p, main[1][own], place))
    return [np.concatenate(column) for column in zip(*rows)]


def best_temperature(p, y):
    grid = np.geomspace(0.3, 3, 200)
    loss = [-np.log(cool(p, t)[np.arange(len(y)), y]).mean() for t in grid]
    return float(grid[int(np.argmin(loss))])


def least_confidence(p, y, wanted=0.7):
    """The lowest confidence above which `wanted` of the readings are right, keeping at least half of them."""
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    for limit in np.arange(0.2, 0.8, 0.01):
        kept = confidence >= limit
        if kept.mean() < 0.5:
            break
        if right[kept].mean() >= wanted:
            return round(float(limit), 2)
    return round(float(np.median(confidence)), 2)


def short(values):
    """Six significant digits: far below what the int8 encoder gets wrong."""
    if np.ndim(values) > 1:
        return [short(row) for row in values]
    return [float(f"{value:.6g}") for value in values]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=HERE.parent / "voice" / "heads.json")
    parser.add_argument("--without", help="a speaker to leave out of training, such as casia/liuchanhg")
    parser.add_argument("--others", default=",".join(OTHERS), help="corpora beside CASIA, for comparison only")
    options = parser.parse_args()
    casia = corpus(MAIN)
    others = [corpus(name) for name in options.others.split(",") if name]
    p, y, place = held_out(casia, others)
    p, y = p[place >= 19], y[place >= 19]
    temperature = best_temperature(p, y)
    model = Model(casia, others, options.without)
    heads = {
        "labels": LABELS,
        "prior": {"mean": short(model.mean), "std": short(model.std)},
        "heads": [{"weights": short(w), "bias": short(b)} for w, b in model.heads],
        "temperature": round(temperature, 4),
        "minimumConfidence": least_confidence(cool(p, temperature), y),
    }
    options.out.write_text(json.dumps(heads) + "\n", encoding="utf-8")
    print(json.dumps({key: heads[key] for key in ["temperature", "minimumConfidence"]}))


if __name__ == "__main__":
    main()
