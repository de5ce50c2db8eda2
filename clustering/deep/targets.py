"""Targets: what can be learned to tell apart, and the sentences for what cannot."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from clustering.checks import is_finite, shown
from clustering.dataset import Integers
from clustering.errors import DataError, ParameterError

__all__ = ["MOST_CLASSES", "called", "check_classes", "check_share", "coded", "spelled"]

MOST_CLASSES = 50


def check_classes(target: str, classes: Sequence[str]) -> None:
    """Raise DataError where a target cannot be learned."""
    name = target[:80]
    if not classes:
        raise DataError(f"Column '{name}' is empty; choose another target.")
    if len(classes) == 1:
        raise DataError(
            f"Column '{name}' has a single class, '{classes[0][:80]}', so there is nothing to tell "
            "apart; choose another target."
        )
    if len(classes) > MOST_CLASSES:
        raise DataError(
            f"Column '{name}' has {len(classes):,} different values, which are no classes; choose "
            f"a target with at most {MOST_CLASSES}."
        )


def check_share(share: float) -> None:
    """Raise ParameterError where there would be no two parts."""
    if not is_finite(share) or not 0.1 <= share <= 0.95:
        raise ParameterError(
            f"share = {shown(share)}; choose a share of the training part from 0.1 to 0.95."
        )


def called(cell: object) -> str | None:
    """Name a class; 1.0 is called 1."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    return text or None


def coded(names: pd.Series) -> tuple[Integers, tuple[str, ...]]:
    """Give a column of classes as codes: numbers by their size, names by the alphabet.

    Parameters
    ----------
    names : Series of n str
        What `called` gave; None where there is no class.

    Returns
    -------
    codes : ndarray of shape (n,), int64
        -1 where there is no class.
    classes : tuple of str
        What the codes are called.

    Examples
    --------
    >>> coded(pd.Series(["10", "9", None, "10"]))
    (array([ 1,  0, -1,  1]), ('9', '10'))
    """
    codes, classes = pd.factorize(names, sort=True)
    sizes = pd.to_numeric(pd.Series(classes, dtype=object), errors="coerce").to_numpy(np.float64)
    if len(classes) and np.isfinite(sizes).all():
        order = np.argsort(sizes, kind="stable")
        places = np.argsort(order, kind="stable")
        codes, classes = np.where(codes < 0, -1, places[codes]), classes[order]
    return codes.astype(np.int64), tuple(map(str, classes))


def spelled(classes: Sequence[str]) -> tuple[str, ...]:
    """Say which classes may be one that is written in two ways.

    Examples
    --------
    >>> spelled(("Good", "bad", "good"))
    ("'Good' and 'good' differ in capitals or spaces alone, and are taken for two classes.",)
    """
    alike: dict[str, list[str]] = {}
    for each in classes:
        alike.setdefault(" ".join(each.casefold().split()), []).append(f"'{each[:40]}'")
    return tuple(
        f"{', '.join(found[:-1])} and {found[-1]} differ in capitals or spaces alone, and are "
        f"taken for {len(found) if len(found) > 2 else 'two'} classes."
        for found in alike.values()
        if len(found) > 1
    )
