"""Writes models/face/own_cnn.onnx from the trained weights, BatchNorm folded into the convolutions.

    python models/training/face_export.py FOLDER/face_net.pt [OUT]

Input `input` [N,1,40,40], grey 0..255; output `logits` [N,7] in the order of LABELS.
"""
import sys
from pathlib import Path

import numpy as np
import torch

from face_net import SIDE, FaceNet
from face_reference import FACE, session_at


def main():
    torch.set_num_threads(1)
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else FACE / "own_cnn.onnx"
    weights = torch.load(sys.argv[1], weights_only=True)
    net = FaceNet().eval()
    net.load_state_dict(weights.get("mean", weights))
    torch.onnx.export(net, torch.zeros(1, 1, SIDE, SIDE), str(out), input_names=["input"], output_names=["logits"],
                      dynamic_axes={"input": {0: "N"}, "logits": {0: "N"}}, opset_version=17, dynamo=False)
    x = np.random.default_rng(1).uniform(0, 255, (8, 1, SIDE, SIDE)).astype(np.float32)
    with torch.no_grad():
        difference = abs(session_at(out).run(None, {"input": x})[0] - net(torch.from_numpy(x)).numpy()).max()
    print(f"{out} {out.stat().st_size} bytes, largest difference to the trained network {difference:.1e}")


if __name__ == "__main__":
    main()
