"""One linear head: training, calibration, pruning, 8-bit weights, and what it says of rows."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import minimize, minimize_scalar

from text_features import Vectors


@dataclass
class Rows:
    """Training rows of one head; a target row sums to 1, a mask of 0 takes a class out of a row's choice."""

    vectors: Vectors
    target: np.ndarray
    weight: np.ndarray
    mask: np.ndarray | None = None


@dataclass
class Head:
    """Weights over a sorted key list; one output is a logistic, several a softmax."""

    outputs: list[str]
    keys: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def logits(self, vectors: Vectors) -> np.ndarray:
        return vectors.on(self.keys) @ self.weights + self.bias

    def probabilities(self, vectors: Vectors) -> np.ndarray:
        return to_probabilities(self.logits(vectors))


def to_probabilities(z: np.ndarray) -> np.ndarray:
    if z.shape[1] == 1:
        return 1 / (1 + np.exp(-z))
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def vocabulary(vectors: Vectors, least: int) -> np.ndarray:
    keys, counts = np.unique(vectors.keys, return_counts=True)
    return keys[counts >= least]


def loss_and_slope(z: np.ndarray, rows: Rows) -> tuple[float, np.ndarray]:
    """Weighted cross-entropy and its slope by z."""
    if z.shape[1] == 1:
        t = rows.target
        loss = np.logaddexp(0, z) - t * z
        return float((loss[:, 0] * rows.weight).sum()), (to_probabilities(z) - t) * rows.weight[:, None]
    if rows.mask is not None:
        z = np.where(rows.mask, z, -30.0)
    top = z.max(axis=1, keepdims=True)
    log_p = z - top - np.log(np.exp(z - top).sum(axis=1, keepdims=True))
    loss = -(rows.target * log_p).sum(axis=1) * rows.weight
    return float(loss.sum()), (np.exp(log_p) - rows.target) * rows.weight[:, None]


def fit(outputs: list[str], rows: Rows, keys: np.ndarray, l2: float, rounds: int, start: Head | None = None) -> Head:
    """L-BFGS on the mean loss + l2/2 |v|²; a key's weight is idf * v, so rare keys cost less."""
    x = rows.vectors.on(keys)
    df = np.maximum(1, x.getnnz(axis=0))
    scale = (np.log(x.shape[0] / df + 1) / 5).astype(np.float32)
    x = (x @ sparse.diags(scale)).tocsr().astype(np.float32)
    xt = x.T.tocsr()
    n, k = x.shape[1], len(outputs)
    total = float(rows.weight.sum())

    def objective(flat: np.ndarray) -> tuple[float, np.ndarray]:
        v = flat[: n * k].reshape(n, k).astype(np.float32)
        b = flat[n * k :]
        loss, slope = loss_and_slope(x @ v + b, rows)
        dv = (xt @ slope.astype(np.float32)) / total + l2 * v
        value = loss / total + 0.5 * l2 * float(np.vdot(v, v)) + 0.5e-6 * float(b @ b)
        return value, np.concatenate([dv.ravel(), slope.sum(axis=0) / total + 1e-6 * b]).astype(np.float64)

    first = np.zeros((n + 1) * k)
    if start is not None:
        first[: n * k] = (start.weights[np.searchsorted(start.keys, keys)] / scale[:, None]).ravel()
        first[n * k :] = start.bias
    found = minimize(objective, first, jac=True, method="L-BFGS-B", options=dict(maxiter=rounds, maxcor=5))
    v = found.x[: n * k].reshape(n, k) * scale[:, None]
    return Head(outputs, keys, v.astype(np.float32), found.x[n * k :].astype(np.float32))


def best_keys(head: Head, vectors: Vectors, count: int) -> np.ndarray:
    """The keys whose weights move the training rows most."""
    x = vectors.on(head.keys)
    energy = np.asarray(x.multiply(x).sum(axis=0)).ravel()
    w = head.weights - head.weights.mean(axis=1, keepdims=True) if len(head.outputs) > 1 else head.weights
    gain = energy * (w * w).sum(axis=1)
    if count >= len(gain):
        return head.keys
    return np.sort(head.keys[np.argpartition(-gain, count)[:count]])


def find_temperature(z: np.ndarray, rows: Rows) -> float:
    """The T for which z / T is best calibrated on held-out rows."""
    found = minimize_scalar(lambda log_t: loss_and_slope(z / np.exp(log_t), rows)[0], bounds=(-1.5, 1.5), method="bounded")
    return float(np.exp(found.x))


def quantised(head: Head) -> tuple[Head, np.ndarray, np.ndarray]:
    """(head as the app will compute it, int8 weights, scale per output): w = sign(q) (q/127)² scale."""
    w = head.weights
    if len(head.outputs) > 1:
        w = w - w.mean(axis=1, keepdims=True)
    scale = np.abs(w).max(axis=0).astype(np.float32)
    q = (np.sign(w) * np.rint(127 * np.sqrt(np.abs(w) / scale))).astype(np.int8)
    back = np.sign(q) * (q.astype(np.float32) / 127) ** 2 * scale
    return Head(head.outputs, head.keys, back.astype(np.float32), head.bias), q, scale


def calibration_error(p: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error of the winning probability."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(right[at == b].mean() - p[at == b].mean()) * (at == b).mean() for b in range(bins) if (at == b).any()))
