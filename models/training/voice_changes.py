"""Changed copies of the training clips: other voices (speed), noise, rooms. Seeded, so repeatable.

A copy counts as a speaker of its own: it is normalised with its own mean and spread.
"""

from functools import reduce

import numpy as np
from scipy.signal import fftconvolve, resample_poly

from voice_backgrounds import KINDS, background, mixed
from voice_features import RATE


def speed(up, down):
    """Plays the clip slower and lower (up > down) or faster and higher."""
    return lambda sound: resample_poly(sound, up, down)


def noise(decibels, seed):
    random = np.random.default_rng(seed)

    def change(sound):
        hiss = random.standard_normal(len(sound))
        return sound + hiss * np.sqrt((sound**2).mean() / (hiss**2).mean() * 10 ** (-decibels / 10))

    return change


def room(seed):
    """A decaying random echo, another room for each clip."""
    random = np.random.default_rng(seed)

    def change(sound):
        t = np.arange(RATE // 5)
        echo = 0.3 * random.standard_normal(len(t)) * np.exp(-t / (RATE * random.uniform(0.02, 0.06)))
        echo[0] = 1
        return fftconvolve(sound, echo)[: len(sound)]

    return change


def behind(seed, levels):
    """One of our own music or noise sounds behind each clip, at one of these levels in dB."""
    random = np.random.default_rng(seed)
    pool = {kind: [background(kind, seed * 100 + i, 7) for i in range(4)] for kind in KINDS}

    def change(sound):
        kind = list(KINDS)[random.integers(len(KINDS))]
        one = pool[kind][random.integers(4)]
        return mixed(sound, np.roll(one, -random.integers(len(one) - 1)), levels[random.integers(len(levels))])

    return change


def level_kept(*changes):
    """The changes one after the other, at the loudness of the original."""

    def change(sound):
        changed = reduce(lambda value, one: one(value), changes, sound.astype(np.float64))
        return (changed * np.sqrt((sound**2).mean() / (changed**2).mean())).astype(np.float32)

    return change


def fresh_changes():
    """All changes by name, with their random generators at the start."""
    return {
        "slow80": level_kept(speed(5, 4)),
        "slow85": level_kept(speed(20, 17)),
        "slow90": level_kept(speed(10, 9)),
        "fast110": level_kept(speed(10, 11)),
        "fast118": level_kept(speed(17, 20)),
        "noise20": level_kept(noise(20, 1)),
        "room": level_kept(room(2)),
        "slow-room": level_kept(speed(12, 11), room(9)),
        "fast-noise": level_kept(speed(25, 27), noise(15, 11)),
    }
