"""Series of unequal length of three plain kinds, for the tests of what reads them."""

import numpy as np

from clustering.data.sequences.padding import padded
from clustering.data.sequences.warping import warping
from clustering.dataset import Dataset, Floats, Source

KINDS = 3


def one(rng: np.random.Generator, kind: int, steps: int) -> Floats:
    """Draw a rise, a fall or a wave of two values a step."""
    time = np.linspace(0.0, 1.0, steps)
    first = (time, 1.0 - time, np.sin(2 * np.pi * time))[kind]
    second = (time - 1.0, time, np.cos(2 * np.pi * time))[kind]
    values = 2 * np.stack([first, second], axis=1) + 0.1 * rng.normal(size=(steps, 2))
    return np.asarray(values)


def drawn(n: int, *, seed: int, longest: int = 12) -> tuple[list[Floats], Floats]:
    """Draw `n` series of 7 steps and more, kind after kind, and say which kind each is."""
    rng = np.random.default_rng(seed)
    kinds = np.arange(n) % KINDS
    lengths = rng.integers(7, longest + 1, n)
    lengths[0] = longest
    return [one(rng, kind, steps) for kind, steps in zip(kinds, lengths, strict=True)], kinds


def dataset(series: list[Floats], *, steps: int) -> Dataset:
    """Lay series out as points, their distances warped."""
    points = padded(series, steps=steps)
    return Dataset(
        points=points,
        columns=tuple(f"{name}, step {step + 1}" for step in range(steps) for name in "xy"),
        rows=np.arange(len(points)),
        source=Source("series.csv", "series"),
        metric=warping((steps, 2)),
    )
