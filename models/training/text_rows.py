"""Builds the training rows of each head from the sets and our own lines."""

import random
import re

import numpy as np

from text_data import EMOTION_TRAIN, EMOTIONS, INTENTS, REVIEWS, TONE, without_emoticons
from text_features import Vectors, clean
from text_fit import Rows
from text_split import LEFT_OUT, group, is_inner, is_senti_fold

SET_WEIGHT = dict(smp_usual_train=2.0, smp_virus_train=2.0, nlpcc2013=0.5, weibo5_moods=0.5,
                  weibo82813_part=0.5, covid_weibo7=0.5)  # fmt: skip
CLASS_WEIGHT = dict(fear=1.5, surprise=1.4)
OWN_WEIGHT = 3.0
ASKING = re.compile("[?？吗呢]|什么|怎么|多少|哪")


def _rows(texts: list[str], target: list, weight: list, mask: list | None = None) -> Rows:
    return Rows(Vectors([clean(t) for t in texts]), np.array(target, dtype=np.float32),
                np.array(weight, dtype=np.float32), None if mask is None else np.array(mask))  # fmt: skip


def _one_hot(label: str, labels: list[str]) -> list[float]:
    return [float(label == name) for name in labels]


def split_sets(sets: dict) -> tuple[dict, dict]:
    """Every training set in a part to train on and a part held out for calibration; the measuring fold is in neither."""
    kept, held = {}, {}
    blocked = {group(text) for text, _ in sets[LEFT_OUT]}
    for name in [*EMOTION_TRAIN, "cold_train", "weibo_senti", *REVIEWS]:
        rows = sets[name]
        if name == "weibo_senti":
            rows = [row for row in rows if not is_senti_fold(row[0])]
        if name == "online_shopping":
            rows = [row for row in rows if group(row[0]) not in blocked]
        kept[name] = [row for row in rows if not is_inner(row[0])]
        held[name] = [row for row in rows if is_inner(row[0])]
    return kept, held


def emotion_rows(sets: dict, own: list[dict]) -> Rows:
    """Each row chooses among the labels its own set has."""
    texts, target, weight, mask = [], [], [], []
    for name in EMOTION_TRAIN:
        have = {label for _, label in sets[name]}
        for text, label in sets[name]:
            texts.append(text)
            target.append(_one_hot(label, EMOTIONS))
            weight.append(SET_WEIGHT[name] * CLASS_WEIGHT.get(label, 1.0))
            mask.append([e in have for e in EMOTIONS])
    for row in own:
        texts.append(row["text"])
        target.append(_one_hot(row["emotion"], EMOTIONS))
        weight.append(OWN_WEIGHT * row["share"])
        mask.append([True] * len(EMOTIONS))
    return _rows(texts, target, weight, mask)


def sentiment_rows(sets: dict, own: list[dict], seed: int) -> Rows:
    """Good 1, bad 0, neither 0.5; four of five emoticon texts lose their emoticons, so that words are learned."""
    dice, texts, target, weight = random.Random(seed), [], [], []

    def add(text: str, tone: float, w: float) -> None:
        texts.append(text)
        target.append([tone])
        weight.append(w)

    for text, label in sets["weibo_senti"]:
        add(without_emoticons(text) if dice.random() < 0.8 else text, TONE[label], 1.0)
    for name in REVIEWS:
        for text, label in sets[name]:
            add(text, TONE[label], 0.4)
    for name in EMOTION_TRAIN:
        for text, label in sets[name]:
            add(text, TONE[label], 0.25 if TONE[label] == 0.5 else 0.5)
    for row in own:
        add(row["text"], row["tone"], OWN_WEIGHT * row["share"])
    return _rows(texts, target, weight)


def abuse_rows(sets: dict, own: list[dict]) -> Rows:
    """COLD, our own lines, and ordinary posts and reviews as texts that are not abuse."""
    rows = [(text, float(label == "offensive"), 1.0) for text, label in sets["cold_train"]]
    rows += [(text, 0.0, 0.2) for text, label in sets["smp_usual_train"] if label in ("happy", "neutral")]
    rows += [(text, 0.0, 0.2) for text, _ in sets["waimai"]]
    rows += [(row["text"], row["abuse"], OWN_WEIGHT * row["share"]) for row in own]
    return _rows([r[0] for r in rows], [[r[1]] for r in rows], [r[2] for r in rows])


def _short(rows: list[tuple[str, str]], labels: tuple[str, ...], longest: int, most: int) -> list[str]:
    """Short texts that ask nothing: a sign of asking would teach the wrong intent."""
    return [t for t, label in rows if label in labels and len(t) <= longest and not ASKING.search(t)][:most]


def intent_rows(sets: dict, own: list[dict], seeds: list[tuple[str, str]]) -> Rows:
    """Our own lines and the seed; short reviews and posts give praise, complaint and chat more words, with little weight."""
    rows = [(row["text"], row["intent"], row["share"]) for row in own]
    rows += [(text, label, 1.0) for text, label in seeds]
    for name in ("waimai", "online_shopping"):
        rows += [(text, "praise", 0.04) for text in _short(sets[name], ("pos",), 14, 600)]
        rows += [(text, "complaint", 0.02) for text in _short(sets[name], ("neg",), 14, 600)]
    for name in ("nlpcc2013", "smp_usual_train"):
        rows += [(text, "chat", 0.05) for text in _short(sets[name], ("neutral", "happy", "sad"), 22, 1500)]
    return _rows([r[0] for r in rows], [_one_hot(r[1], INTENTS) for r in rows], [r[2] for r in rows])


def purchase_rows(own: list[dict], seeds: list[tuple[str, str]]) -> Rows:
    """Wants to buy or has bought; a seed line about the price may be either and is left out."""
    rows = [(row["text"], row["purchase"], row["share"]) for row in own]
    rows += [(text, 0.0, 1.0) for text, label in seeds if label != "price"]
    return _rows([r[0] for r in rows], [[r[1]] for r in rows], [r[2] for r in rows])
