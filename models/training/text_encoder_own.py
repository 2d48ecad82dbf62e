"""Rows of the encoder's second stage: our own danmaku lines, with some of the public sets so that these are not forgotten."""

import random
from pathlib import Path

from text_danmaku import is_inner_line, read_danmaku, to_row
from text_data import without_emoticons
from text_encoder_rows import EMOTICONS_DROPPED, HERE, Row, draw, own_rows, public_rows
from text_split import is_inner

OWN_PASSES = 6
INTENT_LINES = 3000
REHEARSED = dict(smp_usual_train=1.0, smp_virus_train=1.2, cold_train=0.3, weibo82813_part=0.3, covid_weibo7=0.05,
                 nlpcc2013=0.05, weibo_senti=0.12, waimai=0.05, online_shopping=0.01)  # fmt: skip


def own_stage_rows(data_dir: Path, seed: int) -> list[Row]:
    """Shuffled; the inner parts stay out."""
    dice, rows = random.Random(seed + 1), []
    for name, pairs in public_rows(data_dir).items():
        kept = [row for row, _ in pairs if not is_inner(row.text)]
        for row in draw(kept, REHEARSED.get(name, 0.0), dice):
            if dice.random() < EMOTICONS_DROPPED.get(name, 0.25):
                row = Row(**{**row.__dict__, "text": without_emoticons(row.text)})
            rows.append(row)
    intents = [row for row in own_rows(HERE / "intent-own.tsv", seed + 1) if not is_inner(row.text)]
    rows += dice.sample(intents, min(INTENT_LINES, len(intents)))
    lines = [to_row(line) for line in read_danmaku() if not is_inner_line(line)]
    rows += lines * OWN_PASSES
    dice.shuffle(rows)
    return rows
