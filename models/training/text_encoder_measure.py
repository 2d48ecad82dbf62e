"""Figures of the int8 encoder file alone, of its mean with the linear lane, and the gain over the plain linear model."""

import json
from pathlib import Path

import numpy as np

from text_data import EMOTION_DEV, EMOTIONS, INTENTS, load, without_emoticons
from text_danmaku import agreement, is_inner_line, read_danmaku, read_test, seen_by
from text_reader import Reader, mean, to_scores
from text_split import LEFT_OUT, group, is_senti_fold
from text_stats import accuracy, ece_interval, figures, group_weights, macro_f1

# The plain linear model on the published test splits, as (accuracy, macro-F1), with the set here that stands for each.
PUBLISHED = {"smp_usual_dev": (0.7294, 0.6897), "smp_virus_dev": (0.7550, 0.5963), "clue_emotion_dev": (0.5503, 0.4804),
             "weibo_senti fold": (0.7340, 0.7339), "cold_dev": (0.7954, 0.7881)}  # fmt: skip


class Scorer:
    """Scores texts in both forms with the settings of encoder.json."""

    def __init__(self, reader: Reader, settings: dict):
        self.reader, self.settings = reader, settings

    def __call__(self, texts: list[str]) -> dict[str, dict[str, np.ndarray]]:
        alone = to_scores(self.reader.encoder(texts), self.settings["temperature"])
        linear = self.reader.linear(texts)
        return {"alone": alone, "withLinear": mean(alone, linear, self.settings["linearWeight"]), "linear": linear}


def among(p: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """The best of the classes that the set has."""
    kept = np.full_like(p, -1)
    have = np.unique(truth)
    kept[:, have] = p[:, have]
    return kept.argmax(axis=1)


def emotion_figures(scores: dict, truth: np.ndarray, groups: list[str], other: np.ndarray, certain: float) -> dict:
    """Among the set's labels; calibration of the winner with all seven open, as the product shows it."""
    out = {}
    for form, heads in scores.items():
        p = heads["emotion"]
        out[form] = figures(truth, among(p, truth), groups, other)
        top, right = p.max(axis=1), p.argmax(axis=1) == truth
        sure = top >= certain
        out[form] |= {"accuracyAllLabelsOpen": round(float(right.mean()), 4)} | ece_interval(top, right, group_weights(groups))
        out[form] |= {"certain": {"coverage": round(float(sure.mean()), 4), "accuracy": round(float(right[sure].mean()), 4)}}
    return out


def two_figures(p: np.ndarray, truth: np.ndarray, groups: list[str], other: np.ndarray | None, threshold: float) -> dict:
    out = figures(truth, (p > threshold).astype(int), groups, other)
    return out | ece_interval(np.maximum(p, 1 - p), (p > 0.5) == truth, group_weights(groups))


def public_figures(score: Scorer, data_dir: Path, baseline: dict) -> dict:
    """Every set for measuring, read once."""
    settings, report = score.settings, {}
    sets, _ = load(data_dir)
    for name in EMOTION_DEV:
        texts, truth = [text for text, _ in sets[name]], np.array([EMOTIONS.index(label) for _, label in sets[name]])
        other = np.array([EMOTIONS.index(label) for label in baseline[name]["guesses"]])
        report[name] = emotion_figures(score(texts), truth, [group(t) for t in texts], other, settings["certainThreshold"])
    fold = [(plain, label) for plain, label in ((without_emoticons(t), label) for t, label in sets["weibo_senti"]) if is_senti_fold(plain)]
    shared = {group(text) for text, _ in sets["online_shopping"]}
    own_only = [row for row in sets[LEFT_OUT] if group(row[0]) not in shared]
    two = {"weibo_senti fold": (fold, "pos"), LEFT_OUT: (sets[LEFT_OUT], "pos"), "cold_dev": (sets["cold_dev"], "offensive")}
    two[f"{LEFT_OUT}, texts of no other set"] = (own_only, "pos")
    for name, (rows, yes) in two.items():
        texts, truth = [text for text, _ in rows], np.array([int(label == yes) for _, label in rows])
        plain = baseline.get(name, {}).get("guesses")
        other = None if plain is None else np.array([int(label == yes) for label in plain])
        report[name] = {}
        for form, heads in score(texts).items():
            p = heads["abuse"][:, 0] if yes == "offensive" else heads["sentiment"].reshape(-1) / 2 + 0.5
            threshold = settings["abuseThreshold"] if yes == "offensive" and form != "linear" else 0.5
            report[name][form] = two_figures(p, truth, [group(t) for t in texts], other, threshold)
        print(name, json.dumps(report[name]["withLinear"]), flush=True)
    for name, (right, f1) in PUBLISHED.items():
        for form in report[name].values():
            form["estimate"] = {"accuracy": round(right + form["accuracyGain"], 4), "macroF1": round(f1 + form["macroF1Gain"], 4)}
    return report


def lines_figures(score: Scorer, rows: list[dict]) -> dict:
    """Intent, emotion and abuse on chat lines of our own, with false alarms and what was caught by kind of line."""
    texts, groups = [row["text"] for row in rows], [row.get("pair") or group(row["text"]) for row in rows]
    whole, report = np.ones((1, len(rows))), {"n": len(rows)}
    abuse = np.array([float(row["abuse"]) for row in rows])
    kinds = np.array([row["kind"] for row in rows])
    for form, heads in score(texts).items():
        threshold = score.settings["abuseThreshold"] if form != "linear" else 0.5
        alarm = heads["abuse"][:, 0] > threshold
        out = {}
        for name, labels in (("intent", INTENTS), ("emotion", EMOTIONS)):
            truth = np.array([labels.index(row[name]) for row in rows])
            out[name] = figures(truth, heads[name].argmax(axis=1), groups)
            each = {label: round(float(macro_f1((truth == i).astype(int), (heads[name].argmax(axis=1) == i).astype(int), whole)[0]), 3)
                    for i, label in enumerate(labels) if (truth == i).any()}  # fmt: skip
            out[name]["macroF1OfEachAgainstRest"] = each
        buys = np.array([float(row["purchase"]) for row in rows])
        out["purchaseAccuracy"] = round(float(accuracy(buys, (heads["purchase"][:, 0] > 0.5).astype(float), whole)[0]), 4)
        out["abuse"] = {
            "falseAlarms": round(float(alarm[abuse == 0].mean()), 4),
            "caught": round(float(alarm[abuse == 1].mean()), 4),
            "byKind": {kind: {"n": int((kinds == kind).sum()), "harmless": int(((kinds == kind) & (abuse == 0)).sum()),
                              "falseAlarms": int(alarm[(kinds == kind) & (abuse == 0)].sum()),
                              "abusive": int(((kinds == kind) & (abuse == 1)).sum()),
                              "caught": int(alarm[(kinds == kind) & (abuse == 1)].sum())} for kind in sorted(set(kinds))},
        }  # fmt: skip
        report[form] = out
    return report


def measure(reader: Reader, settings: dict, data_dir: Path, baseline: Path) -> dict:
    """All figures: the public sets, our own inner lines, and the frozen lines of another hand."""
    score = Scorer(reader, settings)
    report = {"public": public_figures(score, data_dir, json.loads(baseline.read_text()))}
    own, test = read_danmaku(), read_test()
    report["danmaku-own, inner part"] = lines_figures(score, [row for row in own if is_inner_line(row)])
    report["danmaku-own, agreement of author and blind reader"] = agreement(own)
    report["danmaku-test, agreement of two blind readers"] = agreement(test)
    for reader in ("first", "second"):
        report[f"danmaku-test, another hand, labels of the {reader} reader"] = lines_figures(score, seen_by(test, reader))
    for name in ("intent", "abuse"):
        agreed = [row for row in test if row[name] == row[f"{name}2"]]
        report[f"danmaku-test, another hand, {name} agreed upon"] = lines_figures(score, agreed)
    return report
