"""Trail: where some points lay in a latent space on the way, so that it can be replayed."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clustering.dataset import Floats, Integers
from clustering.partition import Labels

__all__ = ["Singles", "Trail", "looks"]

Singles = NDArray[np.float32]

SHOWN = 2_000
"""Points that are followed, at most."""

KEPT = 24
"""Epochs that are kept, about; of more every second one is left out."""


@dataclass(frozen=True, eq=False, slots=True)
class Trail:
    """Where some points lay in the latent space at some epochs, for the replay.

    Attributes
    ----------
    epochs : tuple of m int
        After how many epochs; 0 is the space before the first.
    places : ndarray of shape (p,)
        Which of the points, by their place in the Dataset.
    codes : tuple of m ndarrays of shape (p, latent), float32
        Where they lay.
    labels : tuple of m ndarrays of shape (p,), int32
        Their clusters then; empty where nothing was clustered on the way.
    """

    epochs: tuple[int, ...]
    places: Integers
    codes: tuple[Singles, ...]
    labels: tuple[Labels, ...] = ()

    @classmethod
    def of(cls, n: int) -> "Trail":
        """Begin to follow some of `n` points, which are spread over all of them."""
        places = np.unique(np.linspace(0, n - 1, min(n, SHOWN)).astype(np.int64))
        return cls((), places, ())

    def longer(self, epoch: int, codes: Floats, labels: Labels | None = None) -> "Trail":
        """Add an epoch, and leave every second one out where there are many.

        Parameters
        ----------
        epoch : int
            After how many epochs, later than all before.
        codes : ndarray of shape (p, latent)
            Where the points are that are followed.
        labels : ndarray of shape (p,), optional
            Their clusters.

        Returns
        -------
        Trail
            The same one wherever a training was stopped and gone on with, as long as every
            epoch of `looks` was added.
        """
        step = _step(epoch)
        keep = [i for i, each in enumerate(self.epochs) if each % step == 0 and each < epoch]
        return Trail(
            (*(self.epochs[i] for i in keep), epoch),
            self.places,
            (*(self.codes[i] for i in keep), codes.astype(np.float32)),
            () if labels is None else (*(self.labels[i] for i in keep), labels),
        )

    def clustered(self, labels: Labels) -> "Trail":
        """Give every epoch the same clusters, of which `labels` (n,) are those of all points."""
        return replace(self, labels=(labels[self.places],) * len(self.epochs))

    def plane(self) -> tuple[Floats, ...]:
        """Look at all epochs from where the last one is widest: m arrays of shape (p, 2).

        Returns
        -------
        tuple of ndarray
            The two principal components of the last epoch, the same for all epochs, so that
            what moves on the picture has moved in the space; a latent space of one number has
            zeros for the second.
        """
        last = self.codes[-1].astype(np.float64)
        middle = last.mean(axis=0)
        _, _, directions = np.linalg.svd(last - middle, full_matrices=False)
        axes = directions[:2]
        # A singular vector has no sign of its own; its largest part is made positive.
        axes = axes * np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])[:, None]
        found = [(codes - middle) @ axes.T for codes in self.codes]
        return tuple(np.pad(each, ((0, 0), (0, 2 - each.shape[1]))) for each in found)


def looks(epoch: int) -> bool:
    """Say whether a trail keeps this epoch when it is the newest and more will come.

    Examples
    --------
    >>> [epoch for epoch in range(48, 56) if looks(epoch)]
    [48, 52]
    """
    return epoch % _step(epoch) == 0


def _step(epoch: int) -> int:
    """Give the distance of the epochs that are kept when so many are done.

    Examples
    --------
    >>> [_step(epoch) for epoch in (1, 24, 25, 49, 200)]
    [1, 1, 2, 4, 16]
    """
    step = 1
    while epoch > KEPT * step:
        step *= 2
    return step
