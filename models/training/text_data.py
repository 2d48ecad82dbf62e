"""Reads the text sets of DATA_DIR, merges their labels and takes out what also lies in a set for measuring."""

import lzma
import random
import re
from pathlib import Path

from text_features import clean

EMOTIONS = ["happy", "sad", "angry", "fear", "surprise", "disgust", "neutral"]
INTENTS = ["question", "price", "logistics", "praise", "complaint", "greeting",
           "request", "gift", "spam", "abuse", "chat"]  # fmt: skip
MERGED = {"like": "happy", "gratitude": "happy"}
TONE = {"happy": 1.0, "pos": 1.0, "sad": 0.0, "angry": 0.0, "fear": 0.0, "disgust": 0.0, "neg": 0.0,
        "surprise": 0.5, "neutral": 0.5}  # fmt: skip

EMOTION_TRAIN = ["smp_usual_train", "smp_virus_train", "nlpcc2013", "weibo5_moods", "weibo82813_part", "covid_weibo7"]
EMOTION_DEV = ["smp_usual_dev", "smp_virus_dev", "clue_emotion_dev"]
REVIEWS = ["waimai", "online_shopping"]

_EMOTICON = re.compile(r"\[[^\]\[]{1,8}\]")


def without_emoticons(text: str) -> str:
    return _EMOTICON.sub("", text)


def read_set(data_dir: Path, name: str) -> list[tuple[str, str]]:
    """(raw text, label) rows of one set, with the merged labels."""
    with lzma.open(data_dir / f"{name}.tsv.xz", "rt", encoding="utf-8", newline="\n") as file:
        lines = file.read().rstrip("\n").split("\n")[1:]
    rows = [line.rsplit("\t", 1) for line in lines]
    return [(text, MERGED.get(label, label)) for text, label in rows]


def load(data_dir: Path) -> tuple[dict[str, list[tuple[str, str]]], dict[str, int]]:
    """All sets without overlaps, and how many rows each lost; measuring sets lose none."""
    measuring = [*EMOTION_DEV, "cold_dev"]
    sets = {name: read_set(data_dir, name) for name in [*EMOTION_TRAIN, *measuring, "cold_train", "weibo_senti",
                                                         *REVIEWS, "hotel", "intent_seed"]}  # fmt: skip
    held = {clean(text) for name in measuring for text, _ in sets[name]}
    lost = {}
    for name in sets:
        if name in [*measuring, "hotel", "intent_seed"]:
            continue
        kept = [row for row in sets[name] if clean(row[0]) not in held]
        lost[name] = len(sets[name]) - len(kept)
        sets[name] = kept
    return sets, lost


def read_own(path: Path, seed: int) -> list[dict]:
    """Our own lines: text, intent, emotion, purchase 0/1; {slots} are filled with up to six different words."""
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert header == "text\tintent\temotion\tpurchase", header
    dice, rows = random.Random(seed), []
    for line in lines:
        text, intent, emotion, purchase = line.split("\t")
        assert intent in INTENTS and emotion in EMOTIONS, line
        variants = fill(text, dice)
        rows += [dict(text=v, line=text, intent=intent, emotion=emotion, purchase=float(purchase), share=1 / len(variants),
                      tone=TONE[emotion], abuse=float(intent == "abuse")) for v in variants]  # fmt: skip
    return rows


SLOTS = {
    "product": "裙子 口红 外套 面膜 耳机 手机壳 奶粉 零食 洗发水 鞋子 包包 手表 坚果 牛肉干 纸巾 羽绒服 粉底液 键盘 帽子 茶叶".split(),
    "place": "新疆 西藏 内蒙 海南 东北 广东 香港 云南 青海 贵州 北京 上海 四川 国外 乡镇 台湾".split(),
    "song": "晴天 稻香 后来 小幸运 成都 海阔天空 起风了 光年之外 红豆 富士山下 孤勇者 七里香".split(),
    "gift": "火箭 嘉年华 小心心 玫瑰 跑车 棒棒糖 飞机 墨镜 辣条 小花花 人气票 啤酒 城堡 穿云箭 荧光棒".split(),
    "game": "王者 吃鸡 原神 英雄联盟 我的世界 永劫 蛋仔 三角洲 金铲铲 CF 瓦 星铁".split(),
    "n": "1 2 3 5 8 12 一 二 三 十".split(),
    "size": "S码 M码 L码 XL码 36码 38码 42码 165 170 大码 小码 均码".split(),
    "insult": "傻逼 傻b 煞笔 沙比 sb 废物 垃圾 贱人 畜生 狗东西 脑残 智障 弱智 杂种 婊子 死妈玩意 白痴 蠢猪 人渣".split(),
}


def fill(text: str, dice: random.Random) -> list[str]:
    names = re.findall(r"\{(\w+)\}", text)
    if not names:
        return [text]
    variants = {text}
    for name in names:
        words = dice.sample(SLOTS[name], 6 if len(names) == 1 else 3)
        variants = {v.replace("{" + name + "}", word, 1) for v in variants for word in words}
    return sorted(variants)
