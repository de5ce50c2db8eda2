"""How long work tells how far it is, and how it is stopped.

A function that may take longer than a second has a keyword ``report`` and calls
it after each unit of work. Whatever ``report`` raises passes through: that is
how stopping works, and no function of the library catches it.

>>> def work(report: Report = silent) -> int:
...     for done in range(3):
...         report(Step(done + 1, 3, "counting"))
...     return 3
>>> work(lambda step: print(f"{step.share:.0%} {step.message}"))
33% counting
67% counting
100% counting
3
"""

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Report", "Step", "part", "silent"]


@dataclass(frozen=True, slots=True)
class Step:
    """One unit of work is done.

    Attributes
    ----------
    done : int
        Units finished, from 0 to `total`.
    total : int
        Units in all.
    message : str
        What is being done, as a short phrase for the user.
    """

    done: int
    total: int
    message: str

    @property
    def share(self) -> float:
        """Finished part of the work, from 0 to 1."""
        return self.done / self.total if self.total else 1.0


Report = Callable[[Step], None]
"""Anything that takes a Step; what it raises ends the work."""


def silent(step: Step) -> None:
    """Report nothing."""


def part(report: Report, begin: float, end: float) -> Report:
    """Give work that is one part of something longer a report of its own.

    Parameters
    ----------
    report : callable
        Told how far the whole is, in thousandths.
    begin, end : float
        Where the part begins and ends, in per cent of the whole.

    Returns
    -------
    callable
        Takes the steps of the part.

    Examples
    --------
    >>> second = part(lambda step: print(step.share, step.message), 50, 90)
    >>> second(Step(1, 2, "scores"))
    0.7 scores
    """
    return lambda step: report(
        Step(round(10 * (begin + (end - begin) * step.share)), 1000, step.message)
    )
