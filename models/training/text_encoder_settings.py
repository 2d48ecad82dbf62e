"""Chooses what stands in encoder.json on the inner parts: temperatures, the linear lane's shares, thresholds."""

from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar

from text_danmaku import is_inner_line, read_danmaku
from text_data import EMOTIONS, INTENTS, without_emoticons
from text_encoder_rows import HERE, SEED_OF_OWN, own_rows, public_rows
from text_reader import Reader, to_scores
from text_split import group, is_inner

SHARES = np.arange(0, 0.85, 0.05)
CERTAIN_ACCURACY = 0.9
FALSE_ALARMS = 0.015  # the most that is borne is two of a hundred, and these lines are few
# An intent line from our own chat counts as much as some posts do.
EMOTION_INNER = ["smp_usual_train", "smp_virus_train", "weibo82813_part"]
FIXED = dict(version=1)


def inner_sets(data_dir: Path) -> dict[str, list[dict]]:
    """Name -> rows of text and what is known of it; in no training, of the encoder or of the linear lane."""
    found = {}
    for name, pairs in public_rows(data_dir).items():
        rows = [(row, label) for row, label in pairs if is_inner(row.text)]
        found[name] = [dict(text=without_emoticons(row.text) if name == "weibo_senti" else row.text, emotion=label if label in EMOTIONS else None,
                            tone=row.sentiment, abuse=row.abuse if name == "cold_train" else None) for row, label in rows]  # fmt: skip
    lines, seen = [], set()
    for row in own_rows(HERE / "intent-own.tsv", SEED_OF_OWN):
        if row.weight == 1 and is_inner(row.text) and group(row.text) not in seen:
            seen.add(group(row.text))
            intent = INTENTS[int(np.argmax(row.intent))]
            lines.append(dict(text=row.text, intent=intent, abuse=row.abuse, purchase=row.purchase, kind="plain"))
    found["intent-own"] = lines
    found["danmaku-own"] = [dict(text=x["text"], emotion=x["emotion"], tone=x["sentiment"], abuse=x["abuse"], intent=x["intent"],
                                 purchase=x["purchase"], kind=x["kind"]) for x in read_danmaku() if is_inner_line(x)]  # fmt: skip
    return found


def _log_loss(p: np.ndarray, truth: np.ndarray) -> float:
    return float(-np.log(np.maximum(p[np.arange(len(p)), truth], 1e-9)).mean())


def _two(p: np.ndarray) -> np.ndarray:
    return np.concatenate([1 - p, p], axis=1)


def fit_head(name: str, said: dict, linear: dict, truth: np.ndarray) -> tuple[float, float, list]:
    """(temperature, share of the linear lane, trace): the pair with the least log loss of the mean."""
    best, trace = (np.inf, 1.0, 0.0), []
    for share in SHARES:

        def loss(log_t: float, share: float = share) -> float:
            heads = to_scores(said, {k: float(np.exp(log_t)) for k in ("emotion", "intent", "abuse", "purchase")})
            p = (1 - share) * heads[name] + share * linear[name]
            return _log_loss(_two(p) if p.shape[1] == 1 else p, truth)

        found = minimize_scalar(loss, bounds=(-1.2, 1.2), method="bounded", options=dict(maxiter=20))
        heads = to_scores(said, {k: float(np.exp(found.x)) for k in ("emotion", "intent", "abuse", "purchase")})
        p = (1 - share) * heads[name] + share * linear[name]
        right = float(np.mean((_two(p) if p.shape[1] == 1 else p).argmax(axis=1) == truth))
        trace.append([round(float(share), 2), round(float(np.exp(found.x)), 3), round(float(found.fun), 4), round(right, 4)])
        best = min(best, (found.fun, float(np.exp(found.x)), float(share)))
    return best[1], best[2], trace


def take(inner: dict, names: list[str], key: str) -> list[dict]:
    return [row for name in names for row in inner[name] if row.get(key) is not None]


def certain_threshold(p: np.ndarray, truth: np.ndarray) -> float:
    top, right = p.max(axis=1), p.argmax(axis=1) == truth
    for threshold in np.arange(0.4, 0.95, 0.01):
        if right[top >= threshold].mean() >= CERTAIN_ACCURACY:
            return round(float(threshold), 2)
    return 0.95


def abuse_threshold(p: np.ndarray, rows: list[dict], public: np.ndarray, public_truth: np.ndarray) -> tuple[float, list]:
    """The one with the best mean of accuracy on posts and recall of our own abuse, false alarms on own lines within bounds."""
    truth = np.array([row["abuse"] for row in rows])
    trace, best = [], (-1.0, 0.5)
    for threshold in np.arange(0.2, 0.9, 0.02):
        alarms = float(np.mean(p[truth == 0] > threshold))
        caught = float(np.mean(p[truth == 1] > threshold))
        posts = float(np.mean((public > threshold) == public_truth))
        trace.append([round(float(threshold), 2), round(alarms, 4), round(caught, 4), round(posts, 4)])
        if alarms <= FALSE_ALARMS:
            best = max(best, (posts + 0.5 * caught, round(float(threshold), 2)))
    return best[1], trace


def choose(reader: Reader, inner: dict) -> tuple[dict, dict]:
    """(settings, what was seen on the way)."""
    settings = FIXED | dict(temperature=dict(sentiment=1.0), linearWeight={})
    notes: dict = {}
    plan = dict(emotion=(EMOTION_INNER + ["danmaku-own"], EMOTIONS.index), intent=(["intent-own", "danmaku-own"], INTENTS.index),
                abuse=(["cold_train", "danmaku-own", "intent-own"], int), purchase=(["intent-own", "danmaku-own"], int))  # fmt: skip
    kept = {}
    for name, (sets, to_number) in plan.items():
        rows = take(inner, sets, name)
        texts, truth = [row["text"] for row in rows], np.array([to_number(row[name]) for row in rows])
        said, linear = reader.encoder(texts), reader.linear(texts)
        temperature, share, notes[name] = fit_head(name, said, linear, truth)
        settings["temperature"][name], settings["linearWeight"][name] = round(temperature, 3), round(share, 2)
        kept[name] = (rows, truth, (1 - share) * to_scores(said, {k: temperature for k in plan})[name] + share * linear[name])
        print(name, len(rows), "inner rows, temperature", round(temperature, 3), "linear share", round(share, 2), flush=True)
    rows = take(inner, ["weibo_senti", "waimai"], "tone")
    truth = np.array([row["tone"] > 0 for row in rows])
    said, linear = reader.encoder([r["text"] for r in rows])["sentiment"][:, 0], reader.linear([r["text"] for r in rows])["sentiment"][:, 0]
    notes["sentiment"] = [[round(float(s), 2), round(float(np.mean(((1 - s) * said + s * linear > 0) == truth)), 4)] for s in SHARES]
    settings["linearWeight"]["sentiment"] = max(notes["sentiment"], key=lambda one: one[1])[0]
    rows, truth, p = kept["emotion"]
    posts = len(take(inner, ["smp_usual_train", "smp_virus_train"], "emotion"))
    settings["certainThreshold"] = certain_threshold(p[:posts], truth[:posts])
    rows, truth, p = kept["abuse"]
    own = np.array(["kind" in row for row in rows])
    settings["abuseThreshold"], notes["abuseThreshold"] = abuse_threshold(
        p[own, 0], [row for row in rows if "kind" in row], p[~own, 0], truth[~own])  # fmt: skip
    return settings, notes


def same_question(reader: Reader) -> dict:
    """How well the vectors tell the same question from another, over same-questions.tsv, and the cosine that does it best."""
    lines = (HERE / "same-questions.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    texts = [(i, text) for i, line in enumerate(lines) for text in line.split("\t")]
    vectors, of = reader.encoder([text for _, text in texts])["vector"], np.array([i for i, _ in texts])
    upper = np.triu_indices(len(of), 1)
    cosines, same = (vectors @ vectors.T)[upper], (of[:, None] == of)[upper]
    ranks = np.argsort(np.argsort(cosines)) + 1
    pairs = int(same.sum())
    auc = (ranks[same].sum() - pairs * (pairs + 1) / 2) / (pairs * (len(same) - pairs))
    best = max(np.arange(0.3, 0.99, 0.01), key=lambda t: _f_score(cosines > t, same, 0.5))
    chosen = cosines > best
    return dict(pairs=pairs, others=int(len(same) - pairs), auc=round(float(auc), 4), cosine=round(float(best), 2),
                found=round(float(chosen[same].mean()), 4), right=round(float(same[chosen].mean()), 4))  # fmt: skip


def _f_score(guess: np.ndarray, truth: np.ndarray, beta: float) -> float:
    """Precision counts twice as much as recall: two questions in one card are worse than one question in two."""
    both = float((guess & truth).sum())
    return (1 + beta**2) * both / max(1e-9, guess.sum() + beta**2 * truth.sum())
