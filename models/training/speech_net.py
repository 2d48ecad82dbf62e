"""Whisper base as two PyTorch modules: an encoder with a variable window, and a decoder that keeps what it has read.

Shapes (b hypotheses, n new tokens, p tokens read before, t mel frames, m = t / 2 positions, 6 layers, 8 heads of 64):
  encoder  mel [1, 80, t] -> cross_keys [6, 1, 8, 64, m], cross_values [6, 1, 8, m, 64]
  decoder  ids [b, n], keys [6, b, 8, p, 64], values [6, b, 8, p, 64], cross_keys, cross_values
           -> logits [b, 51865] after the last token, new_keys [6, b, 8, p + n, 64], new_values
"""

import torch
from torch import nn
from torch.nn import functional

LAYERS, WIDTH, HEADS, SIZE = 6, 512, 8, 64
AUDIO_POSITIONS, TEXT_POSITIONS, VOCABULARY, BANDS = 1500, 448, 51865, 80


def split(x):
    """[b, n, 512] as [b, 8, n, 64]."""
    return x.view(x.shape[0], -1, HEADS, SIZE).transpose(1, 2)


def joined(x):
    """[b, 8, n, 64] as [b, n, 512]."""
    return x.transpose(1, 2).reshape(x.shape[0], -1, WIDTH)


class FeedForward(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        return x + self.down(functional.gelu(self.up(self.norm(x))))


class SelfAttention(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)

    def forward(self, x, keys=None, values=None, mask=None):
        q, k, v = (split(one) for one in self.qkv(self.norm(x)).chunk(3, dim=-1))
        if keys is not None:
            k, v = torch.cat([keys, k], dim=2), torch.cat([values, v], dim=2)
        share = q @ k.transpose(-1, -2) * SIZE**-0.5
        if mask is not None:
            share = share + mask
        return x + self.out(joined(torch.softmax(share, dim=-1) @ v)), k, v


class CrossAttention(nn.Module):
    """`kv` belongs to the encoder's graph, since it is computed once a segment."""

    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.q, self.kv, self.out = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(WIDTH, WIDTH)

    def heard(self, x):
        k, v = (split(one) for one in self.kv(x).chunk(2, dim=-1))
        return k.transpose(-1, -2), v

    def forward(self, x, keys, values):
        share = torch.softmax(split(self.q(self.norm(x))) @ keys * SIZE**-0.5, dim=-1)
        return x + self.out(joined(share @ values))


class Encoder(nn.Module):
    """`crosses` are the decoder's cross attentions, whose keys and values are the output."""

    def __init__(self, crosses):
        super().__init__()
        self.conv1 = nn.Conv1d(BANDS, WIDTH, 3, padding=1)
        self.conv2 = nn.Conv1d(WIDTH, WIDTH, 3, stride=2, padding=1)
        self.positions = nn.Parameter(torch.zeros(AUDIO_POSITIONS, WIDTH))
        self.selves = nn.ModuleList(SelfAttention() for _ in range(LAYERS))
        self.forwards = nn.ModuleList(FeedForward() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        self.crosses = crosses

    def forward(self, mel):
        x = functional.gelu(self.conv2(functional.gelu(self.conv1(mel)))).transpose(1, 2)
        x = x + self.positions[: x.shape[1]]
        for attention, forward in zip(self.selves, self.forwards):
            x = forward(attention(x)[0])
        x = self.norm(x)
        pairs = [cross.heard(x) for cross in self.crosses]
        return torch.stack([k for k, _ in pairs]), torch.stack([v for _, v in pairs])


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Parameter(torch.zeros(TEXT_POSITIONS, WIDTH))
        self.selves = nn.ModuleList(SelfAttention() for _ in range(LAYERS))
        self.crosses = nn.ModuleList(CrossAttention() for _ in range(LAYERS))
        self.forwards = nn.ModuleList(FeedForward() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)

    def forward(self, ids, keys, values, cross_keys, cross_values):
        before, n = keys.shape[3], ids.shape[1]
        x = self.embed(ids) + self.positions[before : before + n]
        places = torch.arange(before + n)
        mask = torch.where(places[None, :] > places[before:, None], -1e9, 0.0)
        kept = []
        for i in range(LAYERS):
            x, k, v = self.selves[i](x, keys[i], values[i], mask)
            x = self.forwards[i](self.crosses[i](x, cross_keys[i], cross_values[i]))
            kept.append((k, v))
        logits = functional.linear(self.norm(x[:, -1:]), self.embed.weight)[:, 0]
        return logits, torch.stack([k for k, _ in kept]), torch.stack([v for _, v in kept])


def fill(weights):
    """Encoder and decoder with the tensors of the CTranslate2 file (by name, float32)."""
    decoder = Decoder()
    encoder = Encoder(decoder.crosses)
    state = {}

    def linear(target, source):
        state[f"{target}.weight"], state[f"{target}.bias"] = weights[f"{source}/weight"], weights[f"{source}/bias"]

    def norm(target, source):
        state[f"{target}.weight"] = weights[f"{source}/layer_norm/gamma"]
        state[f"{target}.bias"] = weights[f"{source}/layer_norm/beta"]

    def layer(side, i):
        source = f"{side}/layer_{i}"
        norm(f"selves.{i}.norm", f"{source}/self_attention")
        linear(f"selves.{i}.qkv", f"{source}/self_attention/linear_0")
        linear(f"selves.{i}.out", f"{source}/self_attention/linear_1")
        norm(f"forwards.{i}.norm", f"{source}/ffn")
        linear(f"forwards.{i}.up", f"{source}/ffn/linear_0")
        linear(f"forwards.{i}.down", f"{source}/ffn/linear_1")

    for i in range(LAYERS):
        layer("decoder", i)
        source = f"decoder/layer_{i}/attention"
        norm(f"crosses.{i}.norm", source)
        for name, number in {"q": 0, "kv": 1, "out": 2}.items():
            linear(f"crosses.{i}.{name}", f"{source}/linear_{number}")
    norm("norm", "decoder")
    state["embed.weight"] = weights["decoder/embeddings/weight"]
    state["positions"] = weights["decoder/position_encodings/encodings"]
    load(decoder, state)

    state = {f"crosses.{name}": value for name, value in decoder.crosses.state_dict().items()}
    for i in range(LAYERS):
        layer("encoder", i)
    norm("norm", "encoder")
    for name in ("conv1", "conv2"):
        linear(name, f"encoder/{name}")
    state["positions"] = weights["encoder/position_encodings/encodings"]
    load(encoder, state)
    return encoder.eval(), decoder.eval()


def load(module, state):
    module.load_state_dict({name: torch.as_tensor(value).clone() for name, value in state.items()})
