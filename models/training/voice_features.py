"""Reference features of the voice model: log-mel, 209 statistics, causal normalisation. Sound is 16 kHz mono float."""

import numpy as np

RATE = 16000
MEL_SAMPLES = 96000
STATISTICS = 209


def mel_trim(x):
    """Cuts quiet ends: 800 samples stay before the first loud place, 1,600 after the last."""
    power = np.convolve(x.astype(np.float64) ** 2, np.ones(400) / 400, "same")
    if len(x) < 400 or power.max() <= 0:
        return x
    loud = np.flatnonzero(power >= 1e-4 * power.max())
    return x[max(0, loud[0] - 800) : loud[-1] + 1 + 1600]


def slaney_mels():
    """80 area-normalised triangles over 201 bins, 0 to 8000 Hz: [80, 201]."""
    to_hz = lambda m: np.where(m < 15, m * 200 / 3, 1000 * np.exp((m - 15) * np.log(6.4) / 27))
    top = 15 + np.log(8000 / 1000) / (np.log(6.4) / 27)
    edges = to_hz(np.linspace(0, top, 82))
    bins = np.arange(201) * 40.0
    up = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    down = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(up, down)) * (2 / (edges[2:] - edges[:-2]))[:, None]


SLANEY = slaney_mels()
HANN_400 = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 400)


def log_mel(x):
    """Whisper's log-mel of one utterance: float32 [80, t]."""
    x = np.concatenate([mel_trim(x)[:MEL_SAMPLES], np.zeros(3200)]).astype(np.float64)
    padded = np.pad(x, 200, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, 400)[::160][:-1]
    power = np.abs(np.fft.rfft(frames * HANN_400, axis=1)) ** 2
    log = np.log10(np.maximum(SLANEY @ power.T, 1e-10))
    return ((np.maximum(log, log.max() - 8) + 4) / 4).astype(np.float32)


def even_mels():
    """40 triangles of height 1, even in mel from 60 to 7600 Hz, over 257 bins: [257, 40]."""
    mel = lambda f: 2595 * np.log10(1 + f / 700)
    edges = 700 * (10 ** (np.linspace(mel(60), mel(7600), 42) / 2595) - 1)
    bins = (np.arange(257) * RATE / 512)[:, None]
    up = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    down = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.maximum(0, np.minimum(up, down))


EVEN = even_mels()
HANN_512 = np.hanning(512)
COSINES = np.cos(np.pi * (np.arange(40)[:, None] + 0.5) * np.arange(1, 14) / 40)
LAGS = np.arange(32, 267)


def pitch(x, count):
    """Best lag and its normalised autocorrelation for each of `count` frames."""
    padded = np.concatenate([np.zeros(256), x, np.zeros(768 + 512)])
    frames = np.lib.stride_tricks.sliding_window_view(padded, 1024)[::256][:count]
    frames = frames - frames.mean(axis=1, keepdims=True)
    r = np.fft.irfft(np.abs(np.fft.rfft(frames, 2048, axis=1)) ** 2, axis=1)
    scaled = r[:, LAGS] / (r[:, :1] + 1e-9) / (1 - LAGS / 1024)
    best = scaled.argmax(axis=1)
    return RATE / LAGS[best], scaled[np.arange(count), best]


def halves(v):
    """Mean of the second half less mean of the first; 0 for fewer than two values."""
    half = len(v) // 2
    return v[half:].mean() - v[:half].mean() if half else 0.0


def step(v):
    return np.abs(np.diff(v)).mean() if len(v) > 1 else 0.0


def pitch_part(f0, v, act):
    voiced = act & (v > 0.5)
    f = np.log(f0[voiced]) if voiced.sum() > 3 else np.full(3, 5.0)
    last = f[-max(3, len(f) // 5) :]
    heard = v[voiced] if voiced.any() else np.zeros(1)
    return [
        f.mean(), f.std(), *np.percentile(f, [5, 25, 50, 75, 95]), f.max() - f.min(), step(f), halves(f),
        last.mean() - f.mean(), voiced.sum() / act.sum(), heard.mean(), heard.std(),
    ]  # fmt: skip


def energy_part(energy, act):
    seconds = len(energy) * 0.016
    inner = energy[1:-1]
    peaks = (inner > energy[:-2]) & (inner >= energy[2:]) & (inner > energy.max() - 3.5)
    spread = np.percentile(energy, 95) - np.percentile(energy, 25)
    return [
        energy.mean(), energy.std(), energy.max() - energy.mean(), spread, step(energy), halves(energy),
        np.log(seconds), peaks.sum() / seconds, act.mean(),
    ]  # fmt: skip


def statistics(x):
    """The 209 statistics of one utterance: float64 [209]."""
    x = x.astype(np.float64) - (x.mean() if len(x) else 0)
    if len(x) < 512:
        x = np.concatenate([x, np.zeros(512 - len(x))])
    frames = np.lib.stride_tricks.sliding_window_view(x, 512)[::256]
    mel = np.log(np.abs(np.fft.rfft(frames * HANN_512, axis=1)) ** 2 @ EVEN + 1e-6)
    energy = np.log((frames**2).mean(axis=1) + 1e-8)
    f0, v = pitch(x, len(frames))
    loud = np.flatnonzero(energy > max(energy.max() - 7, -13))
    if len(loud) >= 5:
        keep = slice(loud[0], loud[-1] + 1)
        mel, energy, f0, v = mel[keep], energy[keep], f0[keep], v[keep]
    act = energy > energy.max() - 6
    rows = mel[act] if act.sum() > 4 else mel
    cepstrum = rows @ COSINES
    change = np.abs(np.diff(mel, axis=0)).mean(axis=0) if len(mel) > 1 else np.zeros(40)
    ten, ninety = np.percentile(rows, [10, 90], axis=0)
    parts = [rows.mean(0), rows.std(0), ninety - ten, change, cepstrum.mean(0), cepstrum.std(0)]
    return np.concatenate([*parts, pitch_part(f0, v, act), energy_part(energy, act)])


class Speaker:
    """Running mean and spread of one speaker's features, started from the training speakers' prior."""

    def __init__(self, mean, std, weight=4):
        self.n, self.mean, self.m2 = weight, mean.copy(), weight * std**2

    def read(self, x):
        """Takes one clip in and gives its normalised features."""
        self.n += 1
        d = x - self.mean
        self.mean = self.mean + d / self.n
        self.m2 = self.m2 + d * (x - self.mean)
        return (x - self.mean) / (np.sqrt(self.m2 / self.n) + 1e-6)


def enrolled(clips, std):
    """Normalises clips with the speaker's own mean and a spread drawn towards the training speakers' one."""
    share = len(clips) / (len(clips) + 10)
    spread = np.sqrt(share * clips.var(axis=0) + (1 - share) * std**2)
    return (clips - clips.mean(axis=0)) / (spread + 1e-6)
