"""Our own live-chat lines (danmaku-own.tsv), labelled twice, as training rows; disagreement becomes a soft label."""

from collections import Counter
from pathlib import Path

from text_data import EMOTIONS, INTENTS
from text_encoder_rows import HERE, Row, one_hot
from text_split import group, part

OWN_FILE = HERE / "danmaku-own.tsv"
LABELS = ["emotion", "sentiment", "intent", "purchase", "abuse"]
INNER_PART = 150  # of 1000
# The author knew what was meant; the second reader shows what a stranger takes from the words.
AUTHOR = 0.6
# A false alarm on a friendly line, and an insult that slips through, cost more than one post of the public sets.
ABUSE_WEIGHT = dict(evasion=2.0, lookalike=2.0)


def read_danmaku(path: Path = OWN_FILE) -> list[dict]:
    """One dictionary a line, by the names of the header; numbers are numbers; second labels where there are any."""
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    names = header.split("\t")
    rows = []
    for line in lines:
        row = dict(zip(names, line.split("\t"), strict=True))
        for name in names:
            if name.split("2")[0] in ("sentiment", "purchase", "abuse") and row[name] != "":
                row[name] = float(row[name])
        assert row["emotion"] in EMOTIONS and row["intent"] in INTENTS, line
        rows.append(row)
    return rows


def read_test() -> list[dict]:
    """The frozen lines of another hand, as two blind readers labelled them; `kind` is the situation each was written for."""
    rows = read_danmaku(HERE / "danmaku-test-labels.tsv")
    lines = (HERE / "danmaku-test.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")[1:]
    for row, line in zip(rows, lines, strict=True):
        text, row["kind"] = line.split("\t")
        assert text == row["text"]
    return rows


def seen_by(rows: list[dict], reader: str) -> list[dict]:
    """The rows with the labels of the `first` or the `second` reader."""
    return rows if reader == "first" else [row | {name: row[f"{name}2"] for name in LABELS} for row in rows]


def agreement(rows: list[dict]) -> dict:
    """How often both readings of a line say the same, and Cohen's kappa: agreement beyond chance."""
    twice, out = [row for row in rows if row.get("emotion2", "") != ""], {}
    for name in LABELS:
        pairs = [(str(row[name]), str(row[f"{name}2"])) for row in twice]
        if not pairs:
            continue
        same = sum(a == b for a, b in pairs) / len(pairs)
        first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
        chance = sum(first[k] * second[k] for k in first) / len(pairs) ** 2
        out[name] = {"same": round(same, 4), "kappa": round((same - chance) / (1 - chance), 4)}
    return {"readTwice": len(twice)} | out


def is_inner_line(row: dict) -> bool:
    """In the part that chooses thresholds; both halves of a sarcasm pair go the same way."""
    return part("own" + (row.get("pair") or group(row["text"]))) < INNER_PART


def mixed(row: dict, name: str, value):
    """The first label's value, drawn towards the second reader's."""
    second = row.get(f"{name}2", "")
    if second == "":
        return value(row[name])
    first, other = value(row[name]), value(second)
    if isinstance(first, list):
        return [AUTHOR * a + (1 - AUTHOR) * b for a, b in zip(first, other)]
    return AUTHOR * first + (1 - AUTHOR) * other


def to_row(line: dict) -> Row:
    same = lambda x: float(x)  # noqa: E731
    return Row(
        line["text"],
        mixed(line, "emotion", lambda x: one_hot(x, EMOTIONS)),
        sentiment=mixed(line, "sentiment", same),
        abuse=mixed(line, "abuse", same),
        intent=mixed(line, "intent", lambda x: one_hot(x, INTENTS)),
        purchase=mixed(line, "purchase", same),
        weight=ABUSE_WEIGHT.get(line["kind"], 1.0),
    )


def linear_row(line: dict) -> dict:
    """A line as the linear heads take it, by its first labels."""
    tone, kind = (line["sentiment"] + 1) / 2, ABUSE_WEIGHT.get(line["kind"], 1.0)
    same = {name: line[name] for name in ("text", "intent", "emotion", "purchase", "abuse")}
    return same | dict(line=line["text"], tone=tone, share=kind)
