"""Makes models/voice/vad.onnx: silero VAD v6 as it lies in the npm package @ricky0123/vad-web 0.0.31 (ISC).

The file is byte for byte the `silero_vad.onnx` of PyPI silero-vad 6.2.3 (MIT), whose wrapper gives the golden values.

python models/training/voice_vad.py [--out FILE]      (needs npm; nothing else)
"""

import argparse
import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "@ricky0123/vad-web@0.0.31"
PACKAGE_SHA256 = "d1a211cf1a2ed26297da52cc08de79e75d79838a274bfc6de546feb1f828c940"
MEMBER = "package/dist/silero_vad_v6.onnx"
MEMBER_SHA256 = "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3"


def checked(data, sha256, name):
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise SystemExit(f"{name} has SHA-256 {found}, expected {sha256}.")
    return data


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "voice" / "vad.onnx")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, timeout=300, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        checked(archive.read_bytes(), PACKAGE_SHA256, PACKAGE)
        with tarfile.open(archive) as package:
            data = package.extractfile(MEMBER).read()
    options.out.write_bytes(checked(data, MEMBER_SHA256, MEMBER))
    print(MEMBER_SHA256, options.out)


if __name__ == "__main__":
    main()
