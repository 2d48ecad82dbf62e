"""Token ids, logits and vectors for the TypeScript path to agree with."""

from text_data import read_own
from text_encoder_export import OUTPUTS
from text_encoder_rows import HERE, SEED_OF_OWN
from text_features import clean
from text_golden import HARD
from text_reader import Reader

SPOKEN = [
    "how much is the shipping", "gg wp that was insane lol", "主播 your voice is so good 666", "yyds xswl 笑死我了[doge]", "我哋今晚食咩啊",
    "這件裙子還有沒有貨", "草", "？？？", "......", "1", "冲冲冲！！", "ｈｅｌｌｏ　ｗｏｒｌｄ", "①②③④", "㍿株式会社", "ﾊﾝｶｸｶﾀｶﾅ", "한국어도 돼요", "สวัสดี", "𠮷野家",
    "👏👏👏🎉", "🇨🇳加油", "a\u0301e\u0301", "½ ¾ ℃ №", "🅰🅱", "¥99.9包邮吗", "50%off", "[玫瑰][玫瑰][玫瑰]", "@主播 上链接", "Ⅷ", "\u3000\u3000", "▁▁", "の",
]  # fmt: skip


def golden(reader: Reader) -> list[dict]:
    """Of some 200 texts: the cleaned text, its token ids, and what the file says of it when it is read alone."""
    own = sorted({row["line"] for row in read_own(HERE / "intent-own.tsv", SEED_OF_OWN)})
    texts = [*HARD, *SPOKEN, *own[:: max(1, len(own) // 130)]]
    said = reader.encoder(texts)
    digits = {name: 3 if name == "vector" else 4 for name in OUTPUTS}
    return [
        dict(text=text, cleaned=clean(text), ids=reader.ids(text))
        | {name: [round(float(v), digits[name]) for v in said[name][i]] for name in OUTPUTS}
        for i, text in enumerate(texts)
    ]
