"""What must not be read or learnt: music and noise, singing, and voices that are not the streamer's.

Two parts of heads.json, both linear over the raw features of an utterance:
  kinds        speech, background or singing (logistic), from clips, our own backgrounds, and clips made to sing
  voiceprint   a projection in which one speaker's clips lie close together (within-speaker whitening, then LDA)

  DATA_DIR=.../data/voice python models/training/voice_guard.py      prints the figures on speakers and kinds left out
"""

import json
import os
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from voice_backgrounds import KINDS, background, sung
from voice_changes import behind
from voice_data import ENCODER, HERE, clips, corpus, data_dir, features, load, one_thread, short
from voice_features import RATE

CORPORA = ["casia", "emodb"]
EACH, SECONDS, SUNG_EVERY, MIXED_EVERY = 6, 3, 24, 8
LEVELS = [10, 5, 0]
STRENGTH, DIMENSIONS, COMPONENTS = 0.003, 8, 100
ENROLLED, KEPT_OWN, KEPT_SPEECH = 20, 0.97, 0.99


def cached(name, make):
    path = Path(os.environ.get("VOICE_CACHE", "/tmp/voice-cache")) / f"{name}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, make(one_thread(ENCODER)))
    return np.load(path)


def backgrounds(first_seed=3000, each=EACH):
    """Features and kind of our own backgrounds."""
    kinds = [kind for kind in KINDS for _ in range(each)]
    sounds = ((kind, first_seed + i) for kind in KINDS for i in range(each))
    make = lambda encoder: np.stack([features(encoder, background(kind, seed, SECONDS)) for kind, seed in sounds])
    return cached(f"backgrounds-{first_seed}-{each}", make), np.array(kinds)


def singing(name, every=SUNG_EVERY, seed=4000):
    """Features and speaker of every n-th clip of a corpus, made to sing."""
    rows = clips([name])[::every]
    make = lambda encoder: np.stack(
        [features(encoder, sung(load(data_dir() / row["path"]), seed + i)) for i, row in enumerate(rows)]
    )
    return cached(f"singing-{name}-{every}-{seed}", make), np.array([row["speaker"] for row in rows])


def talking(name, every=MIXED_EVERY, seed=5):
    """Raw features and speaker of a corpus, and of every n-th clip with our own sounds behind it."""
    x, _, who = corpus(name)
    rows = clips([name])[::every]
    change = behind(seed, LEVELS)
    make = lambda encoder: np.stack([features(encoder, change(load(data_dir() / row["path"]))) for row in rows])
    mixed = cached(f"mixed-{name}-{every}-{seed}", make)
    return np.concatenate([x, mixed]), np.concatenate([who, [row["speaker"] for row in rows]])


def made_voices():
    """Raw features of the synthetic voices that this project rehearses and tests with: they are to count as speech."""
    sounds = [load(HERE.parent / "voice" / "golden" / "speech.wav"), load(HERE.parent.parent / "assets/rehearsal/speech.ogg")]
    pieces = [one[at : at + SECONDS * RATE] for one in sounds for at in range(0, len(one) - RATE, 2 * RATE)]
    make = lambda encoder: np.stack([features(encoder, one) for one in pieces if np.abs(one).max() > 0.02])
    x = cached("made-voices", make)
    return x, np.full(len(x), "made")


def all_talking():
    return together([*(talking(name) for name in CORPORA), made_voices()])


def together(parts):
    return [np.concatenate(column) for column in zip(*parts)]


class Kinds:
    """Probabilities of speech, background and singing of raw features."""

    def __init__(self, speech, behind, song):
        x = np.concatenate([speech, behind, song])
        y = np.repeat([0, 1, 2], [len(speech), len(behind), len(song)])
        self.mean, self.std = x.mean(axis=0), x.std(axis=0) + 1e-6
        model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=200, tol=1e-3)
        model.fit((x - self.mean) / self.std, y)
        self.weights = model.coef_ / self.std
        self.bias = model.intercept_ - self.weights @ self.mean

    def probabilities(self, x):
        logits = x @ self.weights.T + self.bias
        power = np.exp(logits - logits.max(axis=1, keepdims=True))
        return power / power.sum(axis=1, keepdims=True)


class Voiceprint:
    """Squared distance a clip may have from a speaker's mean, about 1 for the speaker's own clips."""

    def __init__(self, x, speakers):
        centre, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
        z = (x - centre) / spread
        _, values, axes = np.linalg.svd(z, full_matrices=False)
        axes = axes[:COMPONENTS].T
        p = z @ axes
        means = {one: p[speakers == one].mean(axis=0) for one in np.unique(speakers)}
        inner = p - np.stack([means[one] for one in speakers])
        within = inner.T @ inner / len(p)
        within = 0.9 * within + 0.1 * np.eye(len(within)) * np.trace(within) / len(within)
        value, vector = np.linalg.eigh(within)
        whiten = vector / np.sqrt(value)
        between = np.stack(list(means.values())) @ whiten
        between -= between.mean(axis=0)
        _, _, best = np.linalg.svd(between, full_matrices=False)
        self.projection = (axes @ whiten @ best[:DIMENSIONS].T / spread[:, None]).T / np.sqrt(DIMENSIONS)

    def distance(self, x, mean):
        return (((x - mean) @ self.projection.T) ** 2).sum(axis=1)


def enrolled_distances(print_, x, seed=0):
    """Distances of one speaker's other clips to the mean of 20 of them, and that mean."""
    order = np.random.default_rng(seed).permutation(len(x))
    mean = x[order[:ENROLLED]].mean(axis=0)
    return print_.distance(x[order[ENROLLED:]], mean), mean


def measured_voiceprint():
    """Own and other distances of speakers that the projection never saw, in folds of two speakers."""
    x, who = together([corpus(name)[::2] for name in CORPORA])
    names = sorted(set(who))
    own, other = [], []
    for i in range(0, len(names), 2):
        pair = names[i : i + 2]
        rest = ~np.isin(who, pair)
        print_ = Voiceprint(x[rest], who[rest])
        for one, stranger in (pair, pair[::-1]):
            distances, mean = enrolled_distances(print_, x[who == one])
            own.append(distances)
            other.append(print_.distance(x[who == stranger], mean))
    return own, other


def measured_kinds():
    """Probabilities of speech for speech and singing (speaker left out) and for backgrounds (kind left out)."""
    speech, who = all_talking()
    song, singer = together([singing(name) for name in CORPORA])
    sounds, kinds = backgrounds()
    result = {"speech": [], "background": [], "singing": []}
    for kind, left in zip(KINDS, sorted(set(who))):
        model = Kinds(speech[who != left], sounds[kinds != kind], song[singer != left])
        result["speech"].append(model.probabilities(speech[who == left])[:, 0])
        result["background"].append(model.probabilities(sounds[kinds == kind])[:, 0])
        result["singing"].append(model.probabilities(song[singer == left])[:, 0])
    return {name: np.concatenate(parts) for name, parts in result.items()}


def limits(held, own):
    """A sound is speech above the first number; a clip is the speaker's up to the second."""
    return np.quantile(held["speech"], 1 - KEPT_SPEECH), np.mean([np.quantile(one, KEPT_OWN) for one in own])


def trained():
    """The part `guard` of heads.json; its limits come from speakers and kinds that were left out."""
    least, farthest = limits(measured_kinds(), measured_voiceprint()[0])
    kinds = Kinds(all_talking()[0], backgrounds()[0], together([singing(name) for name in CORPORA])[0])
    voiceprint = Voiceprint(*together([corpus(name)[::2] for name in CORPORA]))
    return {
        "kinds": {"weights": short(kinds.weights), "bias": short(kinds.bias), "leastSpeech": round(float(least), 4)},
        "voiceprint": {"projection": short(voiceprint.projection), "farthest": round(float(farthest), 4)},
    }


def main():
    held = measured_kinds()
    own, other = measured_voiceprint()
    limit, farthest = limits(held, own)
    print(json.dumps({
        "leastSpeech": round(float(limit), 4),
        **{f"{name} below it": round(float((p < limit).mean()), 4) for name, p in held.items()},
        "farthest": round(float(farthest), 4),
        "own clips beyond it": [round(float((one > farthest).mean()), 3) for one in own],
        "others' clips beyond it": [round(float((one > farthest).mean()), 3) for one in other],
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
