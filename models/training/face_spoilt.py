"""Made-up faults of face pictures: a covered mouth, a drawn or strongly filtered face. Grey squares 0..255 in and out."""
import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

MOUTH = (0.505, 0.78)  # of the square, by the detector's points on FER2013 pictures
FINE = 160  # px, the canvas on which hands are drawn


def skin_of(face):
    side = len(face)
    return float(face[int(side * 0.4) : int(side * 0.58), int(side * 0.2) : int(side * 0.8)].mean())


def hand_before_mouth(face, random):
    """Two to four fingers and now and then a palm, as bright as the face, coming from below or from a side."""
    side, scale = len(face), FINE / len(face)
    tone = skin_of(face) * random.uniform(0.8, 1.25)
    fill = Image.fromarray(face.astype(np.uint8)).resize((FINE, FINE), Image.BILINEAR)
    mask = Image.new("L", (FINE, FINE), 0)
    pens = ImageDraw.Draw(fill), ImageDraw.Draw(mask)
    width = FINE * random.uniform(0.1, 0.17)
    angle = np.pi / 2 + random.uniform(-1.3, 1.3)  # towards the wrist; straight down is pi / 2
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    middle = FINE * (np.array(MOUTH) + random.uniform(-0.05, 0.05, 2))
    count = random.integers(2, 5)
    for finger in range(count):
        shift = (finger - (count - 1) / 2) * width * random.uniform(0.9, 1.05)
        tip = middle + across * shift - along * FINE * random.uniform(0.06, 0.28)
        root = middle + across * shift * random.uniform(0.9, 1.3) + along * FINE * random.uniform(0.5, 0.9)
        for part, shade in ((1.0, random.uniform(0.55, 0.85)), (0.8, 1.0), (0.35, random.uniform(1.0, 1.12))):
            grey = int(np.clip(tone * shade, 0, 255))
            for pen, ink in zip(pens, (grey, 255)):
                thick = max(1, int(width * part))
                pen.line([*tip, *root], ink, thick)
                pen.ellipse([*(tip - thick / 2), *(tip + thick / 2)], ink)
    if random.random() < 0.35:
        centre, size = middle + along * FINE * random.uniform(0.2, 0.35), FINE * random.uniform(0.2, 0.34)
        for pen, ink in zip(pens, (int(np.clip(tone * random.uniform(0.85, 1.05), 0, 255)), 255)):
            pen.ellipse([*(centre - size), *(centre + size)], ink)
    to_small = lambda one: np.asarray(one.resize((side, side), Image.BOX), np.float32)
    covered = ndimage.gaussian_filter(to_small(mask) / 255, 0.4 * scale / 4)
    return face * (1 - covered) + to_small(fill) * covered


def covered_mouth(face, random):
    """Over mouth and chin a hand, or a patch: plain, skin with folds, cloth, a dark ball as of a microphone, or the cheek."""
    if random.random() < 0.5:
        return hand_before_mouth(face, random).clip(0, 255).astype(np.float32)
    side = len(face)
    y, x = np.mgrid[:side, :side] / side
    width, height = random.uniform(0.42, 0.95), random.uniform(0.3, 0.5)
    centre_x, top = random.uniform(0.43, 0.57), random.uniform(0.57, 0.66)
    middle = top + height / 2
    if random.random() < 0.5:
        inside = (abs(x - centre_x) < width / 2) & (abs(y - middle) < height / 2)
    else:
        inside = ((x - centre_x) / (width / 2)) ** 2 + ((y - middle) / (height / 2)) ** 2 < 1
    mask = ndimage.gaussian_filter(inside.astype(np.float32), random.uniform(0.3, 1.2) * side / 40)
    skin = skin_of(face)
    kind = random.integers(5)
    if kind == 0:
        fill = np.full_like(face, random.uniform(5, 250))
    elif kind == 1:
        angle, steps = random.uniform(0, np.pi), random.uniform(20, 60)
        folds = np.sin(steps * (x * np.cos(angle) + y * np.sin(angle)) + random.uniform(0, 6))
        fill = skin * random.uniform(0.8, 1.15) * (1 + random.uniform(0.03, 0.2) * folds)
    elif kind == 2:
        fill = np.full_like(face, random.uniform(120, 250)) - 60 * abs(x - centre_x) * random.uniform(0, 1)
    elif kind == 3:
        fill = np.full_like(face, random.uniform(5, 60)) + 60 * np.exp(-(((x - centre_x + 0.1) ** 2 + (y - top - 0.1) ** 2) / 0.01))
    else:
        fill = np.roll(face, int(side * random.uniform(0.25, 0.4)), 0) if random.random() < 0.5 else np.full_like(face, skin)
    grain = ndimage.gaussian_filter(random.normal(0, random.uniform(0, 14), face.shape), random.uniform(0.5, 1.5))
    fill = fill + grain + (y - 0.75) * random.uniform(-40, 40)
    return (face * (1 - mask) + fill * mask).clip(0, 255).astype(np.float32)


def drawn_face(face, random):
    """Flat areas, few tones, dark lines or a smoothed skin, in any mixture, as of animation and strong filters."""
    scale = len(face) / 40
    flat = face
    for _ in range(random.integers(1, 4)):
        flat = ndimage.median_filter(flat, max(3, int(random.integers(3, 6) * scale)))
    kind = random.integers(4)
    if kind == 3:
        base = ndimage.gaussian_filter(face, random.uniform(1.5, 2.5) * scale)
        edges = np.hypot(ndimage.sobel(base, 0), ndimage.sobel(base, 1))
        keep = (edges / (np.percentile(edges, 97) + 1)).clip(0, 1)
        flat = base * (1 - keep) + face * keep
    tones = random.integers(3, 9)
    if kind in (0, 1):
        flat = np.round(flat / 255 * tones) / tones * 255
    if kind in (1, 2):
        lines = np.hypot(ndimage.sobel(flat, 0), ndimage.sobel(flat, 1))
        flat = flat * (1 - (lines / (np.percentile(lines, 96) + 1)).clip(0, 1) * random.uniform(0.4, 1))
    return flat.clip(0, 255).astype(np.float32)


def as_a_camera_sees_it(face, side, random):
    """Cut to `side` px, with the same framing, blur, noise and light for spoilt and clean pictures alike.

    A detector that does not see the mouth frames the face higher and tighter; the cut does so at random.
    """
    size = len(face) * random.uniform(0.7, 1)
    left = (len(face) - size) * random.uniform(0.2, 0.8)
    top = (len(face) - size) * random.beta(0.7, 1.3)
    box = (left, top, left + size, top + size)
    face = np.asarray(Image.fromarray(face).resize((side, side), Image.BILINEAR, box), np.float32)
    if random.random() < 0.5:
        face = ndimage.gaussian_filter(face, random.uniform(0, 0.8) * len(face) / 40)
    face = (np.maximum(face, 1) / 255) ** np.exp(random.uniform(-0.4, 0.4)) * 255
    return (face + random.normal(0, random.uniform(0, 5), face.shape)).clip(0, 255).astype(np.float32)
