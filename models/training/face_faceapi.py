"""Makes models/face/faceapi_expression.onnx from the expression network of npm @vladmandic/face-api (MIT).

    python models/training/face_faceapi.py [OUT]

Input `input` [N,3,112,112], RGB 0..255; outputs `probs` [N,7] and `feat` [N,256].
"""
import json
import sys
from pathlib import Path

import numpy as np

from face_graph import Graph
from face_sources import from_npm

PACKAGE = "@vladmandic/face-api@1.7.15"
MANIFEST = ("model/face_expression_model-weights_manifest.json",
            "5b349c17c7836da506e03422cd6461c74085d8bb2713ad4114647dc5d28174c8")
WEIGHTS = ("model/face_expression_model.bin", "9a9840f2cf1f4c7eab95f197512569345c00d2426754d4608b92af30e0300f3d")
MEAN_RGB = [122.782, 117.001, 104.298]  # of the package's own preparation
OUT = Path(__file__).resolve().parents[1] / "face" / "faceapi_expression.onnx"


def read_weights():
    manifest = json.loads(from_npm(PACKAGE, *MANIFEST))
    content, at, weights = from_npm(PACKAGE, *WEIGHTS), 0, {}
    for entry in manifest[0]["weights"]:
        count, quant = int(np.prod(entry["shape"])), entry.get("quantization")
        if quant:
            values = np.frombuffer(content, np.uint8, count, at) * quant["scale"] + quant["min"]
            at += count
        else:
            values = np.frombuffer(content, "<f4", count, at)
            at += 4 * count
        weights[entry["name"]] = values.reshape(entry["shape"])
    if at != len(content):
        sys.exit(f"{len(content) - at} bytes of weights were not read")
    return weights


def separable(graph, w, x, name, stride=1):
    x = graph.depthwise(x, f"{name}.depth", w[f"{name}/depthwise_filter"], stride)
    return graph.conv(x, name, w[f"{name}/pointwise_filter"], w[f"{name}/bias"])


def main():
    w, graph = read_weights(), Graph()
    mean = graph.weight("mean", np.array(MEAN_RGB).reshape(1, 3, 1, 1))
    x = graph.add("Sub", ["input", mean], "centred")
    x = graph.add("Div", [x, graph.weight("scale", np.array(255.0))], "scaled")
    for block in range(4):
        name = f"dense{block}"
        if block == 0:
            first = graph.conv(x, f"{name}/conv0", w[f"{name}/conv0/filters"], w[f"{name}/conv0/bias"], 2)
        else:
            first = separable(graph, w, x, f"{name}/conv0", 2)
        x = graph.add("Relu", [first], f"{name}/relu0")
        total = x  # the sum runs on before its ReLU
        for step in (1, 2, 3):
            more = separable(graph, w, x, f"{name}/conv{step}")
            total = graph.add("Add", [total, more], f"{name}/sum{step}")
            x = graph.add("Relu", [total], f"{name}/relu{step}")
    x = graph.add("AveragePool", [x], "pooled", kernel_shape=[7, 7], strides=[2, 2])
    x = graph.add("Flatten", [x], "feat", axis=1)
    x = graph.add("Gemm", [x, graph.weight("fc.w", w["fc/weights"]), graph.weight("fc.b", w["fc/bias"])], "logits")
    graph.add("Softmax", [x], "probs", axis=1)
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    graph.save(out, "face_expression", {"input": ["N", 3, 112, 112]}, {"probs": ["N", 7], "feat": ["N", 256]})
    print(out)


if __name__ == "__main__":
    main()
