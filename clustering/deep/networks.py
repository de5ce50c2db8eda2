"""Networks that lead points into a latent space and back: which layers, and how many.

===============  ===================================================================
recipe           points - latent - points, one layer each way: the book's example
deep             points - 128 - 64 - latent and back
wide             points - 500 - 500 - 2000 - latent and back, as DEC, IDEC and N2D have it
convolutional    for images: 3 x 3 filters at half and at a quarter of the size
variational      points - 256 - 64 - a normal distribution in latent space, and back
lstm             for series: `recurrent` layers that read them step by step
===============  ===================================================================

Each is a Keras model named ``autoencoder`` of two nested ones, ``encoder`` and ``decoder``,
made of Keras' own layers alone, so that a file of it loads anywhere without any code.
Points go in and come out as flat rows; a convolutional network folds them itself.

References
----------
.. [1] J. Xie, R. Girshick, A. Farhadi, "Unsupervised deep embedding for clustering
       analysis", ICML 2016, https://arxiv.org/abs/1511.06335
.. [2] D. P. Kingma, M. Welling, "Auto-encoding variational Bayes", ICLR 2014,
       https://arxiv.org/abs/1312.6114
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from clustering.checks import is_whole, shown
from clustering.deep import recurrent
from clustering.deep.backend import keras, seeded
from clustering.deep.recurrent import LSTM, Cells
from clustering.errors import ParameterError, UnsupportedError

__all__ = ["AT_ONCE", "NETWORKS", "built", "checked", "drawn"]

NETWORKS = ("recipe", "deep", "wide", "convolutional", "variational", LSTM)
"""The kinds of networks."""

AT_ONCE = tuple(each for each in NETWORKS if each != LSTM)
"""Those that see a point as a whole."""

HIDDEN = {"recipe": (), "deep": (128, 64), "wide": (500, 500, 2000), "variational": (256, 64)}
"""Widths of the layers between the points and the latent space."""

WEIGHTS = {"kernel": "kernel", "recurrent_kernel": "recurrent", "_embeddings": "embeddings"}
"""Weights that are drawn, and what their initializers are called."""

FILTERS = (16, 32)
"""Of a convolutional network, at half and at a quarter of the size."""

SMALLEST = 4
"""Pixels that an image needs each way for a convolutional network."""


def checked(network: str, *, shape: tuple[int, ...], latent: int) -> None:
    """Refuse what no network can be built of.

    Parameters
    ----------
    network : str
        One of `NETWORKS`.
    shape : tuple of int
        (d,) of rows, (h, w) or (h, w, channels) of images.
    latent : int
        Numbers that a point becomes.

    Raises
    ------
    ParameterError
        Where there is no such network, or the latent space is not smaller than its input.
    UnsupportedError
        Where a convolutional network is asked for what is no image, or too small a one.
    """
    if network not in NETWORKS:
        raise ParameterError(f"No network {shown(network)}; choose one of {', '.join(NETWORKS)}.")
    d = math.prod(shape)
    if not is_whole(latent) or latent < 1:
        raise ParameterError(f"latent = {shown(latent)}; choose a whole number from 1.")
    if latent > d:
        raise ParameterError(
            f"A latent space of {latent:,} numbers is larger than the {d:,} that go in, so that "
            f"nothing would have to be learned; choose at most {d:,}."
        )
    if network == LSTM:
        recurrent.check_series(shape)
    if network == "convolutional" and (len(shape) < 2 or min(shape[:2]) < SMALLEST):
        raise UnsupportedError(
            f"A convolutional network needs images of at least {SMALLEST} x {SMALLEST} pixels; "
            "choose another network for these data."
        )


def built(
    network: str,
    *,
    shape: tuple[int, ...],
    latent: int,
    output: str,
    seed: int = 0,
    cells: Cells | None = None,
) -> Any:
    """Build a network with fresh weights.

    Parameters
    ----------
    network : str
        One of `NETWORKS`.
    shape : tuple of int
        (d,) of rows, (h, w) or (h, w, channels) of images, (T, D) of series.
    latent : int
        Numbers that a point becomes.
    output : str
        ``"sigmoid"`` for points from 0 to 1, ``"linear"`` for any.
    seed : int
        Fixes the weights.
    cells : Cells, optional
        Of an LSTM; as they are by themselves when left out.

    Returns
    -------
    keras.Model
        ``autoencoder``, with layers ``encoder`` and ``decoder``; a variational encoder gives
        means and logarithms of variances, and the decoder takes the means.

    Raises
    ------
    ParameterError, UnsupportedError
        As `checked` does.
    """
    checked(network, shape=shape, latent=latent)
    seeded(seed)
    k = keras()
    if network == "convolutional":
        encoder, decoder = _convolutional(shape, latent, output)
    elif network == LSTM:
        encoder, decoder = recurrent.halves(shape, latent, cells or Cells())
    else:
        encoder, decoder = _dense(network, math.prod(shape), latent, output)
    points = k.Input((math.prod(shape),), name="points")
    code = encoder(points)
    mean = code[0] if network == "variational" else code
    _draw(seed, encoder, decoder)
    return k.Model(points, decoder(mean), name="autoencoder")


def _draw(seed: int, *halves: Any) -> None:
    """Draw the weights of a fresh network from seeds of their own."""
    drawn(seed, [layer for half in halves for layer in half.layers])


def drawn(seed: int, layers: Sequence[Any]) -> None:
    """Draw the weights of fresh layers from seeds of their own.

    Keras takes the seeds from Python's random numbers, from which other threads of the
    process draw as well: so equal seeds gave other weights on a worker now and then.
    """
    k = keras()
    random = (k.initializers.GlorotUniform, k.initializers.RandomUniform, k.initializers.Orthogonal)
    found = [
        (getattr(owner, name), getattr(owner, f"{weights}_initializer"))
        for layer in layers
        for owner in _owners(layer)
        for name, weights in WEIGHTS.items()
        if hasattr(owner, name) and hasattr(owner, f"{weights}_initializer")
    ]
    own = np.random.SeedSequence(seed).generate_state(len(found)) // 2
    for number, (variable, start) in zip(own.tolist(), found, strict=True):
        if isinstance(start, random):
            again = type(start).from_config({**start.get_config(), "seed": number})
            variable.assign(again(variable.shape))


def _owners(layer: Any) -> list[Any]:
    """Give what holds the weights of a layer: itself, the cell of an LSTM, or two of these."""
    if hasattr(layer, "forward_layer"):
        return [layer.forward_layer.cell, layer.backward_layer.cell]
    if hasattr(layer, "cell"):
        return [layer.cell]
    inner = getattr(layer, "layer", None)
    return [layer if inner is None else inner]


def _dense(network: str, d: int, latent: int, output: str) -> tuple[Any, Any]:
    """Build both halves of full layers; the latent layer of the recipe alone is rectified."""
    k = keras()
    widths = HIDDEN[network]
    points = k.Input((d,), name="points")
    hidden = points
    for place, width in enumerate(widths, 1):
        hidden = k.layers.Dense(width, activation="relu", name=f"encode_{place}")(hidden)
    name, bend = "latent", "relu" if network == "recipe" else "linear"
    mean = k.layers.Dense(latent, activation=bend, name=name)(hidden)
    if network == "variational":
        spread = k.layers.Dense(latent, name="log_variance", kernel_initializer="zeros")(hidden)
        encoder = k.Model(points, [mean, spread], name="encoder")
    else:
        encoder = k.Model(points, mean, name="encoder")
    code = hidden = k.Input((latent,), name="code")
    for place, width in enumerate(reversed(widths), 1):
        hidden = k.layers.Dense(width, activation="relu", name=f"decode_{place}")(hidden)
    back = k.layers.Dense(d, activation=output, name="back")(hidden)
    return encoder, k.Model(code, back, name="decoder")


def _convolutional(shape: tuple[int, ...], latent: int, output: str) -> tuple[Any, Any]:
    """Build both halves of filters; the way back is cut to the size of the image."""
    k = keras()
    height, width = shape[:2]
    channels = shape[2] if len(shape) > 2 else 1
    points = k.Input((math.prod(shape),), name="points")
    hidden = k.layers.Reshape((height, width, channels), name="fold")(points)
    for place, filters in enumerate(FILTERS, 1):
        hidden = k.layers.Conv2D(
            filters, 3, strides=2, padding="same", activation="relu", name=f"encode_{place}"
        )(hidden)
    low, narrow = (math.ceil(size / 4) for size in (height, width))
    hidden = k.layers.Flatten(name="flat")(hidden)
    mean = k.layers.Dense(latent, name="latent")(hidden)
    code = k.Input((latent,), name="code")
    hidden = k.layers.Dense(low * narrow * FILTERS[1], activation="relu", name="decode_1")(code)
    hidden = k.layers.Reshape((low, narrow, FILTERS[1]), name="unfold")(hidden)
    hidden = k.layers.Conv2DTranspose(
        FILTERS[0], 3, strides=2, padding="same", activation="relu", name="decode_2"
    )(hidden)
    hidden = k.layers.Conv2DTranspose(
        channels, 3, strides=2, padding="same", activation=output, name="decode_3"
    )(hidden)
    over = ((0, 4 * low - height), (0, 4 * narrow - width))
    if over != ((0, 0), (0, 0)):
        hidden = k.layers.Cropping2D(over, name="cut")(hidden)
    back = k.layers.Reshape((math.prod(shape),), name="back")(hidden)
    return k.Model(points, mean, name="encoder"), k.Model(code, back, name="decoder")
