"""What a job is given, sent to its worker once.

A Dataset is the same for every method and every click; a million rows of it take a
moment to send. So what is large and cannot change stays with the worker that has it,
the least recently used going first, and the next job only names it.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from clustering.dataset import Dataset

if TYPE_CHECKING:
    from distributed import Future

__all__ = ["Parcels", "weight"]

SMALL = 2**16
"""Bytes up to which an argument travels with the order itself."""

MOST = 2**30
"""Bytes kept on each worker."""


def weight(value: Any) -> int:
    """Estimate the bytes of a value: its arrays, tables and texts.

    Examples
    --------
    >>> weight(np.zeros(1000)), weight(("ab", [np.zeros(2), 7]))
    (8000, 18)
    """
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if isinstance(value, str | bytes):
        return len(value)
    if is_dataclass(value) and not isinstance(value, type):
        return sum(weight(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, Mapping):
        return sum(map(weight, value.values()))
    if isinstance(value, tuple | list):
        return sum(map(weight, value))
    if hasattr(value, "memory_usage"):  # a table; its texts too, where they are Arrow's
        return int(np.sum(value.memory_usage()))
    return 0


def lasting(value: Any) -> bool:
    """Say whether a value cannot change while it is known by its place in memory."""
    if isinstance(value, np.ndarray):
        return not value.flags.writeable
    if isinstance(value, tuple):
        return all(map(lasting, value))
    frozen = getattr(type(value), "__dataclass_params__", None)
    return frozen is not None and bool(frozen.frozen)


def identity(value: Any) -> Hashable:
    """Give what tells lasting values apart while they are alive."""
    if isinstance(value, Dataset):  # the key leaves out what only describes the points
        return value.key, id(value.source), id(value.features), id(value.changes)
    return id(value)


@dataclass(frozen=True, eq=False, slots=True)
class Parcel:
    """What a worker holds; `value` lives as long, so that nothing takes its identity."""

    value: Any
    future: "Future[Any]"
    size: int


class Parcels:
    """What the workers of one scheduler hold for this process.

    Attributes
    ----------
    sent : int
        Values sent apart from their order so far.
    """

    def __init__(self, client: Any, most: int = MOST) -> None:
        self.client, self.most = client, most
        self.sent = 0
        self._held: dict[str, OrderedDict[Hashable, Parcel]] = {}
        self._lock = threading.Lock()

    def send(self, address: str, values: Sequence[Any]) -> list[Any]:
        """Give what stands for the values in an order to that worker, sending what it lacks."""
        return [self._stand_in(address, value) for value in values]

    def held(self, address: str, values: Sequence[Any]) -> int:
        """Count the bytes of these values that a worker has already."""
        with self._lock:
            held = self._held.get(address) or OrderedDict()
            found = [held[name].size for name in map(identity, values) if name in held]
        return sum(found)

    def forget(self, address: str) -> None:
        """Let go of all that a worker held, because it is gone."""
        with self._lock:
            self._held.pop(address, None)

    def _stand_in(self, address: str, value: Any) -> Any:
        name = identity(value)
        with self._lock:
            held = self._held.setdefault(address, OrderedDict())
            if name in held:
                held.move_to_end(name)
                return held[name].future
        size = weight(value)
        if size <= SMALL:
            return value
        # A list, because the client takes a dictionary apart.
        [future] = self.client.scatter([value], workers=[address], hash=False)
        self.sent += 1
        if lasting(value) and size <= self.most:
            with self._lock:
                held[name] = Parcel(value, future, size)
                while sum(parcel.size for parcel in held.values()) > self.most:
                    held.popitem(last=False)
        return future
