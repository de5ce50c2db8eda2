"""The arithmetic of k-Shape: series of one spread, distances over all shifts, and best shapes."""

from dataclasses import dataclass

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft
from scipy.linalg import eigh

from clustering.data.sequences.padding import series_of
from clustering.dataset import Floats, Integers
from clustering.partition import Labels
from clustering.series.resampled import stretched

__all__ = ["NearestShape", "distances", "extracted", "shifted", "standardised"]


@dataclass(frozen=True, eq=False, slots=True)
class NearestShape:
    """The rule that new series follow.

    Attributes
    ----------
    shapes : ndarray of shape (k, T, D)
        Of mean 0 and spread 1.
    """

    shapes: Floats

    def __call__(self, points: Floats) -> Labels:
        """Give the nearest shape of series (m, T * D), brought to one length and spread."""
        series = standardised(points, self.shapes.shape[1:])
        labels: Labels = distances(series, self.shapes).argmin(axis=1).astype(np.int32)
        return labels


def standardised(points: Floats, shape: tuple[int, ...]) -> Floats:
    """Bring series to T steps, mean 0 and spread 1 in each channel, shape (n, T, D).

    A channel that does not move becomes 0.

    Examples
    --------
    >>> standardised(np.array([[1.0, 3.0], [5.0, 5.0]]), (2, 1)).ravel().tolist()
    [-1.0, 1.0, 0.0, 0.0]
    """
    return scaled(np.stack([stretched(each, shape[0]) for each in series_of(points, shape)]))


def scaled(series: Floats) -> Floats:
    """Bring series (n, T, D) to mean 0 and spread 1 in each channel."""
    centred = series - series.mean(axis=1, keepdims=True)
    spread = centred.std(axis=1, keepdims=True)
    flat = spread <= 1e-12 * np.abs(series).max(axis=1, keepdims=True)
    found: Floats = np.where(flat, 0.0, centred / np.where(flat, 1.0, spread))
    return found


def distances(series: Floats, shapes: Floats) -> Floats:
    """Give one less the largest normalised cross-correlation, shape (n, k).

    Parameters
    ----------
    series : ndarray of shape (n, T, D)
        Of mean 0.
    shapes : ndarray of shape (k, T, D)
        Of mean 0.

    Returns
    -------
    ndarray of shape (n, k)
        From 0 to 2; 1 from a series that does not move.

    Notes
    -----
    O((n + k + n k) D T log T). Equal to tslearn's ``1 - cdist_normalized_cc``.

    Examples
    --------
    >>> peak = np.array([[[-1.0], [3.0], [-1.0], [-1.0]]])
    >>> distances(peak, peak).round(12).tolist(), distances(peak, -peak).round(2).tolist()
    ([[0.0]], [[0.58]])
    """
    found = np.empty((len(series), len(shapes)))
    norms = np.linalg.norm(series, axis=(1, 2))
    spectra = _spectra(series)
    for place, each in enumerate(shapes):
        scale = norms * np.linalg.norm(each)
        largest = _correlations(spectra, each).max(axis=1)
        found[:, place] = 1.0 - np.where(scale > 1e-9, largest / np.maximum(scale, 1e-9), 0.0)
    return np.maximum(found, 0.0)


def shifted(series: Floats, shape: Floats) -> Floats:
    """Shift each series (n, T, D) to where it lies best on `shape` (T, D), zeros moving in.

    Examples
    --------
    >>> peaks = np.array([[0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]])[:, :, None]
    >>> shifted(peaks, peaks[0])[1].ravel().tolist()
    [0.0, 1.0, 0.0, 0.0]
    """
    steps = series.shape[1]
    by: Integers = _correlations(_spectra(series), shape).argmax(axis=1) + 1 - steps
    place = np.arange(steps)[None, :] - by[:, None]
    inside = (place >= 0) & (place < steps)
    moved = np.take_along_axis(series, np.clip(place, 0, steps - 1)[:, :, None], axis=1)
    found: Floats = np.where(inside[:, :, None], moved, 0.0)
    return found


def extracted(series: Floats, shape: Floats) -> Floats:
    """Give the shape that correlates best with series shifted onto `shape`, shape (T, D).

    Parameters
    ----------
    series : ndarray of shape (n, T, D)
        The members of a cluster.
    shape : ndarray of shape (T, D)
        The shape that it had.

    Returns
    -------
    ndarray of shape (T, D)
        Of mean 0 and spread 1 in each channel.

    Notes
    -----
    The first eigenvector of the (T, T) products is found among the (n, n) ones where these are
    fewer. As it has no sign, the sign that is nearer to the series is taken.
    """
    moved = shifted(series, shape)
    moved_centred = moved - moved.mean(axis=1, keepdims=True)
    found = np.empty(shape.shape)
    for channel in range(shape.shape[1]):
        rows, centred = moved[:, :, channel], moved_centred[:, :, channel]
        vector = _first(centred)
        plus = np.linalg.norm(rows - vector, axis=1).sum()
        minus = np.linalg.norm(rows + vector, axis=1).sum()
        found[:, channel] = -vector if minus < plus else vector
    best: Floats = scaled(found[None])[0]
    return best


def _first(rows: Floats) -> Floats:
    """Give the first right singular vector of rows (n, T), shape (T,)."""
    n, steps = rows.shape
    small = rows @ rows.T if n < steps else rows.T @ rows
    last = len(small) - 1
    vector: Floats = eigh(small, subset_by_index=[last, last])[1][:, 0]
    if n < steps:
        vector = rows.T @ vector
        vector = vector / max(float(np.linalg.norm(vector)), 1e-300)
    return vector


def _spectra(series: Floats) -> Floats:
    """Transform series (n, T, D), room left for every shift."""
    found: Floats = rfft(series, next_fast_len(2 * series.shape[1] - 1, real=True), axis=1)
    return found


def _correlations(spectra: Floats, shape: Floats) -> Floats:
    """Correlate a shape with series at every shift, from -(T - 1) to T - 1."""
    steps = len(shape)
    size = next_fast_len(2 * steps - 1, real=True)
    product = (np.conj(spectra) * rfft(shape, size, axis=0)[None]).sum(axis=2)
    found = irfft(product, size, axis=1)
    return np.concatenate([found[:, size - steps + 1 :], found[:, :steps]], axis=1)
