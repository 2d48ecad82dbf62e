"""Makes the golden values that the shipped TypeScript must reproduce, in models/voice/golden.

  python models/training/voice_golden.py --sounds        makes speech.wav (espeak-ng) and synthetic.wav anew
  DATA_DIR=.../data/voice python models/training/voice_golden.py      makes golden.json from them
The VAD values are those of PyPI silero-vad 6.2.3, its own model file and wrapper (it needs torch).
"""

import argparse
import json
import os
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
import torch
from scipy.signal import resample_poly
from silero_vad import load_silero_vad

from voice_data import ENCODER, HERE, features, one_thread
from voice_features import RATE, Speaker, log_mel, statistics

VOICE = HERE.parent / "voice"
GOLDEN = VOICE / "golden"
SPLIT = 40_000
PINYIN = "huan1 ying2 lai2 dao4 zhi2 bo1 jian1, jin1 tian1 de5 jia4 ge2 fei1 chang2 hao3."


def write_wav(path, sound):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(np.round(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def read_wav(path):
    with wave.open(str(path)) as file:
        if file.getframerate() != RATE or file.getsampwidth() != 2 or file.getnchannels() != 1:
            raise ValueError(f"{path}: not 16 kHz mono 16 bit")
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768


def make_sounds():
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.wav"
        subprocess.run(["espeak-ng", "-v", "cmn-latn-pinyin", "-s", "150", "-w", str(raw), PINYIN], check=True)
        with wave.open(str(raw)) as file:
            spoken = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    write_wav(GOLDEN / "speech.wav", resample_poly(spoken, 320, 441))
    t = np.arange(RATE + 333) / RATE
    pitch = 180 + 40 * np.sin(2 * np.pi * 3 * t)
    voice = sum(np.sin(k * 2 * np.pi * np.cumsum(pitch) / RATE) / k for k in range(1, 12))
    noise = np.random.default_rng(3).standard_normal(len(t))
    write_wav(GOLDEN / "synthetic.wav", 0.1 * voice * np.sin(np.pi * t) ** 2 + 0.002 * noise + 0.01)


def vad_values(sound):
    vad = load_silero_vad(onnx=True)
    padded = np.pad(sound, (0, -len(sound) % 512))
    return [vad(torch.from_numpy(window), RATE).item() for window in padded.reshape(-1, 512)]


def softmax(logits):
    power = np.exp(logits - logits.max())
    return power / power.sum()


class Scores:
    """The whole reference path, from sound to calibrated scores, for one speaker heard in order."""

    def __init__(self, encoder, heads):
        self.encoder, self.heads = encoder, heads
        self.speaker = Speaker(np.array(heads["prior"]["mean"]), np.array(heads["prior"]["std"]))

    def read(self, sound):
        z = self.speaker.read(features(self.encoder, sound))
        each = []
        for head in self.heads["heads"]:
            weights = np.array(head["weights"])
            each.append(softmax(weights @ z[: weights.shape[1]] + head["bias"]))
        mixed = np.log(np.maximum(np.mean(each, axis=0), 1e-12)) / self.heads["temperature"]
        return dict(zip(self.heads["labels"], softmax(mixed).tolist()))


def rounded(value):
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if np.ndim(value):
        return [rounded(one) for one in value]
    return float(f"{value:.7g}")


def describe(encoder, sound):
    mel = log_mel(sound)
    return {
        "mel": {"frames": mel.shape[1], "bandMeans": mel.mean(axis=1), "row40": mel[40]},
        "statistics": statistics(sound),
        "embedding": encoder.run(None, {"mel": mel[None]})[0][0][::16],
        "vad": vad_values(sound),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sounds", action="store_true")
    if parser.parse_args().sounds:
        return make_sounds()
    encoder = one_thread(ENCODER)
    heads = json.loads((VOICE / "heads.json").read_text(encoding="utf-8"))
    sounds = {name: read_wav(GOLDEN / f"{name}.wav") for name in ["speech", "synthetic"]}
    golden = {name: describe(encoder, sound) for name, sound in sounds.items()}
    chain = Scores(encoder, heads)
    spoken = sounds["speech"]
    golden["scores"] = [chain.read(part) for part in [spoken, spoken[:SPLIT], spoken[SPLIT:]]]
    if "DATA_DIR" in os.environ:
        # Numbers only: the recordings themselves stay outside the project.
        mic = sorted(path for path in (Path(os.environ["DATA_DIR"]) / "mic").glob("*.wav") if "stream" not in path.name)
        chain = Scores(encoder, heads)
        golden["mic"] = [
            {"file": path.name, "scores": chain.read(read_wav(path)), "vad": vad_values(read_wav(path))} for path in mic
        ]
    (GOLDEN / "golden.json").write_text(json.dumps(rounded(golden)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
