"""Our own expression network: a small residual CNN over a grey face, brought to one mean and contrast inside."""
import torch
from torch import nn
from torch.nn import functional

SIDE = 40  # px, the square that the network is given
WIDTHS, BLOCKS, STEM = (48, 96, 192), (1, 1, 2), 32


class Block(nn.Module):
    def __init__(self, inside, outside, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inside, outside, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(outside)
        self.conv2 = nn.Conv2d(outside, outside, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outside)
        self.shortcut = nn.Identity()
        if stride > 1:
            self.shortcut = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(inside, outside, 1, bias=False),
                                          nn.BatchNorm2d(outside))

    def forward(self, x):
        y = functional.relu(self.norm1(self.conv1(x)), inplace=True)
        return functional.relu(self.norm2(self.conv2(y)) + self.shortcut(x), inplace=True)


class FaceNet(nn.Module):
    """`forward` takes [N,1,S,S] grey 0..255 (S a multiple of 8) and gives logits [N,7] in the order of LABELS."""

    def __init__(self, dropout=0.3):
        super().__init__()
        layers = [nn.Conv2d(1, STEM, 3, 1, 1, bias=False), nn.BatchNorm2d(STEM), nn.ReLU(inplace=True)]
        inside = STEM
        for width, count in zip(WIDTHS, BLOCKS):
            for at in range(count):
                layers.append(Block(inside, width, 2 if at == 0 else 1))
                inside = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(inside, 7))

    def forward(self, x):
        centred = x - x.mean((2, 3), keepdim=True)
        deviation = (centred * centred).mean((2, 3), keepdim=True).sqrt()
        features = self.body(centred / (deviation + 8.0))
        return self.head(features.mean((2, 3)))
