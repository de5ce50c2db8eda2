"""All methods on one picture, at one number of colours: what each gives, and how long it took."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from PIL import Image

from clustering.data.pictures import Bytes
from clustering.dataset import frozen
from clustering.errors import ClusterloomError
from clustering.pictures.measuring import Measures, measured
from clustering.pictures.methods import methods_for, quantize
from clustering.pictures.quantized import Quantized
from clustering.pictures.vectors import Vectors
from clustering.progress import Report, Step, silent

__all__ = ["Compared", "compared", "judged"]

SIDE = 480
"""Pixels of the longer side of the small pictures."""


@dataclass(frozen=True, eq=False, slots=True)
class Compared:
    """What one method gives.

    Attributes
    ----------
    method : str
        Its name.
    k : int
        Entries of its palette, which may be fewer than were asked for; 0 where it failed.
    measures : Measures or None
        PSNR, SSIM and bytes.
    seconds : float
        From the vectors to the picture, on the machine and beside the work of the moment.
    small : ndarray of shape (h, w, 3), uint8, or None
        The picture, averaged to at most 480 pixels.
    failed : str
        Why there is nothing, in a sentence.
    """

    method: str
    k: int
    measures: Measures | None
    seconds: float
    small: Bytes | None
    failed: str = ""


def compared(
    vectors: Vectors, *, k: int, seed: int = 0, report: Report = silent
) -> tuple[Compared, ...]:
    """Quantize a picture with every method that works on its kind of vectors.

    Parameters
    ----------
    vectors : Vectors
        The picture, taken apart.
    k : int
        Entries of the palette.
    seed : int
        Of those methods that draw.
    report : callable
        Told before each method.

    Returns
    -------
    tuple of Compared
        In the order of `methods_for`.
    """
    methods = methods_for(vectors.kind)
    found = []
    for place, method in enumerate(methods):
        report(Step(place, len(methods), method))
        began = perf_counter()
        try:
            answer = quantize(vectors, k=k, method=method, seed=seed)
        except ClusterloomError as error:
            found.append(Compared(method, 0, None, perf_counter() - began, None, str(error)))
            continue
        seconds = perf_counter() - began
        image = Image.fromarray(answer.image)
        factor = -(-max(image.size) // SIDE)
        small = np.asarray(image.reduce(factor) if factor > 1 else image)
        found.append(Compared(method, answer.k, measured(answer), seconds, frozen(small, np.uint8)))
    report(Step(len(methods), len(methods), "done"))
    return tuple(found)


def judged(quantized: Quantized, *, report: Report = silent) -> Measures:
    """Measure a large picture where there is something to wait for; else as `measured`.

    Parameters
    ----------
    quantized : Quantized
        The picture.
    report : callable
        Told at the beginning and at the end.
    """
    report(Step(0, 1, f"measuring {quantized.n:,} pixels"))
    found = measured(quantized)
    report(Step(1, 1, "measured"))
    return found
