"""Trains our own expression network on one core; goes on from its checkpoint when started again.

    python models/training/face_dataset.py DATA PICTURES.npz
    python models/training/face_train.py PICTURES.npz FOLDER     writes FOLDER/state.pt and at the end FOLDER/face_net.pt

Same seeds, same pictures and same thread count give the same weights up to the rounding of the machine.
"""
import argparse
import math
import os
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from face_net import SIDE, FaceNet

BATCH, PEAK_RATE, WEIGHT_DECAY, SMOOTHING = 64, 0.06, 5e-4, 0.1
# The first passes see smaller pictures: two thirds of the cost, and hardly any loss once the last passes are larger.
PASSES = ((20, 32), (10, SIDE))
AVERAGE_OVER = 0.999
SAVE_EVERY_S = 120
MIXED_UNTIL = 0.7  # of the run: two pictures blended with Beta(0.2, 0.2)
# Draws a class more often than it comes: the square root softens it, disgust would otherwise be seen in one of 79.
BALANCE = 0.5


def epoch_order(labels, epoch):
    """The pictures of one pass: as many as there are, rarer classes oftener, each picture as evenly as can be."""
    random = np.random.default_rng(1000 + epoch)
    counts = np.bincount(labels, minlength=7)
    share = counts**BALANCE / (counts**BALANCE).sum() * len(labels)
    wanted = 0.5 * counts + 0.5 * share
    order = []
    for label, number in enumerate(np.round(wanted).astype(int)):
        rows = np.flatnonzero(labels == label)
        whole, rest = divmod(number, len(rows))
        order += [rows] * whole + [random.permutation(rows)[:rest]]
    return random.permutation(np.concatenate(order))


def augmented(pictures, side, generator):
    """Turned, shifted, scaled, mirrored, lit otherwise, partly covered: [N,1,side,side] grey 0..255."""
    n = len(pictures)
    draw = lambda low, high: torch.rand(n, generator=generator) * (high - low) + low
    angle, scale = draw(-0.26, 0.26), draw(0.82, 1.04)
    mirror = torch.where(torch.rand(n, generator=generator) < 0.5, -1.0, 1.0)
    stretch = draw(0.93, 1.07)
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    grid_of = torch.stack([
        torch.stack([mirror * cos * stretch, -sin, draw(-0.12, 0.12)], 1),
        torch.stack([mirror * sin * stretch, cos, draw(-0.12, 0.12)], 1),
    ], 1)
    grid = functional.affine_grid(grid_of, (n, 1, side, side), align_corners=False)
    x = functional.grid_sample(pictures, grid, padding_mode="border", align_corners=False)
    gamma = torch.exp(draw(-0.5, 0.5)).view(n, 1, 1, 1)
    x = (x.clamp(1, 255) / 255) ** gamma * 255
    x = x + torch.randn(x.shape, generator=generator) * draw(0, 6).view(n, 1, 1, 1)
    for at in range(n):
        if torch.rand((), generator=generator) < 0.4:
            height, width = (int(side * v) for v in (torch.rand(2, generator=generator) * 0.28 + 0.1).tolist())
            top, left = (int(v) for v in (torch.rand(2, generator=generator) * torch.tensor([side - height, side - width])).tolist())
            x[at, :, top : top + height, left : left + width] = x[at].mean()
    return x


def rate_at(progress):
    """One warm-up over 8 %, then a cosine to zero."""
    if progress < 0.08:
        return PEAK_RATE * (0.1 + 0.9 * progress / 0.08)
    return PEAK_RATE * 0.5 * (1 + math.cos(math.pi * (progress - 0.08) / 0.92))


def plan(size):
    """(pass, side) of every step, in order."""
    steps, epoch = [], 0
    for passes, side in PASSES:
        for _ in range(passes):
            steps += [(epoch, side)] * (size // BATCH)
            epoch += 1
    return steps


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("pictures", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--steps", type=int, default=10**9, help="stop after so many steps, to measure the speed")
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    data = np.load(given.pictures)
    kept = data["part"] == 0
    labels = data["labels"][kept]
    pictures = torch.from_numpy(data["pictures"][kept].astype(np.float32))[:, None]
    targets = torch.from_numpy(labels).long()

    net = FaceNet().to(memory_format=torch.channels_last)
    mean = FaceNet()
    mean.load_state_dict(net.state_dict())
    decayed = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    optimiser = torch.optim.SGD([{"params": decayed, "weight_decay": WEIGHT_DECAY}, {"params": plain, "weight_decay": 0}],
                                lr=PEAK_RATE, momentum=0.9, nesterov=True, foreach=True)
    steps, done = plan(len(labels)), 0
    state_path = given.folder / "state.pt"
    if state_path.exists():
        state = torch.load(state_path, weights_only=True)
        net.load_state_dict(state["net"])
        mean.load_state_dict(state["mean"])
        optimiser.load_state_dict(state["optimiser"])
        done = state["done"]
        print(f"goes on after step {done}", flush=True)

    def save():
        state = {"net": net.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict(), "done": done}
        torch.save(state, state_path.with_suffix(".part"))
        os.replace(state_path.with_suffix(".part"), state_path)

    epoch, order, saved_at, losses, started = -1, None, time.time(), [], time.time()
    for done in range(done, min(len(steps), given.steps)):
        pass_now, side = steps[done]
        if pass_now != epoch:
            epoch, order = pass_now, epoch_order(labels, pass_now)
        at = done - steps.index((pass_now, side))
        rows = torch.from_numpy(order[at * BATCH : (at + 1) * BATCH])
        generator = torch.Generator().manual_seed(done)
        torch.manual_seed(done)
        x, target = augmented(pictures[rows], side, generator), functional.one_hot(targets[rows], 7).float()
        target = target * (1 - SMOOTHING) + SMOOTHING / 7
        progress = done / len(steps)
        if progress < MIXED_UNTIL:
            share = float(np.random.default_rng(done).beta(0.2, 0.2))
            x, target = share * x + (1 - share) * x.flip(0), share * target + (1 - share) * target.flip(0)
        for group in optimiser.param_groups:
            group["lr"] = rate_at(progress)
        net.train()
        loss = -(target * functional.log_softmax(net(x.contiguous(memory_format=torch.channels_last)), 1)).sum(1).mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        keep = min(AVERAGE_OVER, (done + 1) / (done + 20))
        with torch.no_grad():
            for slow, fast in zip(mean.state_dict().values(), net.state_dict().values()):
                slow.lerp_(fast, 1 - keep) if slow.is_floating_point() else slow.copy_(fast)
        losses.append(float(loss.detach()))
        if (done + 1) % 100 == 0:
            speed = len(losses) * BATCH / (time.time() - started)
            print(f"step {done + 1}/{len(steps)} side {side} loss {np.mean(losses):.3f} {speed:.0f} pictures/s", flush=True)
            losses, started = [], time.time()
        if time.time() - saved_at > SAVE_EVERY_S:
            done += 1
            save()
            done -= 1
            saved_at = time.time()
    if given.steps >= len(steps):
        done = len(steps)
        save()
        torch.save(mean.state_dict(), given.folder / "face_net.pt")
        print(given.folder / "face_net.pt")


if __name__ == "__main__":
    main()
