"""Curves with noise: groups that hang together along a line and not around a middle.

A point of a curve is near its neighbours along the line, and, where the curve passes by itself,
also near points that are far away along it. What follows the line and what jumps across is
the difference that connectivity makes.

============  =============================================  =======================
spiral        x = t cos t, y = t sin t, for 2.5 turns         groups are its turns
rose          r = cos(k t): k petals, or 2 k where k is even  groups are its petals
hypotrochoid  a point in a wheel that rolls within a ring     groups are its loops
============  =============================================  =======================

The places along the curve are drawn evenly, then the noise, by the generator that the
published example uses, so that its points are these.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from clustering.dataset import Floats, Integers
from clustering.errors import ParameterError

__all__ = ["KINDS", "PREFIX", "Curve", "Kind"]

Kind = Literal["spiral", "rose", "hypotrochoid"]
KINDS: tuple[Kind, ...] = get_args(Kind)

PREFIX = "curve/"
"""How the id of such a data set begins."""

MOST = 10_000
RING, WHEEL, ARM = 10.0, 2.0, 4.0
"""Radii of the ring and of the wheel that rolls within it, and how far from its middle the
point is."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve to draw.

    Attributes
    ----------
    kind : {"spiral", "rose", "hypotrochoid"}
        Which.
    n : int
        Number of points, from 10 to 10,000.
    noise : float
        Standard deviation around the line, in units of the coordinates. The spiral reaches
        out to 23.6, the rose to 1, the hypotrochoid to 12.
    seed : int
        The same seed draws the same points.
    petals : int
        The k of a rose, from 1 to 12.

    Examples
    --------
    >>> curve = Curve.from_id("curve/spiral/500/0.5/2")
    >>> curve.id, curve.file
    ('curve/spiral/500/0.5/2', 'spiral_500_0.5_2.csv')
    >>> curve.frame().shape, curve.title
    ((500, 3), 'Spiral, 500 points, noise 0.5')
    """

    kind: Kind = "spiral"
    n: int = 500
    noise: float = 0.5
    seed: int = 2
    petals: int = 5

    def __post_init__(self) -> None:
        """Check the ranges."""
        if self.kind not in KINDS:
            raise ParameterError(f"'{self.kind}' is no curve; choose {', '.join(KINDS)}.")
        if not 10 <= self.n <= MOST:
            raise ParameterError(f"A curve of {self.n:,} points; choose from 10 to {MOST:,}.")
        if not 0 <= self.noise <= 100:
            raise ParameterError(f"Noise of {self.noise:g}; choose from 0 to 100.")
        if not 0 <= self.seed < 2**32:
            raise ParameterError(f"seed = {self.seed}; choose a whole number from 0.")
        if not 1 <= self.petals <= 12:
            raise ParameterError(f"A rose with k = {self.petals}; choose from 1 to 12.")

    @property
    def id(self) -> str:
        """How links name it."""
        parts = [self.kind, str(self.n), f"{self.noise:g}", str(self.seed)]
        return PREFIX + "/".join(parts + ([str(self.petals)] if self.kind == "rose" else []))

    @property
    def file(self) -> str:
        """How its file is called."""
        return self.id.removeprefix(PREFIX).replace("/", "_") + ".csv"

    @property
    def title(self) -> str:
        """How lists name it."""
        return f"{self.kind.capitalize()}, {self.n:,} points, noise {self.noise:g}"

    @classmethod
    def from_id(cls, id: str) -> "Curve":
        """Read an id again.

        Raises
        ------
        ParameterError
            Where it is none.
        """
        try:
            kind, n, noise, seed, *petals = id.removeprefix(PREFIX).split("/")
            return cls(kind, int(n), float(noise), int(seed), *map(int, petals))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            shown = " ".join(id.split())[:80]
            raise ParameterError(
                f"'{shown}' names no curve; one is named like {cls().id}."
            ) from None

    def frame(self) -> pd.DataFrame:
        """Draw it: columns x, y and group, a row a point."""
        random = np.random.RandomState(self.seed)  # the generator of the published example
        place = 2.5 * np.pi * (1 + 2 * random.rand(self.n))
        points, group, word = self._line(place)
        points = points + self.noise * random.randn(2, self.n)
        return pd.DataFrame(
            {"x": points[0], "y": points[1], "group": [f"{word} {i + 1}" for i in group]}
        )

    def content(self) -> bytes:
        """Give the CSV file of `frame`, every digit of it."""
        return self.frame().to_csv(index=False, lineterminator="\n").encode()

    def _line(self, t: Floats) -> tuple[Floats, Integers, str]:
        """Give the points on the line, shape (2, n), the group of each and what groups are."""
        if self.kind == "spiral":
            turn = ((t - 2.5 * np.pi) / (2 * np.pi)).astype(np.int64)
            return np.array([t * np.cos(t), t * np.sin(t)]), turn, "turn"
        if self.kind == "rose":
            r = np.cos(self.petals * t)
            # A petal lies between two zeros of r; where r is negative, on the other side.
            petal = np.floor(self.petals * t / np.pi + 0.5).astype(np.int64)
            several = self.petals if self.petals % 2 else 2 * self.petals
            return np.array([r * np.cos(t), r * np.sin(t)]), petal % several, "petal"
        quick = (RING - WHEEL) / WHEEL
        line = np.array(
            [
                (RING - WHEEL) * np.cos(t) + ARM * np.cos(quick * t),
                (RING - WHEEL) * np.sin(t) - ARM * np.sin(quick * t),
            ]
        )
        loops = int(RING / WHEEL)
        return line, np.floor(t * loops / (2 * np.pi) + 0.5).astype(np.int64) % loops, "loop"
