"""Reads texts as the product does: the int8 encoder file beside the linear file, and the mean of both."""

import json
import struct
from pathlib import Path

import numpy as np
import onnxruntime

from text_e5 import Pieces, Tokenizer
from text_encoder_export import OUTPUTS
from text_features import Vectors, clean
from text_fit import Head

def read_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer back from tokenizer.bin."""
    data = path.read_bytes()
    assert data[:4] == b"TUG1"
    count, mapped, unknown = struct.unpack_from("<IIf", data, 4)
    at, texts, scores, normal = 16, [], np.zeros(count, np.float32), {}
    for i in range(count):
        size = data[at]
        texts.append(data[at + 1 : at + 1 + size].decode())
        (scores[i],) = struct.unpack_from("<f", data, at + 1 + size)
        at += 5 + size
    for _ in range(mapped):
        point, n = struct.unpack_from("<IB", data, at)
        normal[point] = "".join(map(chr, struct.unpack_from(f"<{n}I", data, at + 5)))
        at += 5 + 4 * n
    assert at == len(data)
    return Tokenizer(Pieces(texts, scores, normal, unknown))


def read_linear(path: Path) -> dict[str, Head]:
    """The heads back from linear.bin, their outputs unnamed."""
    data = path.read_bytes()
    magic, _version, _norm, _threshold, count = struct.unpack_from("<4sIffI", data)
    assert magic == b"TLM1"
    at, heads = 20, {}
    for _ in range(count):
        size = data[at]
        name, k = data[at + 1 : at + 1 + size].decode(), data[at + 1 + size]
        at += 2 + size
        bias = np.frombuffer(data, "<f4", k, at)
        scale = np.frombuffer(data, "<f4", k, at + 4 * k)
        keys, step_bytes = struct.unpack_from("<II", data, at + 8 * k)
        at += 8 * k + 8
        steps, value, shift = np.zeros(keys, np.int64), 0, 0
        found = 0
        for byte in data[at : at + step_bytes]:
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                steps[found], found, value, shift = value, found + 1, 0, 0
        at += step_bytes
        q = np.frombuffer(data, np.int8, keys * k, at).reshape(keys, k)
        at += keys * k
        weights = (np.sign(q) * (q.astype(np.float32) / 127) ** 2 * scale).astype(np.float32)
        heads[name] = Head([""] * k, np.cumsum(steps).astype(np.uint32), weights, bias)
    return heads


def open_session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options)


class Reader:
    """The files of one folder; every array has the order of the texts."""

    def __init__(self, encoder: Path, tokenizer: Path, linear: Path):
        self.session, self.tokenizer, self.heads = open_session(encoder), read_tokenizer(tokenizer), read_linear(linear)
        self.seen: dict[str, list[np.ndarray]] = {}

    def ids(self, text: str) -> list[int]:
        return self.tokenizer.encode(clean(text))

    def encoder(self, texts: list[str]) -> dict[str, np.ndarray]:
        """The network's own outputs: logits, sentiment from -1 to 1, vectors. Text by text: a batch shares one 8-bit scale."""
        for text in texts:
            if text not in self.seen:
                self.seen[text] = [one[0] for one in self.session.run(OUTPUTS, {"ids": np.array([self.ids(text)])})]
        return {name: np.array([self.seen[text][i] for text in texts]) for i, name in enumerate(OUTPUTS)}

    def linear(self, texts: list[str]) -> dict[str, np.ndarray]:
        """The linear file's probabilities; sentiment from -1 to 1."""
        vectors = Vectors([clean(text) for text in texts])
        found = {name: head.probabilities(vectors) for name, head in self.heads.items()}
        found["sentiment"] = 2 * found["sentiment"] - 1
        return found


def to_scores(said: dict, temperature: dict) -> dict[str, np.ndarray]:
    """Probabilities of the network's outputs."""
    out = {"sentiment": said["sentiment"]}
    for name in ("emotion", "intent"):
        z = said[name] / temperature[name]
        e = np.exp(z - z.max(axis=1, keepdims=True))
        out[name] = e / e.sum(axis=1, keepdims=True)
    for name in ("abuse", "purchase"):
        out[name] = 1 / (1 + np.exp(-said[name] / temperature[name]))
    return out


def mean(encoder: dict, linear: dict, share: dict) -> dict[str, np.ndarray]:
    """Of both readings, head by head; `share` is the linear one's."""
    return {name: (1 - share[name]) * encoder[name] + share[name] * linear[name] for name in encoder}


def read_settings(path: Path) -> dict:
    return json.loads(path.read_text())
