"""Targets: what can be learned to tell apart, and the sentences for what cannot."""

from collections.abc import Sequence

from clustering.checks import is_finite, shown
from clustering.errors import DataError, ParameterError

__all__ = ["MOST_CLASSES", "called", "check_classes", "check_share"]

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
