"""Trains models/voice/heads.json. Default data: CASIA and EmoDB, nothing non-commercial or research-only.

DATA_DIR=.../data/voice python models/training/voice_heads.py [--out FILE] [--without SPEAKER]
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from voice_changes import fresh_changes
from voice_data import HERE, LABELS, short, with_changes
from voice_features import STATISTICS, Speaker, enrolled
from voice_guard import trained

MAIN, OTHERS = "casia", ["emodb"]
OTHER_WEIGHT = 0.5
ORDERS = 20
CHANGES = list(fresh_changes())
# Strength for clips that each come once; with n copies of every clip it is divided by n.
STRENGTHS = {"embedding": 0.004, "both": 0.006}
HALF = np.concatenate([np.full(1024, 0.5), np.ones(STATISTICS)])


def by_own_clips(x, speakers):
    """Each speaker's features z-scored with that speaker's own clips."""
    z = np.empty_like(x)
    for speaker in np.unique(speakers):
        own = speakers == speaker
        z[own] = (x[own] - x[own].mean(axis=0)) / (x[own].std(axis=0) + 1e-6)
    return z


def logistic(x, y, weight, strength):
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=400)
    return model.fit(x, y, sample_weight=weight)


def of_speakers(data, wanted):
    """The rows of those speakers and of their changed copies."""
    keep = np.array([speaker.split("#")[0] in wanted for speaker in data[2]])
    return [column[keep] for column in data]


class Model:
    """The two heads and the prior. `main` and `others` are corpora with their changed copies; `without` is left out."""

    def __init__(self, main, others, without=None):
        plain = sorted({speaker for speaker in main[2] if "#" not in speaker and speaker != without})
        each = [main[0][main[2] == speaker] for speaker in plain]
        self.mean = np.mean([one.mean(axis=0) for one in each], axis=0)
        self.std = np.mean([one.std(axis=0) for one in each], axis=0)
        parts = [(of_speakers(main, plain), 1)] + [(other, OTHER_WEIGHT) for other in others]
        z, y, weight = (
            np.concatenate(column)
            for column in zip(*((by_own_clips(x, who), y, np.full(len(y), share)) for (x, y, who), share in parts))
        )
        z, y, weight = z[y >= 0], y[y >= 0], weight[y >= 0]
        copies = 1 + len({speaker.split("#")[1] for speaker in main[2] if "#" in speaker})
        first = logistic(z[:, :1024], y, weight, STRENGTHS["embedding"] / copies)
        second = logistic(z * HALF, y, weight, STRENGTHS["both"] / copies)
        self.heads = [(first.coef_, first.intercept_), (second.coef_ * HALF, second.intercept_)]

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
    for speaker in sorted(speaker for speaker in set(main[2]) if "#" not in speaker):
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=HERE.parent / "voice" / "heads.json")
    parser.add_argument("--without", help="a speaker to leave out of training, such as casia/liuchanhg")
    parser.add_argument("--others", default=",".join(OTHERS), help="corpora beside CASIA, for comparison only")
    options = parser.parse_args()
    casia = with_changes(MAIN, CHANGES)
    others = [with_changes(name, CHANGES) for name in options.others.split(",") if name]
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
        "guard": trained(),
    }
    options.out.write_text(json.dumps(heads) + "\n", encoding="utf-8")
    print(json.dumps({key: heads[key] for key in ["temperature", "minimumConfidence"]}))


if __name__ == "__main__":
    main()
