"""Methods: who chooses the palette, side by side.

For grey levels "k-means" is the best answer there is (`clustering.scalar_quantization`); for
everything else it is k-means on the distinct vectors (`clustering.pictures.colours`). LBG is the
vector quantizer's own way (`clustering.lbg`). Median cut and octree are Pillow's, libimagequant
the one behind pngquant; these know colours alone. The last is offered where the package
imagequant is installed, whose licence is the GPL 3.
"""

from importlib.util import find_spec

import numpy as np
from PIL import Image

from clustering import lbg, scalar_quantization
from clustering.checks import is_whole, shown
from clustering.data.pictures import Bytes
from clustering.dataset import Dataset, Floats, Integers, frozen
from clustering.errors import ParameterError, UnsupportedError
from clustering.geometry.nearest import NearestCenter
from clustering.partition import Partition
from clustering.pictures.colours import colours, grids
from clustering.pictures.quantized import Quantized, quantized
from clustering.pictures.vectors import Vectors
from clustering.progress import Report, silent
from clustering.words import plural

__all__ = ["METHODS", "methods_for", "prepared", "quantize"]

Shared = list[tuple[Floats, Floats]] | None

PILLOW = {"median cut": Image.Quantize.MEDIANCUT, "octree": Image.Quantize.FASTOCTREE}
FOREIGN = "libimagequant"

METHODS = (
    "k-means",
    "LBG",
    *PILLOW,
    *([FOREIGN] if find_spec("imagequant") is not None else []),
)
"""Who chooses the palette."""


def methods_for(kind: str) -> tuple[str, ...]:
    """Give the methods that work on a kind of vectors.

    Examples
    --------
    >>> methods_for("Lab")
    ('k-means', 'LBG')
    """
    return METHODS if kind == "RGB" else METHODS[:2]


def prepared(vectors: Vectors, method: str) -> Shared:
    """Make once what k-means needs for every number of colours; None for other methods."""
    if method != "k-means" or vectors.kind == "grey":
        return None
    return grids(vectors.dataset.points, vectors.dataset.mass)


def quantize(
    vectors: Vectors,
    *,
    k: int,
    method: str = "k-means",
    seed: int = 0,
    shared: Shared = None,
    report: Report = silent,
) -> Quantized:
    """Draw a picture with `k` colours, grey levels or blocks.

    Parameters
    ----------
    vectors : Vectors
        The picture, taken apart.
    k : int
        Entries of the palette, from 1 to ``vectors.most``.
    method : str
        One of `METHODS`.
    seed : int
        Fixes the starts of k-means.
    shared : optional
        What `prepared` gives for these vectors and this method, where several numbers of entries
        are wanted; the answer is the same.
    report : callable
        Told while k-means or LBG is at work.

    Returns
    -------
    Quantized
        Median cut, octree and libimagequant may find fewer than `k` colours enough.

    Raises
    ------
    ParameterError
        Where `k` is no number of entries for this picture, or there is no such method.
    UnsupportedError
        Where the method works on colours in RGB alone.

    Examples
    --------
    >>> from clustering.data.pictures import sample
    >>> from clustering.pictures.vectors import vectors
    >>> result = quantize(vectors(sample("flat_colours"), kind="grey"), k=2)
    >>> result.k, round(float(result.shares.sum()), 6)
    (2, 1.0)
    """
    if method not in METHODS:
        raise ParameterError(f"'{method}' is no method here; choose one of {METHODS}.")
    if method not in methods_for(vectors.kind):
        raise UnsupportedError(
            f"{method[0].upper()}{method[1:]} works on colours in RGB, not on "
            f"{'grey levels' if vectors.kind == 'grey' else vectors.kind}; choose k-means or LBG."
        )
    if not is_whole(k) or not 1 <= k <= vectors.most:
        raise ParameterError(
            f"k = {shown(k)}; choose a whole number from 1 to {vectors.most}{_why(vectors)}."
        )
    if method in PILLOW or method == FOREIGN:
        return quantized(vectors, _by_others(vectors, int(k), method), method=method)
    if method == "LBG":
        answer = lbg.fit(vectors.dataset, k=int(k), report=report)
    elif vectors.kind == "grey":
        answer = scalar_quantization.fit(vectors.dataset, k=int(k))
    else:
        answer = colours(vectors.dataset, k=int(k), seed=seed, shared=shared, report=report)
    return quantized(vectors, answer, method=method)


def _why(vectors: Vectors) -> str:
    """Say why the palette ends where it does."""
    if vectors.most == vectors.n:
        return f", for the picture has no more {plural(vectors.noun)}"
    return ", for transparency takes one of 256 entries" if vectors.most < 256 else ""


def _by_others(vectors: Vectors, k: int, method: str) -> Partition:
    """Let Pillow or libimagequant choose the palette and give every colour its entry."""
    seen = vectors.where >= 0
    line = vectors.picture.pixels[seen]
    if method in PILLOW:
        done = Image.fromarray(np.ascontiguousarray(line[None])).quantize(k, PILLOW[method])
        palette, entries = np.array(done.getpalette("RGB")).reshape(-1, 3), np.asarray(done)[0]
    else:
        palette, entries = _by_libimagequant(line, k)
    labels = np.empty(vectors.n, dtype=np.int64)
    labels[vectors.where[seen]] = entries
    used, labels = np.unique(labels, return_inverse=True)
    return _partition(vectors.dataset, palette[used].astype(np.float64), labels, k, method)


def _by_libimagequant(line: Bytes, k: int) -> tuple[Integers, Integers]:
    """Give the palette (m, 3) of colours (n, 3), and the entry of each (n,)."""
    from imagequant import quantize_raw_rgba_bytes

    opaque = np.insert(line, 3, 255, axis=1).tobytes()
    entries, palette = quantize_raw_rgba_bytes(
        opaque, len(line), 1, dithering_level=0.0, max_colors=max(k, 2)
    )
    return (
        np.array(palette, dtype=np.int64).reshape(-1, 4)[:, :3],
        np.frombuffer(entries, dtype=np.uint8).astype(np.int64),
    )


def _partition(
    dataset: Dataset, centers: Floats, labels: np.ndarray, k: int, method: str
) -> Partition:
    """Put what others chose into an answer."""
    error = dataset.mass @ ((dataset.points - centers[labels]) ** 2).sum(axis=1)
    return Partition(
        labels=labels,
        rows=dataset.rows,
        method=method,
        parameters={"k": k},
        facts={"inertia": float(error)},
        centers=centers,
        assigner=NearestCenter(frozen(centers), frozen(dataset.points.mean(axis=0))),
    )
