"""Cleaning and hashed character n-grams; src-main/inference/text/features.ts does exactly the same."""

import re

import numpy as np
from scipy import sparse

READ_CODE_POINTS = 2000  # what is looked at before cleaning
KEEP_CODE_POINTS = 160  # what is kept after it
NORM_CONSTANT = 24.0  # keeps a text of three n-grams from shouting
LENGTH_STEPS = (0, 1, 2, 4, 6, 9, 14, 24, 49)

_SPACES = {9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)}
_URL = re.compile(r"https?://[!-~]+")
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>")
_NAME = re.compile(r"@[^ :,@]{1,20}[ :]?")
_RUN = re.compile(r"(.)\1{3,}", re.S)
_WIDE_SPACE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_MANY_SPACES = re.compile(r" {2,}")


def _fold(code: int) -> int:
    if 0xFF01 <= code <= 0xFF5E:
        code -= 0xFEE0
    if code in _SPACES:
        return 32
    if 65 <= code <= 90:
        return code + 32
    if 0xD800 <= code <= 0xDFFF:
        return 0xFFFD
    return code


def _is_hidden(code: int) -> bool:
    return (
        code < 32
        or 0x7F <= code <= 0x9F
        or code == 0xAD
        or 0x200B <= code <= 0x200F
        or 0x202A <= code <= 0x202E
        or 0x2060 <= code <= 0x206F
        or 0xFE00 <= code <= 0xFE0F
        or code == 0xFEFF
    )


class _Table(dict):
    def __missing__(self, code: int) -> str | None:
        folded = _fold(code)
        self[code] = None if _is_hidden(folded) else chr(folded)
        return self[code]


_TABLE = _Table()


def clean(text: str) -> str:
    """The text as the model reads it: folded, without addresses, tags, names and long runs."""
    s = text[:READ_CODE_POINTS].translate(_TABLE)
    cut = s.find("//@")
    if cut > 3:
        s = s[:cut]
    s = _TAG.sub(" ", _URL.sub(" ", s))
    without_names = _NAME.sub(" ", s)
    if without_names.strip(" ") != "":
        s = without_names
    s = _RUN.sub(r"\1\1\1", s)
    s = _MANY_SPACES.sub(" ", _WIDE_SPACE.sub("", s)).strip(" ")
    return s[:KEEP_CODE_POINTS]


def _mix(h: np.ndarray) -> np.ndarray:
    h = h ^ (h >> np.uint32(16))
    h = h * np.uint32(0x85EBCA6B)
    h = h ^ (h >> np.uint32(13))
    h = h * np.uint32(0xC2B2AE35)
    return h ^ (h >> np.uint32(16))


def text_keys(cleaned: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """(text number, 32-bit key) of every 1-4-gram between two marks, and of each text's length step, with repeats."""
    marked = [f"\x02{text}\x03" for text in cleaned]
    lengths = np.array([len(text) for text in marked])
    codes = np.frombuffer("".join(marked).encode("utf-32-le"), dtype=np.uint32)
    owner = np.repeat(np.arange(len(marked)), lengths)
    steps = np.searchsorted(LENGTH_STEPS, lengths - 2, side="left")
    owners, keys = [np.arange(len(marked))], [_mix((0x110000 + steps).astype(np.uint32))]
    h = np.full(len(codes), 0x811C9DC5, dtype=np.uint32)
    for n in range(1, 5):
        size = len(codes) - n + 1
        if size <= 0:
            break
        h = (h[:size] ^ codes[n - 1 :]) * np.uint32(0x9E3779B1)
        h = h ^ (h >> np.uint32(15))
        within = owner[:size] == owner[n - 1 :]
        owners.append(owner[:size][within])
        keys.append(_mix(h ^ np.uint32(n))[within])
    return np.concatenate(owners), np.concatenate(keys)


class Vectors:
    """Sparse rows of cleaned texts; a row is (1 + ln count) / sqrt(sum of squares + constant) by key."""

    def __init__(self, texts: list[str]):
        parts = [self._part(texts[at : at + 4000]) for at in range(0, len(texts), 4000)]
        sizes = np.concatenate([part[0] for part in parts])
        self.indptr = np.concatenate([[0], np.cumsum(sizes)])
        self.keys = np.concatenate([part[1] for part in parts])
        self.values = np.concatenate([part[2] for part in parts])

    @staticmethod
    def _part(texts: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        owners, keys = text_keys(texts)
        joint, counts = np.unique(owners.astype(np.uint64) << np.uint64(32) | keys, return_counts=True)
        owner = (joint >> np.uint64(32)).astype(np.int64)
        v = 1 + np.log(counts)
        norm = np.sqrt(np.bincount(owner, weights=v * v, minlength=len(texts)) + NORM_CONSTANT)
        sizes = np.bincount(owner, minlength=len(texts))
        return sizes, joint.astype(np.uint32), (v / norm[owner]).astype(np.float32)

    def on(self, vocabulary: np.ndarray) -> sparse.csr_matrix:
        """The rows over a sorted key list; other keys are left out (their share of the norm stays)."""
        at = np.minimum(np.searchsorted(vocabulary, self.keys), len(vocabulary) - 1)
        known = vocabulary[at] == self.keys
        counts = np.add.reduceat(np.append(known.astype(np.int64), 0), self.indptr[:-1])
        indptr = np.concatenate([[0], np.cumsum(counts)])
        shape = (len(self.indptr) - 1, len(vocabulary))
        return sparse.csr_matrix((self.values[known], at[known].astype(np.int32), indptr), shape=shape)
