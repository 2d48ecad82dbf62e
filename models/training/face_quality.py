"""Trains and writes models/face/face_quality.onnx: is the mouth covered, is the face drawn or strongly filtered?

    python models/training/face_dataset.py DATA PICTURES.npz
    python models/training/face_quality.py PICTURES.npz [OUT]

Learns from made-up faults (face_spoilt.py) on FER2013 training pictures, two minutes of one core; the limits are the
99th percentile of clean pictures of the held-out fold and go into models/face/quality.json with the shares found there.
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from face_net import SIDE
from face_reference import FACE
from face_spoilt import as_a_camera_sees_it, covered_mouth, drawn_face

KINDS = ("clean", "covered", "drawn")
PASSES, BATCH = 6, 96
# Some pictures called clean here have a hand before the mouth by themselves, so that the true share is lower.
FALSE_ALARMS = 0.01


class QualityNet(nn.Module):
    """[N,1,40,40] grey 0..255 to the probabilities [N,2] of a covered mouth and of a drawn face."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 16, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, 1, 1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 48, 3, 1, 1), nn.BatchNorm2d(48), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Dropout(0.3), nn.Linear(48 * 25, 2),
        )

    def logits(self, x):
        centred = x - x.mean((2, 3), keepdim=True)
        return self.body(centred / ((centred * centred).mean((2, 3), keepdim=True).sqrt() + 8.0))

    def forward(self, x):
        return torch.sigmoid(self.logits(x))


def spoilt(pictures, random, mirror=True):
    """One picture of each kind from each face, in the order of KINDS."""
    out = []
    for picture in pictures:
        face = picture.astype(np.float32)
        if mirror and random.random() < 0.5:
            face = np.ascontiguousarray(face[:, ::-1])
        out += [as_a_camera_sees_it(kind, SIDE, random)
                for kind in (face, covered_mouth(face, random), drawn_face(face, random))]
    return torch.from_numpy(np.stack(out))[:, None]


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random = np.random.default_rng(1)
    data, out = np.load(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else FACE / "face_quality.onnx"
    learnt, fold = (data["pictures"][data["part"] == part] for part in (0, 1))
    net = QualityNet()
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-2)
    steps = PASSES * 9000 // (BATCH // 3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps)
    wanted = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]).repeat(BATCH // 3, 1)
    net.train()
    for step in range(steps):
        x = spoilt(learnt[random.integers(0, len(learnt), BATCH // 3)], random)
        loss = functional.binary_cross_entropy_with_logits(net.logits(x), wanted)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 400 == 0:
            print(f"step {step}/{steps} loss {loss.item():.3f}", flush=True)
    net.eval()
    with torch.no_grad():
        p = net(spoilt(fold, np.random.default_rng(2))).numpy().reshape(-1, 3, 2)
    figures = {}
    for at, kind in enumerate(KINDS[1:]):
        limit = float(np.quantile(p[:, 0, at], 1 - FALSE_ALARMS))
        figures[kind] = {"from": round(limit, 4), "foundInFold": round(float((p[:, at + 1, at] > limit).mean()), 3),
                         "cleanTakenForIt": round(float((p[:, 0, at] > limit).mean()), 4)}
    print(json.dumps(figures))
    torch.onnx.export(net, torch.zeros(1, 1, SIDE, SIDE), str(out), input_names=["input"], output_names=["spoilt"],
                      dynamic_axes={"input": {0: "N"}, "spoilt": {0: "N"}}, opset_version=17, dynamo=False)
    (out.parent / "quality.json").write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
