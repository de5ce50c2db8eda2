"""Script, pictures: the way from a file to the picture of few colours, without this library.

The functions that did the work stand alone, on plain arrays, and the script carries along those
that it needs: what is read in it is what was run.
"""

from clustering import lbg, scalar_quantization
from clustering.data import decoding
from clustering.pictures import Quantized, colours, dithering, encoding, lab, turns
from clustering.pictures.vectors import cut
from clustering.script.program import assembled
from clustering.snippets import block, call, carried

__all__ = ["picture_script"]

OPENING = """A picture of few colours, made again with public packages alone.

    python this_script.py [PICTURE [PNG [NUMBERS]]]

reads PICTURE and writes PNG (quantized.png where it is not said), {what}.
NUMBERS, where it is said, is a file of numpy (.npy) with the entry of every {noun}.
The same picture is sure with the versions that gave it:
{{versions}}."""

PILLOW = {"median cut": "MEDIANCUT", "octree": "FASTOCTREE"}


def picture_script(quantized: Quantized) -> str:
    """Write a Python program that gives the same PNG without this library.

    Parameters
    ----------
    quantized : Quantized
        The picture, dithered or not.

    Returns
    -------
    str
        A program of public packages. Its first argument is the picture (the name it had where
        it is left out), its second the PNG to write: the same palette in the same order, the same
        entry at every pixel.

    Examples
    --------
    >>> from clustering.data.pictures import sample
    >>> from clustering.pictures import quantize, vectors
    >>> text = picture_script(quantize(vectors(sample("flower"), kind="grey"), k=4))
    >>> compile(text, "script.py", "exec") is not None
    True
    """
    blocks = _side_of(quantized)
    what = "a PNG of 24 bits" if blocks > 1 else "an indexed PNG with exactly its palette"
    said = OPENING.format(what=what, noun="block" if blocks > 1 else "pixel")
    parts = [
        *_reading(quantized),
        *_points(quantized),
        *_labels(quantized),
        *_palette(quantized),
        *_dithering(quantized),
        *_writing(quantized),
    ]
    return assembled(said, parts, packages=["pillow"])


def _side_of(quantized: Quantized) -> int:
    return quantized.vectors.side


def _reading(quantized: Quantized) -> list[str]:
    """Read the file to colours and transparency."""
    return [
        *carried(decoding.scaled, decoding.decoded),
        block(
            "The first frame of the picture, upright, in eight bits a channel.",
            "from PIL import Image",
            "from PIL import ImageOps",
            f"path = sys.argv[1] if len(sys.argv) > 1 else {quantized.vectors.picture.name!r}",
            "png_path = sys.argv[2] if len(sys.argv) > 2 else 'quantized.png'",
            "image = Image.open(path)",
            "image.load()",
            "pixels, alpha, _ = decoded(image)",
            "seen = np.ones(pixels.shape[:2], dtype=bool) if alpha is None else alpha > 0",
        ),
    ]


def _points(quantized: Quantized) -> list[str]:
    """Set `points`, their `weights`, and `where` they are, -1 for what is not seen."""
    kind = quantized.vectors.kind
    if kind == "grey":
        return [
            block(
                "Grey levels, the fraction cut off, each distinct one with its count.",
                "grey = np.asarray(Image.fromarray(pixels).convert('F')).astype(np.uint8)",
                "pixels = np.repeat(grey[..., None], 3, axis=2)",
                "distinct, inverse, counts = np.unique(",
                "    grey[seen], return_inverse=True, return_counts=True",
                ")",
                "points, weights = distinct[:, None].astype(float), counts.astype(float)",
                *PLACES,
            )
        ]
    if kind in ("RGB", "Lab"):
        lines = [
            "red, green, blue = pixels[seen].astype(np.int64).T",
            "codes = red << 16 | green << 8 | blue",
            "distinct, inverse, counts = np.unique(",
            "    codes, return_inverse=True, return_counts=True",
            ")",
            "points = np.stack([distinct >> 16, distinct >> 8 & 255, distinct & 255], axis=1)",
            "points, weights = points.astype(float), counts.astype(float)",
            *PLACES,
        ]
        if kind == "RGB":
            return [block("Distinct colours, each with its count.", *lines)]
        constants = ("TO_XYZ", "WHITE")
        return [
            "\n".join(f"{name} = np.array({getattr(lab, name).tolist()!r})" for name in constants)
            + f"\nDARK, SLOPE, SHIFT = {lab.DARK!r}, {lab.SLOPE!r}, {lab.SHIFT!r}",
            *carried(lab.from_rgb, lab.to_rgb),
            block("Distinct colours in Lab.", *lines, "points = from_rgb(points)"),
        ]
    return [
        *carried(cut),
        block(
            "Distinct blocks of pixels, each with its count.",
            f"side = {quantized.vectors.side}",
            "cells = cut(pixels, side)",
            "rows, columns = cells.shape[:2]",
            "flat = cells.reshape(rows * columns, -1)",
            "seen = cut(seen[..., None], side).reshape(len(flat), -1).any(axis=1)",
            "distinct, inverse, counts = np.unique(",
            "    flat[seen], axis=0, return_inverse=True, return_counts=True",
            ")",
            "points, weights = distinct.astype(float), counts.astype(float)",
            "seen = seen.reshape(rows, columns)",
            *PLACES,
        ),
    ]


PLACES = ("where = np.full(seen.shape, -1)", "where[seen] = inverse.ravel()")


def _labels(quantized: Quantized) -> list[str]:
    """Set `labels`, the entry of each point, and `centers`."""
    partition, method = quantized.partition, quantized.method
    parameters = partition.parameters
    k = repr(parameters["k"])
    if partition.method == "scalar_quantization":
        means = block("Each level is the mean of its pixels.", *MEANS)
        return [
            scalar_quantization.in_python(parameters, weights="weights", distances=""),
            means,
        ]
    if partition.method == "lbg":
        lines = lbg.in_python(parameters, weights="weights", distances="")
        return [lines, "centers = last[1]"]
    if partition.method == "kmeans":
        return _kmeans(quantized)
    if method in PILLOW:
        chosen = [
            "line = Image.fromarray(np.ascontiguousarray(pixels[seen][None]))",
            f"chosen = line.quantize({k}, method=Image.Quantize.{PILLOW[method]})",
            "centers = np.array(chosen.getpalette('RGB'), dtype=float).reshape(-1, 3)",
            "entries = np.asarray(chosen)[0]",
        ]
    else:
        told = call(
            "imagequant.quantize_raw_rgba_bytes",
            "line.tobytes()",
            "len(line)",
            "1",
            dithering_level="0.0",
            max_colors=f"max({k}, 2)",
        )
        chosen = [
            "import imagequant",
            "line = np.insert(pixels[seen], 3, 255, axis=1)",
            f"entries, palette = {told}",
            "centers = np.array(palette, dtype=float).reshape(-1, 4)[:, :3]",
            "entries = np.frombuffer(entries, dtype=np.uint8)",
        ]
    return [
        block(
            f"{method[0].upper()}{method[1:]} chooses the colours; those that no pixel has are "
            "left out.",
            *chosen,
            "labels = np.empty(len(points), dtype=int)",
            "labels[where[seen]] = entries",
            "used, labels = np.unique(labels, return_inverse=True)",
            "centers = centers[used]",
        )
    ]


MEANS = (
    "mass = np.bincount(labels, weights)",
    "centers = (np.bincount(labels, weights * points[:, 0]) / mass)[:, None]",
)


def _kmeans(quantized: Quantized) -> list[str]:
    """Write k-means from its starts on a coarse grid to the turns over all points."""
    parameters = quantized.partition.parameters
    model = call(
        "KMeans",
        repr(parameters["k"]),
        init="start",
        n_init="1",
        max_iter=repr(parameters["max_iter"]),
        tol=repr(parameters["tol"]),
        random_state=repr(parameters["seed"]),
    )
    return [
        "from numba import njit",
        *carried(turns.drawn.py_func, turns.spread, turns.lloyd.py_func, turns.turned),
        *carried(colours.started, colours.gathered, colours.grids, colours.settled),
        block(
            "k-means: starts on a coarse grid of weighted means, turns over finer ones, and at "
            "last over all distinct points.",
            "from sklearn.cluster import KMeans",
            f"start = settled(grids(points, weights), {parameters['k']!r}, {parameters['seed']!r})",
            f"model = {model}.fit(points, sample_weight=weights)",
            "labels, centers = model.labels_, model.cluster_centers_",
        ),
    ]


def _palette(quantized: Quantized) -> list[str]:
    """Round the centers to a palette, and give every pixel its entry."""
    colour = "to_rgb(centers)" if quantized.vectors.kind == "Lab" else "centers"
    lines = [f"palette = np.rint({colour}).clip(0, 255).astype(np.uint8)"]
    if quantized.vectors.kind == "grey":
        lines.append("palette = np.repeat(palette, 3, axis=1)")
    return [
        block(
            "A palette of whole numbers; what is not seen gets the first entry.",
            *lines,
            "indices = np.append(labels.astype(np.uint8), np.uint8(0))[where]",
        )
    ]


def _dithering(quantized: Quantized) -> list[str]:
    """Hand errors on to the neighbours."""
    if not quantized.dither:
        return []
    return [
        "from numba import njit",
        *carried(dithering.diffused.py_func),
        block(
            "Each pixel hands on what it is off to those not yet visited.",
            f"indices = diffused(pixels, palette, seen, {quantized.dither!r})",
        ),
    ]


def _writing(quantized: Quantized) -> list[str]:
    """Write the PNG."""
    save = block(
        "Numbers of the entries, from 0, for whoever wants them.",
        "if len(sys.argv) > 3:",
        "    np.save(sys.argv[3], indices)",
    )
    if quantized.vectors.side > 1:
        return [
            save,
            block(
                "Every block becomes the pixels of its entry.",
                "drawn = palette.reshape(-1, side, side, 3)[indices].swapaxes(1, 2)",
                "drawn = drawn.reshape(rows * side, columns * side, 3)",
                "drawn = drawn[: pixels.shape[0], : pixels.shape[1]]",
                "if alpha is not None:",
                "    drawn = np.concatenate([drawn, alpha[..., None]], axis=2)",
                "Image.fromarray(drawn).save(png_path, 'PNG', optimize=True)",
            ),
        ]
    lines = [
        "result = Image.fromarray(indices, 'P')",
        "result.putpalette(palette.tobytes())",
        "result.save(png_path, 'PNG', optimize=True)",
    ]
    if quantized.vectors.picture.alpha is None:
        return [save, block("An indexed PNG with this palette in this order.", *lines)]
    return [
        save,
        *carried(encoding.seen_through),
        block(
            "An indexed PNG; a colour with several transparencies has an entry for each, behind "
            "the palette.",
            "palette, clear, indices, *_ = seen_through(palette, indices, alpha)",
            *lines[:2],
            "result.save(png_path, 'PNG', optimize=True, transparency=clear.tobytes())",
        ),
    ]
