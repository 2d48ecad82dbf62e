"""Which texts stay out of training: an inner part that chooses settings, a fold and a domain that measure. Both models agree."""

import hashlib

from text_data import without_emoticons
from text_features import clean

INNER_SHARE = 0.05
LEFT_OUT = "hotel"


def group(text: str) -> str:
    """Rows that differ in emoticons, signs and spaces alone are one group."""
    return "".join(c for c in clean(without_emoticons(text)) if c.isalnum())[:60]


def part(text: str, parts: int = 1000) -> int:
    return int.from_bytes(hashlib.blake2s(group(text).encode(), digest_size=4).digest(), "little") % parts


def is_inner(text: str) -> bool:
    """In the small part of the training sets that chooses temperatures, weights and thresholds."""
    return part(text) < 1000 * INNER_SHARE


def is_senti_fold(text: str) -> bool:
    """In the tenth of weibo_senti that only measures; whole groups of texts that are equal without emoticons."""
    return part("fold" + group(text)) < 100
