"""What a worker keeps: what cannot change, the least recently used going first."""

from typing import Any

import numpy as np

from clustering.dataset import frozen
from clustering.engine.parcels import Parcels

SIZE = 100_000


class Client:
    """Stands for a scheduler's client; what it scatters goes nowhere."""

    def scatter(self, values: list[Any], **_: Any) -> list[object]:
        return [object() for _ in values]


def values(many: int) -> list[Any]:
    return [frozen(np.zeros(SIZE // 8) + i) for i in range(many)]


def test_the_least_recently_used_goes_first():
    parcels, (one, two, three) = Parcels(Client(), most=5 * SIZE // 2), values(3)
    first, second = parcels.send("here", [one, two])
    assert parcels.send("here", [one]) == [first] != [second]
    parcels.send("here", [three])
    assert [parcels.held("here", [each]) for each in (one, two, three)] == [SIZE, 0, SIZE]
    assert parcels.held("there", [one]) == 0 and parcels.sent == 3
    parcels.forget("here")
    assert parcels.held("here", [one, three]) == 0


def test_what_may_change_or_is_small_is_sent_each_time():
    parcels, loose, small = Parcels(Client()), np.zeros(SIZE // 8), frozen([1.0, 2.0])
    again = [parcels.send("here", [loose, small]) for _ in range(2)]
    assert parcels.sent == 2 and parcels.held("here", [loose, small]) == 0
    assert again[0][0] is not again[1][0] and again[0][1] is again[1][1] is small
