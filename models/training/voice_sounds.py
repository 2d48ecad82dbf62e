"""What the shipped path says of sounds that are not the streamer: our own music and noise, singing, other people.

  DATA_DIR=.../data/voice python models/training/voice_sounds.py
Each speaker is enrolled with 40 clips, then hears sounds of seeds that no training used. Figures on CASIA's speakers
flatter the check of the voice a little: its projection knows both of them (voice_guard.py measures speakers left out).
"""

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from voice_backgrounds import KINDS, background, sung
from voice_data import HERE, clips, data_dir, load
from voice_features import RATE

ROOT = HERE.parent.parent
SEED, EACH, SECONDS, ENROLLED, READ = 9000, 3, 4, 40, 40


def scaled(sound, like, decibels):
    """The sound that many decibels weaker than another, in power."""
    changed = sound * np.sqrt((like**2).mean() / (sound**2).mean() * 10 ** (-decibels / 10))
    return (changed / max(1.0, np.abs(changed).max())).astype(np.float32)


def answers(lines, folder):
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    words = ["infer", "voice", "--in", source, "--out", target]
    subprocess.run(["node", ROOT / "scripts" / "cli.mjs", *words], check=True)
    return [json.loads(line) for line in target.read_text().splitlines()]


def made(folder, own):
    """Files of what is not talking: [(group, path)]."""
    files = []
    for kind in KINDS:
        for i in range(EACH):
            for decibels in (10, 0):
                files.append((f"{decibels} dB", scaled(background(kind, SEED + i, SECONDS), own, decibels)))
    files += [("singing", sung(load(data_dir() / row["path"]), SEED + i)) for i, row in enumerate(clips(["emodb"])[5::40])]
    paths = []
    for i, (group, sound) in enumerate(files):
        path = folder / f"{i}.wav"
        soundfile.write(path, sound, RATE)
        paths.append((group, path))
    return paths


def sounds():
    """Shares of uncertain answers, of refusals, and by how many clips the baseline grew, by group."""
    rows = clips(["casia"])
    speakers = sorted({row["speaker"] for row in rows})
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for speaker in speakers:
            random = np.random.default_rng(0)
            clip = {one: [str(data_dir() / r["path"]) for r in rows if r["speaker"] == one] for one in speakers}
            own = random.permutation(clip[speaker])
            (other,) = [one for one in speakers if one != speaker]
            strangers = [("other person", path) for path in random.permutation(clip[other])[:20]]
            parts = [("own", path) for path in own[ENROLLED : ENROLLED + READ]]
            parts += [*made(folder, load(own[0])), *strangers]
            lines = [{"id": -1, "path": str(path), "speaker": "s"} for path in own[:ENROLLED]]
            lines += [{"id": i, "path": str(path), "speaker": "s"} for i, (_, path) in enumerate(parts)]
            heard = answers(lines, folder)
            for before, now in zip(heard[ENROLLED - 1 :], heard[ENROLLED:]):
                group = found.setdefault(parts[now["id"]][0], [])
                refused = now["reason"] in ("no_speech", "background_sound", "singing", "other_voice")
                group.append((not now["certain"], refused, now["clipsHeard"] > before["clipsHeard"]))
    shares = {group: np.mean(rows, axis=0) for group, rows in found.items()}
    return {
        group: {"sounds": len(found[group]), "uncertain": share[0], "refused": share[1], "learnt": share[2]}
        for group, share in shares.items()
    }


def main():
    print(json.dumps(sounds(), indent=1, default=float))


if __name__ == "__main__":
    main()
