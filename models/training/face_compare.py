"""Says how far two ONNX files with the same inputs and outputs are apart on real face pictures.

    python models/training/face_compare.py ONE.onnx OTHER.onnx FOLDER_OF_PICTURES
"""
import sys
from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image


def prepared(session, picture):
    shape = session.get_inputs()[0].shape
    size = shape[2]
    values = np.asarray(picture.resize((size, size), Image.BILINEAR), np.float32)
    if shape[1] == 3:
        return np.repeat(values[None, None], 3, 1)
    return ((values / 255 - 0.5) * 2)[None, :, :, None]


def main():
    options = ort.SessionOptions()
    options.log_severity_level = 3
    one, other = (ort.InferenceSession(path, options) for path in sys.argv[1:3])
    paths = sorted(p for p in Path(sys.argv[3]).rglob("*") if p.suffix in (".jpg", ".png"))
    names = [output.name for output in one.get_outputs()]
    worst = dict.fromkeys(names, 0.0)
    for path in paths:
        feed = {one.get_inputs()[0].name: prepared(one, Image.open(path).convert("L"))}
        for name, a, b in zip(names, one.run(names, feed), other.run(names, feed)):
            worst[name] = max(worst[name], float(np.abs(a - b).max()))
    print(f"{len(paths)} pictures, largest difference: {worst}")


if __name__ == "__main__":
    main()
