"""Over k: the ladder from 1 to 8 bits, and the fewest colours that are enough."""

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from clustering import scalar_quantization
from clustering.axis import FittedAxis
from clustering.checks import is_finite, shown
from clustering.dataset import Floats, frozen
from clustering.errors import ParameterError
from clustering.partition import Partition
from clustering.pictures.measuring import error, fidelity, size, unrounded
from clustering.pictures.methods import prepared, quantize
from clustering.pictures.quantized import Quantized, palette_of, quantized
from clustering.pictures.vectors import Vectors
from clustering.progress import Report, Step, silent
from clustering.validity.pictures import decibels
from clustering.words import count, plural

__all__ = ["Found", "fewest", "ladder"]

POWERS = tuple(2**bits for bits in range(1, 9))

TRIES = 17
"""Numbers that bisection tries at most: nine by doubling, eight between two of them."""


def ladder(
    vectors: Vectors,
    *,
    method: str = "k-means",
    seed: int = 0,
    also: Collection[int] = (),
    report: Report = silent,
) -> FittedAxis:
    """Quantize a picture with 1 to 8 bits, and measure each.

    Parameters
    ----------
    vectors : Vectors
        The picture, taken apart.
    method, seed
        As for `quantize`.
    also : collection of int
        Further numbers of entries that are wanted; those beyond ``vectors.most`` are left out.
    report : callable
        Told after each.

    Returns
    -------
    FittedAxis
        ``parameter`` is "levels" for grey pictures, otherwise "colours" (or "blocks"). Grey
        levels by k-means: every number from 2 on, with PSNR at each, SSIM and bytes at the powers
        of two and at `also`, NaN elsewhere. Otherwise 2, 4 ... 256 and `also`, everything at
        each. It ends at the distinct vectors of the picture, and ``notes`` say so. Curves:
        ``clusters``, ``mse``, ``psnr`` (infinite where nothing is lost), ``ssim``, ``bytes``, and
        ``psnr_unrounded`` as in `Measures`. A partition of it is drawn by `quantized`.

    Raises
    ------
    ParameterError, UnsupportedError
        As `quantize` does.
    """
    wanted = sorted({k for k in (*POWERS, *also) if 1 <= k <= vectors.most} | {vectors.most})
    whole = vectors.kind == "grey" and method == "k-means"
    answers: dict[int, Partition] = {}
    if whole:
        levels = scalar_quantization.axis(vectors.dataset, k_max=vectors.most)
        answers = {k: levels.at(k) for k in range(min(2, vectors.most), vectors.most + 1)}
    rows: dict[int, Floats] = {k: _cheap(vectors, answer) for k, answer in answers.items()}
    shared = prepared(vectors, method)
    for done, k in enumerate(wanted):
        report(Step(done, len(wanted), f"{k} of {wanted[-1]} {plural(vectors.noun)}"))
        if whole:
            drawn = quantized(vectors, levels.at(k), method=method)
        else:
            drawn = quantize(vectors, k=k, method=method, seed=seed, shared=shared)
        answers[k] = drawn.partition
        rows[k] = _row(drawn)
    report(Step(len(wanted), len(wanted), "measured"))
    values = np.array(sorted(answers), dtype=np.float64)
    table = np.stack([rows[int(k)] for k in values])
    return FittedAxis(
        parameter={"grey level": "levels", "block": "blocks"}.get(vectors.noun, "colours"),
        values=frozen(values),
        partitions=tuple(answers[int(k)] for k in values),
        curves={
            name: frozen(column)
            for name, column in zip(
                ("clusters", "mse", "psnr", "ssim", "bytes", "psnr_unrounded"), table.T, strict=True
            )
        },
        notes=_notes(vectors),
    )


def _notes(vectors: Vectors) -> dict[str, str]:
    """Say why the ladder ends before 256."""
    if vectors.most == vectors.n and vectors.n < POWERS[-1]:
        most = count(vectors.n, f"different {vectors.noun}")
        return {
            "clusters": f"The picture has no more than {most}, "
            "so that the ladder ends there, with nothing lost."
        }
    if vectors.most < POWERS[-1]:
        return {
            "clusters": "One of the 256 entries is kept for what is transparent, so that the "
            f"ladder ends at {vectors.most} {plural(vectors.noun)}."
        }
    return {}


def _row(drawn: Quantized) -> Floats:
    """Measure everything of a picture, for the curves."""
    mse, ssim = fidelity(drawn)
    bytes_, _ = size(drawn)
    return np.array([drawn.k, mse, decibels(mse), ssim, bytes_, unrounded(drawn)])


def _cheap(vectors: Vectors, answer: Partition) -> Floats:
    """Measure what follows from the histogram alone."""
    assert answer.centers is not None
    rounded = palette_of(vectors, answer.centers)[:, :1].astype(np.float64)
    mass = float(vectors.dataset.mass.sum())
    apart = (vectors.dataset.points - rounded[answer.labels])[:, 0]
    mse = float(vectors.dataset.mass @ apart**2) / mass
    exact = decibels(answer.facts["inertia"] / mass)
    return np.array([answer.k, mse, decibels(mse), math.nan, math.nan, exact])


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """The fewest entries that are enough, or the most that fit.

    Attributes
    ----------
    k : int
        How many.
    psnr : float
        What they reach, in dB.
    bytes : int
        What they take.
    tried : tuple of (int, float)
        Every number that was tried, with what was asked about: PSNR, or bytes.
    """

    k: int
    psnr: float
    bytes: int
    tried: tuple[tuple[int, float], ...]


def fewest(
    vectors: Vectors,
    *,
    psnr: float | None = None,
    most_bytes: int | None = None,
    method: str = "k-means",
    seed: int = 0,
    report: Report = silent,
) -> Found:
    """Find the fewest colours that reach a PSNR, or the most that stay within some bytes.

    Parameters
    ----------
    vectors : Vectors
        The picture, taken apart.
    psnr : float, optional
        What must be reached, in dB.
    most_bytes : int, optional
        What the encoded picture may take; one of the two is given.
    method, seed
        As for `quantize`.
    report : callable
        Told after each number that was tried.

    Returns
    -------
    Found
        By doubling until it is enough, then between the two numbers where a line between them
        says it is, by halves where that does not help. Grey levels by k-means are the fewest for
        certain, since more levels are never worse before rounding; other methods may by luck
        reach it with one less somewhere.

    Raises
    ------
    ParameterError, UnsupportedError
        As `quantize` does; and where not even all entries reach the PSNR, or not even one fits
        into the bytes.
    """
    if (psnr is None) == (most_bytes is None):
        raise ParameterError("Give the PSNR that must be reached, or the bytes that are allowed.")
    aim = float(psnr if psnr is not None else most_bytes or 0)
    if not is_finite(aim) or aim <= 0:
        raise ParameterError(f"{shown(aim)} is no aim; choose a number above 0.")
    shared = prepared(vectors, method)
    drawn: dict[int, Quantized] = {}
    seen: dict[int, float] = {}

    def enough(k: int) -> bool:
        """Draw with `k` entries; say whether that reaches the PSNR, or is beyond the bytes."""
        if k not in seen:
            report(Step(min(len(seen), TRIES - 1), TRIES, f"{k} {plural(vectors.noun)}"))
            drawn[k] = quantize(vectors, k=k, method=method, seed=seed, shared=shared)
            cost = float(size(drawn[k])[0]) if psnr is None else decibels(error(drawn[k]))
            seen[k] = cost
        return seen[k] > aim if psnr is None else seen[k] >= aim

    most = vectors.most
    low, high = 0, next((k for k in _doubling(most) if enough(k)), most + 1)
    low = max((k for k in seen if k < high), default=0)
    if psnr is not None and high > most:
        raise ParameterError(
            f"{psnr:g} dB are out of reach: even {count(most, vectors.noun)} give "
            f"{seen[most]:.1f} dB; ask for less."
        )
    if psnr is None and high == 1:
        raise ParameterError(
            f"One {vectors.noun} alone takes {count(int(seen[1]), 'byte')}, more than {aim:,.0f}; "
            "allow more, or scale the picture down."
        )
    while high - low > 1:
        middle = _between(low, high, seen, aim) if len(seen) % 3 else (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    k = high if psnr is not None else low
    report(Step(TRIES, TRIES, f"{count(k, vectors.noun)}"))
    reached = seen[k] if psnr is not None else decibels(error(drawn[k]))
    taken = int(seen[k]) if psnr is None else size(drawn[k])[0]
    return Found(k, reached, taken, tuple(sorted(seen.items())))


def _between(low: int, high: int, seen: dict[int, float], aim: float) -> int:
    """Give the number between two at which a line over their logarithms reaches the aim."""
    if not (low and high in seen and math.isfinite(seen[high]) and seen[high] > seen[low]):
        return (low + high) // 2
    share = (aim - seen[low]) / (seen[high] - seen[low])
    guess: int = math.ceil(low * (high / low) ** share)
    return min(max(guess, low + 1), high - 1)


def _doubling(most: int) -> list[int]:
    """Give 1, 2, 4 ... and `most`."""
    return [*(2**bits for bits in range(9) if 2**bits < most), most]
