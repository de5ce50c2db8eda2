"""Pairs: a training part and a test part that lie as two files in the user's folder."""

from pathlib import Path

from clustering.data import samples
from clustering.data.sequences.kept import SequenceSet
from clustering.data.sequences.opening import ENDINGS, other_part, read, together
from clustering.errors import ClusterloomError

__all__ = ["beside", "whole"]


def beside(data: str) -> str:
    """Give the path of the other part of a file of the folder, where it lies beside it.

    Parameters
    ----------
    data : str
        Id of a file as `samples.shelf` has it: ``"file/timeseries/GunPoint_TRAIN.ts"``.

    Returns
    -------
    str
        Empty where the name speaks of no part, or the other one is not there.

    Examples
    --------
    >>> beside("file/trace.npz"), beside("sensor-events")
    ('', '')
    """
    folder, _, name = data.rpartition("/")
    other = other_part(name)
    path = samples.shelf(ENDINGS).get(f"{folder}/{other}") if other else None
    return "" if path is None else str(path)


def whole(content: SequenceSet, *, path: str) -> SequenceSet:
    """Read the other part, and put both together, the training part first.

    Parameters
    ----------
    content : SequenceSet
        The part that is open.
    path : str
        Where the other one lies.

    Returns
    -------
    SequenceSet
        With both parts; `content` alone where the other cannot be read or does not fit.
    """
    file = Path(path)
    try:
        other = read(file.read_bytes(), file.name)
        if not isinstance(other, SequenceSet):
            return content
        opened_first = "test" in file.name.lower()
        return together(*((content, other) if opened_first else (other, content)))
    except (ClusterloomError, OSError):
        return content
