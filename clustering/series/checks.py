"""What must hold of series, and the sentences for what does not."""

from clustering.checks import is_whole, shown
from clustering.dataset import Dataset
from clustering.errors import ParameterError, UnsupportedError
from clustering.words import count

__all__ = ["check_band", "check_shape", "check_unweighted"]


def check_shape(dataset: Dataset, shape: tuple[int, ...]) -> None:
    """Raise UnsupportedError where the points are no series of (T, D)."""
    if len(shape) != 2 or min(shape) < 1:
        raise ParameterError(f"A shape of series is their steps and values, not {shape!r}.")
    if dataset.d != shape[0] * shape[1]:
        raise UnsupportedError(
            f"Series of {count(shape[0], 'step')} of {count(shape[1], 'value')} are points of "
            f"{count(shape[0] * shape[1], 'number')}; these have {dataset.d:,}."
        )


def check_unweighted(dataset: Dataset, method: str) -> None:
    """Raise UnsupportedError where points stand for several equal ones."""
    if dataset.weights is not None:
        raise UnsupportedError(f"{method} takes every series once and knows no weights.")


def check_band(band: int | None) -> None:
    """Raise ParameterError where `band` is no number of steps."""
    if band is not None and (not is_whole(band) or band < 0):
        raise ParameterError(f"band = {shown(band)}; choose a whole number from 0, or none.")
