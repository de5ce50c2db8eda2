"""Axis: what a method says over the whole range of its one parameter.

Others fit one value and draw it. Here the axis is computed once, and moving along
it is instant. There are two sorts, and one protocol for both:

* A *structural* axis (epsilon, cut height, grey levels) holds one structure that
  answers every value; `values` are the places where the answer changes.
* A *fitted* axis (k, preference, bandwidth) holds one fit for each value that was
  computed; a slider snaps to `values`.

There is no base class: whatever has these attributes, can be pickled and answers
`at` is an Axis.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from clustering.dataset import Floats
from clustering.errors import ParameterError
from clustering.partition import Partition

__all__ = ["Axis", "FittedAxis"]


class Axis(Protocol):
    """What figures, controls and stability ask of an axis.

    Attributes
    ----------
    parameter : str
        Name of the parameter in the literature and in the method's signature.
    values : ndarray of shape (m,)
        Values in ascending order.
    curves : mapping of str to ndarray of shape (m,)
        What was measured at each value, NaN where undefined: ``clusters``,
        ``inertia``, ``silhouette`` ...
    """

    @property
    def parameter(self) -> str: ...  # noqa: D102
    @property
    def values(self) -> Floats: ...  # noqa: D102
    @property
    def curves(self) -> Mapping[str, Floats]: ...  # noqa: D102

    def at(self, value: float) -> Partition:
        """Give the answer for one value of the parameter, in milliseconds."""
        ...


@dataclass(frozen=True, eq=False, slots=True)
class FittedAxis:
    """An axis of separate fits: it answers the values that were computed.

    Attributes
    ----------
    parameter : str
        Name of the parameter.
    values : ndarray of shape (m,)
        The values that were fitted, ascending.
    partitions : tuple of m Partitions
        The fits.
    curves : mapping of str to ndarray of shape (m,)
        What was measured at each.
    notes : mapping of str to str
        What must be said beside a curve: that it is sampled, that it is
        undefined at some value and why.
    """

    parameter: str
    values: Floats
    partitions: tuple[Partition, ...]
    curves: Mapping[str, Floats]
    notes: Mapping[str, str]

    def at(self, value: float) -> Partition:
        """Give the fit for `value`.

        Raises
        ------
        ParameterError
            Where this value was not computed.
        """
        place = np.flatnonzero(np.isclose(self.values, value, rtol=1e-12, atol=0.0))
        if not len(place):
            raise ParameterError(
                f"{self.parameter} = {value:g} was not computed; "
                f"choose one of {self.values[0]:g} to {self.values[-1]:g}."
            )
        return self.partitions[int(place[0])]
