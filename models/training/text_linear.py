"""Makes models/text/linear.bin: python text_linear.py DATA_DIR OUT_DIR (about eight minutes of one core)."""

import json
import struct
import sys
from pathlib import Path

import numpy as np

import text_rows
from text_danmaku import is_inner_line, linear_row, read_danmaku
from text_data import EMOTIONS, INTENTS, load, read_own
from text_features import NORM_CONSTANT, clean
from text_fit import Head, Rows, best_keys, find_temperature, fit, quantised, vocabulary
from text_golden import golden
from text_measure import certain_threshold, measure
from text_split import is_inner

SEED = 20261125
# outputs, L2, least texts a key must be in, keys kept
PLAN = {
    "emotion": (EMOTIONS, 3e-6, 3, 450_000),
    "sentiment": (["positive"], 3e-6, 3, 500_000),
    "abuse": (["abuse"], 3e-6, 2, 250_000),
    "intent": (INTENTS, 5e-6, 1, 60_000),
    "purchase": (["purchase"], 1e-5, 1, 30_000),
}
ROUNDS, MORE_ROUNDS = 90, 30


def with_temperature(head: Head, held: Rows) -> Head:
    t = find_temperature(head.logits(held.vectors), held)
    print(f"  temperature {t:.3f}")
    return Head(head.outputs, head.keys, head.weights / t, head.bias / t)


def train(name: str, rows: Rows, held: Rows) -> tuple[Head, Head]:
    """(the full float head, the pruned one), both calibrated on the held-out rows."""
    outputs, l2, least, count = PLAN[name]
    keys = vocabulary(rows.vectors, least)
    full = fit(outputs, rows, keys, l2, ROUNDS)
    kept = best_keys(full, rows.vectors, count)
    print(f"{name}: {len(rows.weight)} rows, {len(keys)} keys, {len(kept)} kept", flush=True)
    pruned = fit(outputs, rows, kept, l2, MORE_ROUNDS, full) if len(kept) < len(keys) else full
    return with_temperature(full, held), with_temperature(pruned, held)


def varints(numbers: np.ndarray) -> bytes:
    out = bytearray()
    for number in numbers.tolist():
        while number >= 128:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return bytes(out)


def head_bytes(name: str, head: Head, q: np.ndarray, scale: np.ndarray) -> bytes:
    """u8 name length, name, u8 outputs, f32 biases, f32 scales, u32 keys, u32 bytes of key steps, steps, int8 weights."""
    used = np.flatnonzero(np.any(q != 0, axis=1))
    steps = varints(np.diff(head.keys[used].astype(np.int64), prepend=0))
    k = len(head.outputs)
    return b"".join([
        struct.pack("<B", len(name)), name.encode(), struct.pack("<B", k),
        struct.pack(f"<{k}f", *head.bias), struct.pack(f"<{k}f", *scale),
        struct.pack("<II", len(used), len(steps)), steps, q[used].tobytes(),
    ])  # fmt: skip


def encoder_figures(path: Path) -> dict:
    """What the other lane's script wrote into the same file."""
    return {k: v for k, v in json.loads(path.read_text()).items() if k == "encoder"} if path.exists() else {}


def main(data_dir: Path, out_dir: Path) -> None:
    sets, lost = load(data_dir)
    own = read_own(Path(__file__).with_name("intent-own.tsv"), SEED)
    seeds = sets["intent_seed"]
    kept, held = text_rows.split_sets(sets)
    lines = read_danmaku()
    own_kept = [row for row in own if not is_inner(row["line"])]
    own_kept += [linear_row(line) for line in lines if not is_inner_line(line)]
    own_held = [row for row in own if is_inner(row["line"])]
    own_held += [linear_row(line) for line in lines if is_inner_line(line)]
    training = {
        "emotion": lambda s, o: text_rows.emotion_rows(s, o),
        "sentiment": lambda s, o: text_rows.sentiment_rows(s, o, SEED),
        "abuse": lambda s, o: text_rows.abuse_rows(s, o),
        "intent": lambda s, o: text_rows.intent_rows(s, o, seeds),
        "purchase": lambda s, o: text_rows.purchase_rows(o, seeds),
    }
    full, pruned, heads, packed = {}, {}, {}, []
    for name, rows_of in training.items():
        full[name], pruned[name] = train(name, rows_of(kept, own_kept), rows_of(held, own_held))
    metrics = measure(full, pruned, {n: quantised(h)[0] for n, h in pruned.items()}, sets, held, own_held)
    for name, head in pruned.items():
        heads[name], q, scale = quantised(head)
        packed.append(head_bytes(name, heads[name], q, scale))
    threshold = certain_threshold(heads["emotion"], held)
    binary = struct.pack("<4sIffI", b"TLM1", 1, NORM_CONSTANT, threshold, len(packed)) + b"".join(packed)
    (out_dir / "linear.bin").write_bytes(binary)
    metrics |= {"bytes": len(binary), "certainThreshold": threshold, "rowsRemovedAsOverlap": lost, "seed": SEED}
    metrics |= encoder_figures(out_dir / "metrics.json")
    (out_dir / "metrics.json").write_text(json.dumps(metrics, indent=1, ensure_ascii=False) + "\n")
    (out_dir / "golden.json").write_text(json.dumps(golden(heads, [row["text"] for row in own[::40]]), indent=1) + "\n")
    print(json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
