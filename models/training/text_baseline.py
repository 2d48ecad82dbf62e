"""The plain linear model that gains are counted from, trained on the encoder's rows, scored on the sets for measuring.

    python text_baseline.py DATA_DIR OUT.json

Lower-case, no addresses and names; hashed character 1-4-grams in 2^20 unsigned buckets, sublinear tf-idf, logistic SGD.
"""

import json
import random
import re
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline

from text_data import load, read_set, without_emoticons
from text_split import LEFT_OUT, group, is_inner, is_senti_fold

SEED = 20261125
SENTI_ROWS = 20_000  # as many as the figure on the published split was made with
_ADDRESS = re.compile(r"https?://[!-~]+|@[^ :,@]{1,20}[ :]?")


def prepared(text: str) -> str:
    return _ADDRESS.sub(" ", text.lower())


def model(classes: int):
    return make_pipeline(
        HashingVectorizer(analyzer="char", ngram_range=(1, 4), n_features=2**20, alternate_sign=False, norm=None),
        TfidfTransformer(sublinear_tf=True),
        SGDClassifier("log_loss", alpha=2e-6, max_iter=12, tol=None, random_state=SEED,
                      class_weight="balanced" if classes > 2 else None),
    )  # fmt: skip


def tasks(data_dir: Path) -> dict[str, tuple[list, list]]:
    """Name -> (training rows, rows to score), of (text, label)."""
    sets, _ = load(data_dir)
    outer = {name: [row for row in rows if not is_inner(row[0])] for name, rows in sets.items()}
    plain = [(without_emoticons(text), label) for text, label in sets["weibo_senti"]]
    senti = [row for row in plain if not is_senti_fold(row[0]) and not is_inner(row[0])]
    random.Random(SEED).shuffle(senti)
    blocked = {group(text) for text, _ in read_set(data_dir, LEFT_OUT)}
    reviews = outer["waimai"] + [row for row in outer["online_shopping"] if group(row[0]) not in blocked]
    return {
        "smp_usual_dev": (outer["smp_usual_train"], sets["smp_usual_dev"]),
        "smp_virus_dev": (outer["smp_usual_train"] + outer["smp_virus_train"], sets["smp_virus_dev"]),
        "clue_emotion_dev": (outer["weibo82813_part"], sets["clue_emotion_dev"]),
        "weibo_senti fold": (senti[:SENTI_ROWS], [row for row in plain if is_senti_fold(row[0])]),
        "cold_dev": (outer["cold_train"], sets["cold_dev"]),
        "hotel": (reviews, read_set(data_dir, LEFT_OUT)),
    }


def main(data_dir: Path, out: Path) -> None:
    found = {}
    for name, (train, scored) in tasks(data_dir).items():
        labels = sorted({label for _, label in train})
        fitted = model(len(labels)).fit([prepared(text) for text, _ in train], [label for _, label in train])
        truth = np.array([label for _, label in scored])
        p = fitted.predict_proba([prepared(text) for text, _ in scored])
        # Chooses among the labels that the scored set has.
        p[:, ~np.isin(fitted.classes_, truth)] = -1
        guess = fitted.classes_[p.argmax(axis=1)]
        found[name] = dict(trainedOn=len(train), guesses=guess.tolist())
        print(name, len(train), "rows; scored", len(truth), "accuracy", round(float(np.mean(guess == truth)), 4), flush=True)
    out.write_text(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
