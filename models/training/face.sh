#!/bin/sh
# Makes models/face from its sources and measures it: face.sh DATA WORK, DATA as in README.md, WORK for checkpoints.
set -eu
data=$1
work=$2
here=$(dirname "$0")
python=${PYTHON:-python}
export OMP_NUM_THREADS=1
mkdir -p "$work"
"$python" "$here/face_blazeface.py"
"$python" "$here/face_faceapi.py"
"$python" "$here/face_mini_xception.py"
[ -f "$work/pictures.npz" ] || "$python" "$here/face_dataset.py" "$data" "$work/pictures.npz"
[ -f "$work/face_net.pt" ] || "$python" "$here/face_train.py" "$work/pictures.npz" "$work"
"$python" "$here/face_export.py" "$work/face_net.pt"
"$python" "$here/face_quality.py" "$work/pictures.npz"
"$python" "$here/face_calibrate.py" "$data" --write
"$python" "$here/face_reference.py"
node "$here/../../scripts/model-manifest.mjs"
"$python" "$here/face_metrics.py" "$data" "$work/pictures.npz"
