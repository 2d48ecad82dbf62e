"""Gives the trained encoder the sentence vectors of the untrained one, read from a layer that training left alone."""

import numpy as np
import torch

from text_danmaku import read_danmaku
from text_data import read_own
from text_e5 import Encoder, Tokenizer
from text_encoder import pad
from text_encoder_rows import HERE, SEED_OF_OWN
from text_features import clean

RIDGE = 30.0
BATCH = 32


def _pooled(model: Encoder, ids: list[list[int]], which: int) -> np.ndarray:
    with torch.no_grad():
        return np.concatenate([model.pooled(pad(ids[at : at + BATCH]))[which].numpy() for at in range(0, len(ids), BATCH)])


def fit_vectors(model: Encoder, untrained: Encoder, tokenizer: Tokenizer) -> None:
    """Sets model.like by ridge regression onto the untrained encoder's centred vectors of our own chat lines."""
    texts = {clean(row["line"]) for row in read_own(HERE / "intent-own.tsv", SEED_OF_OWN)}
    texts |= {clean(row["text"]) for row in read_danmaku()}
    ids = sorted((tokenizer.encode(text) for text in sorted(texts)), key=len)
    x, y = _pooled(model, ids, 0), _pooled(untrained, ids, 1)
    y = y - y.mean(axis=0)
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    mean, scale = x.mean(axis=0), x.std()
    z = (x - mean) / scale
    map_ = np.linalg.solve(z.T @ z + RIDGE * np.eye(z.shape[1]), z.T @ y) / scale
    model.like.weight.data.copy_(torch.from_numpy(map_.T.astype(np.float32)))
    model.like.bias.data.copy_(torch.from_numpy((-mean @ map_).astype(np.float32)))
