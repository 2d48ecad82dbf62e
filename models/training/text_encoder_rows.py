"""The encoder's training rows: every row trains only the heads that it has a label for."""

import random
from dataclasses import dataclass, field
from pathlib import Path

from text_data import EMOTIONS, INTENTS, TONE, load, read_own, without_emoticons
from text_split import LEFT_OUT, group, is_inner, is_senti_fold

HERE = Path(__file__).parent
SEED_OF_OWN = 20261125
# How often each set is read; a share under 1 is a fixed draw.
PASSES = dict(smp_usual_train=2.0, smp_virus_train=2.0, cold_train=0.8, weibo82813_part=0.6, covid_weibo7=0.2,
              nlpcc2013=0.2, weibo5_moods=0.0, weibo_senti=0.25, waimai=0.2, online_shopping=0.04)  # fmt: skip
# Without their emoticons the words have to be learned; some keep them, as live chat has them too.
EMOTICONS_DROPPED = dict(weibo_senti=0.85)
CLASS_WEIGHT = dict(fear=1.5, surprise=1.4)


@dataclass
class Row:
    text: str
    emotion: list[float] | None = None
    open: list[bool] = field(default_factory=lambda: [True] * len(EMOTIONS))
    sentiment: float | None = None
    abuse: float | None = None
    intent: list[float] | None = None
    purchase: float | None = None
    weight: float = 1.0


def one_hot(label: str, labels: list[str]) -> list[float]:
    return [float(label == name) for name in labels]


def public_rows(data_dir: Path) -> dict[str, list[tuple[Row, str]]]:
    """(row, label) of every public set that is trained on; what lies in a measuring set, or in the left-out domain, is gone."""
    sets, _ = load(data_dir)
    blocked = {group(text) for text, _ in sets[LEFT_OUT]}
    rows = {}
    for name in PASSES:
        have = {label for _, label in sets[name]}
        rows[name] = []
        for text, label in sets[name]:
            if name == "online_shopping" and group(text) in blocked or name == "weibo_senti" and is_senti_fold(text):
                continue
            if name == "cold_train":
                row = Row(text, abuse=float(label == "offensive"))
            elif label in EMOTIONS:
                row = Row(text, one_hot(label, EMOTIONS), [e in have for e in EMOTIONS], 2 * TONE[label] - 1,
                          weight=CLASS_WEIGHT.get(label, 1.0))  # fmt: skip
                if name == "smp_usual_train" and label in ("happy", "neutral"):
                    row.abuse = 0.0
            else:
                row = Row(text, sentiment=2 * TONE[label] - 1, abuse=0.0 if name == "waimai" else None)
            rows[name].append((row, label))
    return rows


def own_rows(path: Path, seed: int) -> list[Row]:
    """The lines of intent-own.tsv, their slots filled."""
    rows = []
    for line in read_own(path, seed):
        rows.append(Row(line["text"], one_hot(line["emotion"], EMOTIONS), sentiment=2 * TONE[line["emotion"]] - 1,
                        abuse=float(line["intent"] == "abuse"), intent=one_hot(line["intent"], INTENTS),
                        purchase=line["purchase"], weight=line["share"]))  # fmt: skip
    return rows


def draw(rows: list, times: float, dice: random.Random) -> list:
    whole = rows * int(times)
    return whole + dice.sample(rows, int(len(rows) * (times - int(times))))


def training_rows(data_dir: Path, seed: int) -> list[Row]:
    """All passes over the public sets and the intent lines, shuffled, without the inner part."""
    dice, rows = random.Random(seed), []
    for name, pairs in public_rows(data_dir).items():
        kept = [row for row, _ in pairs if not is_inner(row.text)]
        for row in draw(kept, PASSES[name], dice):
            if dice.random() < EMOTICONS_DROPPED.get(name, 0.25):
                row = Row(**{**row.__dict__, "text": without_emoticons(row.text)})
            rows.append(row)
    own = own_rows(HERE / "intent-own.tsv", seed)
    rows += [row for row in own if row.weight == 1 and not is_inner(row.text)] * 3
    rows += [row for row in own if row.weight < 1 and not is_inner(row.text)]
    dice.shuffle(rows)
    return rows
