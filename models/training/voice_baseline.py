"""The plain model that the shipped one is compared with: statistics and layer 3, one linear classifier, CASIA only.

  DATA_DIR=.../data/voice python models/training/voice_baseline.py
Prints the mean UAR of the two CASIA speakers, each read by a model trained on the other one alone.
"""

import json

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from voice_data import corpus
from voice_features import Speaker
from voice_figures import recall
from voice_heads import HALF, MAIN, ORDERS


def models():
    """Name, scale of the features, classifier: the settings of the published rows."""
    svm = LinearSVC(C=0.002, class_weight="balanced", max_iter=5000)
    logistic = LogisticRegression(C=0.01, class_weight="balanced", max_iter=500)
    return [("linear SVM", 1, svm), ("logistic", HALF, logistic)]


def figures(scale, model):
    """Mean causal (seeded orders) and full UAR."""
    x, y, speakers = corpus(MAIN)
    causal, full = [], []
    for speaker in np.unique(speakers):
        own = speakers == speaker
        mean, std = x[~own].mean(axis=0), x[~own].std(axis=0)
        model.fit((x[~own] - mean) / (std + 1e-6) * scale, y[~own])
        z = (x[own] - x[own].mean(axis=0)) / (x[own].std(axis=0) + 1e-6)
        full.append(recall(y[own], model.predict(z * scale)))
        runs = []
        for seed in range(ORDERS):
            heard, z = Speaker(mean, std), np.empty_like(z)
            for clip in np.random.default_rng(seed).permutation(own.sum()):
                z[clip] = heard.read(x[own][clip])
            runs.append(recall(y[own], model.predict(z * scale)))
        causal.append(np.mean(runs))
    return {"causal": round(float(np.mean(causal)), 4), "full": round(float(np.mean(full)), 4)}


def main():
    print(json.dumps({name: figures(scale, model) for name, scale, model in models()}))


if __name__ == "__main__":
    main()
