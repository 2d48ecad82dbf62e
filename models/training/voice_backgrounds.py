"""Sounds behind a streamer, made from formulas and a seed: music and noise without a voice, and speech made to sing.
16 kHz float32, peak 0.5.

  python models/training/voice_backgrounds.py FOLDER [--seed N] [--each N]      writes WAV files, one kind after another
Nothing is recorded or taken from elsewhere, so the files may be made anew at will.
"""

import argparse
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import butter, istft, lfilter, sosfilt, stft

from voice_features import RATE, pitch

MAJOR, MINOR = [0, 4, 7], [0, 3, 7]
SCALE = [0, 2, 4, 7, 9]
# Semitones above the key and the kind of each chord: I V vi IV and the like.
TURNS = [[(0, MAJOR), (7, MAJOR), (9, MINOR), (5, MAJOR)], [(9, MINOR), (5, MAJOR), (0, MAJOR), (7, MAJOR)]]


def tone(hz, seconds, random, partials=8):
    """A plucked or held note with falling partials."""
    t = np.arange(int(seconds * RATE)) / RATE
    fall, tilt = random.uniform(0.5, 6), random.uniform(0.8, 2)
    parts = [np.sin(2 * np.pi * hz * k * t + random.uniform(0, 6)) / k**tilt for k in range(1, partials) if hz * k < 7600]
    return np.sum(parts, axis=0) * np.exp(-fall * t) * np.minimum(1, t / 0.01)


def put(sound, at, part):
    at = int(at * RATE)
    part = part[: max(0, len(sound) - at)]
    sound[at : at + len(part)] += part


def note(semitones):
    return 220 * 2 ** (semitones / 12)


def chords(random, seconds):
    sound, beat, key = np.zeros(int(seconds * RATE)), random.uniform(0.8, 2), random.integers(-9, 6)
    turn = TURNS[random.integers(len(TURNS))]
    for i, at in enumerate(np.arange(0, seconds, beat)):
        root, kind = turn[i % 4]
        for step in kind:
            put(sound, at, tone(note(key + root + step - 12 * (root > 6)), beat * 1.2, random))
    return sound


def arpeggio(random, seconds):
    sound, step, key = np.zeros(int(seconds * RATE)), random.uniform(0.11, 0.3), random.integers(-9, 10)
    turn = TURNS[random.integers(len(TURNS))]
    for i, at in enumerate(np.arange(0, seconds, step)):
        root, kind = turn[(i // 8) % 4]
        put(sound, at, tone(note(key + root + kind[i % 3] + 12 * (i % 8 > 3)), step * 2, random))
    return sound


def melody(random, seconds):
    """A held lead voice with vibrato, the nearest of these sounds to singing."""
    sound, at, degree, key = np.zeros(int(seconds * RATE)), 0.0, 2, random.integers(-5, 8)
    while at < seconds:
        long = random.choice([0.25, 0.5, 0.5, 1.0])
        degree = int(np.clip(degree + random.integers(-2, 3), 0, 9))
        hz = note(key + SCALE[degree % 5] + 12 * (degree // 5))
        t = np.arange(int(long * RATE)) / RATE
        phase = 2 * np.pi * np.cumsum(hz * (1 + 0.006 * np.sin(2 * np.pi * 5.5 * t))) / RATE
        put(sound, at, sum(np.sin(k * phase) / k for k in range(1, 10)) * np.minimum(1, t / 0.03) * np.minimum(1, (long - t) / 0.03))
        at += long
    return sound


def drums(random, seconds):
    sound, beat = np.zeros(int(seconds * RATE)), 60 / random.uniform(80, 150)
    t = np.arange(RATE // 4) / RATE
    kick = np.sin(2 * np.pi * (50 * t + 6 * (1 - np.exp(-30 * t)))) * np.exp(-12 * t)
    for i, at in enumerate(np.arange(0, seconds, beat / 2)):
        hiss = random.standard_normal(len(t))
        put(sound, at, 0.3 * np.diff(hiss, prepend=0) * np.exp(-60 * t))
        if i % 4 == 0:
            put(sound, at, 1.5 * kick)
        if i % 4 == 2:
            put(sound, at, 0.7 * hiss * np.exp(-18 * t))
    return sound


def band(random, seconds):
    """Chords, drums and a melody together."""
    parts = [chords(random, seconds), drums(random, seconds), melody(random, seconds)]
    return sum(random.uniform(0.4, 1) * part / np.abs(part).max() for part in parts)


def white(random, seconds):
    return random.standard_normal(int(seconds * RATE))


def pink(random, seconds):
    spectrum = np.fft.rfft(white(random, seconds))
    return np.fft.irfft(spectrum / np.sqrt(np.maximum(1, np.arange(len(spectrum)))), int(seconds * RATE))


def fan(random, seconds):
    t = np.arange(int(seconds * RATE)) / RATE
    hum = sum(np.sin(2 * np.pi * k * random.uniform(90, 130) * t + k) / k for k in range(1, 5))
    low = sosfilt(butter(2, random.uniform(400, 1500), fs=RATE, output="sos"), white(random, seconds))
    return low / low.std() + random.uniform(0.1, 0.6) * hum * (1 + 0.1 * np.sin(2 * np.pi * 7 * t))


def keyboard(random, seconds):
    sound, at = 0.01 * pink(random, seconds), 0.0
    while at < seconds:
        t = np.arange(int(0.03 * RATE)) / RATE
        ring = np.sin(2 * np.pi * random.uniform(1200, 4500) * t) + random.standard_normal(len(t))
        put(sound, at, random.uniform(0.4, 1) * ring * np.exp(-200 * t))
        at += random.exponential(0.13) + 0.05
    return sound


def crowd(random, seconds):
    """The swell of a hall without a voice in it: noise in the band of speech, with slow and syllable-fast swells."""
    hiss = sosfilt(butter(2, [200, 3000], "band", fs=RATE, output="sos"), white(random, seconds))
    swell = lfilter([0.0008], [1, -0.9992], random.standard_normal(len(hiss)))
    quick = lfilter([0.004], [1, -0.996], random.standard_normal(len(hiss)))
    return hiss * np.exp(0.8 * swell / swell.std() + 0.3 * quick / quick.std())


MUSIC = {"chords": chords, "arpeggio": arpeggio, "melody": melody, "drums": drums, "band": band}
NOISE = {"white": white, "pink": pink, "fan": fan, "keyboard": keyboard, "crowd": crowd}
KINDS = {**MUSIC, **NOISE}


def background(kind, seed, seconds):
    """One sound of that kind; the same seed gives the same sound."""
    random = np.random.default_rng([seed, sorted(KINDS).index(kind)])
    sound = KINDS[kind](random, seconds)[: int(seconds * RATE)]
    return (0.5 * sound / np.abs(sound).max()).astype(np.float32)


def sung(sound, seed):
    """A spoken clip as if sung: its spectral envelope 1.5 times slower on held notes of a scale with vibrato."""
    random = np.random.default_rng(seed)
    _, _, spoken = stft(sound, RATE, nperseg=512, noverlap=384)
    cepstrum = np.fft.irfft(np.log(np.abs(spoken) + 1e-6), axis=0)
    cepstrum[26:-25] = 0
    envelope = np.fft.rfft(cepstrum, axis=0).real
    f0, strength = pitch(sound.astype(np.float64), max(4, len(sound) // 256))
    voiced = np.interp(np.arange(envelope.shape[1]) / 2, np.arange(len(strength)), (strength > 0.5).astype(float))
    heard = f0[strength > 0.5]
    middle = np.median(heard) if len(heard) else 200
    slow = np.arange(0, envelope.shape[1] - 1, 1 / random.uniform(1.3, 1.8))
    count, hz, at = len(slow) * 128, [], 0
    while at < count:
        hold = int(random.choice([0.25, 0.4, 0.5, 0.8]) * RATE)
        step = SCALE[random.integers(5)] + 12 * random.integers(0, 2) - 3
        hz.append(np.full(hold, note(round(12 * np.log2(middle / 220)) + step)))
        at += hold
    t = np.arange(count) / RATE
    bend = 1 + random.uniform(0.003, 0.012) * np.sin(2 * np.pi * random.uniform(4.5, 6.5) * t)
    glide = lfilter([0.004], [1, -0.996], np.concatenate(hz)[:count] - hz[0][0]) + hz[0][0]
    phase = np.cumsum(glide * bend) / RATE
    buzz = np.diff(np.floor(phase), prepend=0) - glide / RATE
    sources = [stft(one, RATE, nperseg=512, noverlap=384)[2] for one in (buzz, 0.02 * random.standard_normal(count))]
    frames = min(len(slow), sources[0].shape[1])
    place, left = slow[:frames].astype(int), slow[:frames] % 1
    shape = np.exp(envelope[:, place] * (1 - left) + envelope[:, place + 1] * left)
    share = voiced[place]
    whole = shape * (sources[0][:, :frames] * share + sources[1][:, :frames] * (1 - share))
    _, voice = istft(whole, RATE, nperseg=512, noverlap=384)
    return (0.5 * voice / np.abs(voice).max()).astype(np.float32)


def mixed(sound, behind, decibels):
    """The sound with the other behind it, so many decibels weaker in power where the sound is loud; no clipping."""
    loud = sound[np.abs(sound) > 0.05 * np.abs(sound).max()] if np.any(sound) else sound
    power = (loud**2).mean() if len(loud) else 1.0
    behind = np.resize(behind, len(sound))
    whole = sound + behind * np.sqrt(power / (behind**2).mean() * 10 ** (-decibels / 10))
    return (whole / max(1.0, np.abs(whole).max())).astype(np.float32)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=9000)
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=4)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        for i in range(options.each):
            sound = background(kind, options.seed + i, options.seconds)
            soundfile.write(options.folder / f"{kind}-{i}.wav", sound, RATE)


if __name__ == "__main__":
    main()
