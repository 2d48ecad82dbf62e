"""Texts with the scores of the 8-bit heads, for the TypeScript path to agree with."""

from text_features import Vectors, clean
from text_fit import Head

HARD = [
    "", " ", "多少钱", "包邮吗", "主播好美", "哈哈哈哈哈哈哈哈", "666", "６６６ ＡＢＣ", "HELLO 主播", "\ud83d", "a\udc00b",
    "😂😂😂😂😂", "👨‍👩‍👧", "❤️", "<b>多少钱</b>", "x < y", "https://example.com/a?b=1 看看", "@主播 多少钱", "@主播多少钱",
    "转发 //@某人: 太好了", "//@某人: 太好了", "\u202e反的\u202c", "零\u200b宽\u200d字", "tab\tand\nline", "\u0000\u0001空",
    "全角　空格", "你 好 啊", "good  morning  all", "İSTANBUL ß ﬁ", "Ｆｕｌｌ　Ｗｉｄｔｈ！！！！", "今天心情特别好，出去玩了一整天[哈哈]",
    "气死我了，又加班到十二点", "我好难过，外婆走了", "吓死我了，半夜有人敲门", "哇！居然中奖了", "好恶心的味道", "x" * 10000, "长" * 300 + "短",
    "很长的一段话" * 200,
]  # fmt: skip


def golden(heads: dict[str, Head], own: list[str]) -> list[dict]:
    """One entry a text: the cleaned form and each head's probabilities before any rule."""
    entries = []
    for text in HARD + own:
        vectors = Vectors([clean(text)])
        scores = {name: [round(float(p), 6) for p in head.probabilities(vectors)[0]] for name, head in heads.items()}
        entries.append(dict(text=text, cleaned=clean(text), scores=scores))
    return entries
