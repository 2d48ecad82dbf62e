"""The encoder as an int8 ONNX file: ids [b,l] int64 padded with 1 -> emotion, sentiment, abuse, intent, purchase, vector."""

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from text_e5 import HEADS, Encoder

OUTPUTS = [*HEADS, "vector"]
# On inner rows one scale a tensor costs two points; a range of 7 bits, for processors without 8-bit dot products, gains none.
SETTINGS = dict(per_channel=True, reduce_range=False)


def write_float(model: Encoder, path: Path) -> None:
    """The fp32 graph, opset 17, batch and length open."""
    model.eval()
    example = torch.tensor([[0, 10, 11, 12, 2], [0, 10, 2, 1, 1]])
    dynamic = {"ids": {0: "b", 1: "l"}} | {name: {0: "b"} for name in OUTPUTS}
    torch.onnx.export(model, (example,), str(path), input_names=["ids"], output_names=OUTPUTS, dynamic_axes=dynamic,
                      opset_version=17, dynamo=False)  # fmt: skip


def write_int8(model: Encoder, path: Path, **settings) -> None:
    """8-bit weights, activations quantised as they come."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "float.onnx"
        write_float(model, plain)
        quantize_dynamic(str(plain), str(path), weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather", "Gemm"],
                         **(SETTINGS | settings))  # fmt: skip
    onnx.checker.check_model(str(path))
