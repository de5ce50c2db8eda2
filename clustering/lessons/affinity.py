"""The messages of affinity propagation told in sentences, with the numbers of a few companies.

A round has two halves. In the first every point i tells every candidate k its *responsibility*
r(i, k): how much better k would stand for it than the next best. In the second every candidate
answers with its *availability* a(i, k): how much support it has from others. Where the two that
a point sends to itself add up to more than zero, it is an exemplar.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clustering.affinity import Messages
from clustering.affinity.passing import QUIET
from clustering.dataset import Floats, Integers
from clustering.words import amount, count

__all__ = ["SEEING", "Moment", "chosen", "told"]

SEEING = """
**What to see.** At first nearly every company is somebody's favourite. A candidate that is
chosen by others becomes more available to all, and whoever has a better candidate at hand
withdraws its own candidature: the evidence falls below zero for most and stays above it for a
few. Nobody has said how many. The *preference*, what each company thinks of itself before the
first message, decides that: raise it and more of them stay.

**Why damping.** Two companies that would stand for each other equally well may give way to one
another in turn, for ever. Damping keeps a share of the message from the round before, so that
such swings die away. Where they do not, the answer that is returned looks like any other;
therefore this page says for every preference whether the messages settled.

**What was wrong in the recipe.** It estimates covariances by the graphical lasso and takes them
as similarities: companies with a common driver look alike although no direct tie joins them.
The lines on the map are partial correlations, what is left when all other companies are known,
so that they say what the clusters do not. It prints clusters in the order of their exemplars,
whose numbers flip on a change in the fourteenth digit; here the first member counts. And it
does not look whether the messages settled.

**What affinity propagation cannot do.** It needs all pairs, so that its price grows with the
square of the companies. It likes groups around one member; a long chain of neighbours is cut.
And near the ends of the preference axis a tiny change may move several groups at once.
"""
"""What a lesson on affinity propagation leaves behind, as Markdown."""

HALVES = 3
"""Rounds that are told in two halves; later ones as a whole."""


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """One step of the lesson.

    Attributes
    ----------
    kind : {"similarity", "responsibility", "availability", "end"}
        What `values` are.
    round : int
        From 1; 0 before the first message.
    values : ndarray of shape (n, n)
        Row i, column k: what passes between i and its candidate k.
    evidence : ndarray of shape (n,)
        r(k, k) + a(k, k).
    favourite : ndarray of shape (n,), int64
        The candidate that each point would choose now.
    words : str
        What happens, in sentences with numbers.
    """

    kind: str
    round: int
    values: Floats
    evidence: Floats
    favourite: Integers
    words: str


def chosen(matrix: Floats, labels: Integers, cluster: int, *, most: int = 7) -> Integers:
    """Choose a few points to tell of: a cluster, and the one that is most like it.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
        Similarities.
    labels : ndarray of shape (n,), int
        Clusters.
    cluster : int
        Which one to tell of.
    most : int
        How many points.

    Returns
    -------
    ndarray of shape (m,), int64
        Ascending; from each of the two clusters those most like their own, about half each.

    Examples
    --------
    >>> alike = np.array([[9, 8, 1, 2.0], [8, 9, 1, 1], [1, 1, 9, 8], [2, 1, 8, 9]])
    >>> chosen(alike, np.array([0, 0, 1, 2]), 0).tolist()
    [0, 1, 3]
    """
    own = np.flatnonzero(labels == cluster)
    groups = [own]
    others = [each for each in np.unique(labels) if each not in (cluster, -1)]
    if others:
        near = [matrix[np.ix_(own, np.flatnonzero(labels == each))].mean() for each in others]
        groups.append(np.flatnonzero(labels == others[int(np.argmax(near))]))
    half = most - most // 2
    room = [min(len(group), half) for group in groups]
    if len(groups) == 2:
        room[0] = min(len(groups[0]), most - room[1])
        room[1] = min(len(groups[1]), most - room[0])
    else:
        room[0] = min(len(own), most)
    found = []
    for group, many in zip(groups, room, strict=True):
        central = matrix[np.ix_(group, group)].sum(axis=1)
        found.append(group[np.argsort(-central, kind="stable")[:many]])
    return np.sort(np.concatenate(found)).astype(np.int64)


def told(messages: Messages, *, names: Sequence[str]) -> tuple[Moment, ...]:
    """Tell the messages round by round.

    Parameters
    ----------
    messages : Messages
        All rounds, as `clustering.affinity.messages` records them.
    names : sequence of n str
        How the points are called.

    Returns
    -------
    tuple of Moment
        The start, both halves of the first rounds, later rounds as a whole, and the end. Rounds
        at the end in which nothing more happens are told in one.

    Examples
    --------
    >>> from clustering.affinity import messages
    >>> far = -np.array([[0.0, 1, 81], [1, 0, 64], [81, 64, 0]])
    >>> moments = told(messages(far, preference=-10.0), names=["A", "B", "C"])
    >>> print(moments[0].words.split(". ")[-1])
    The most alike are A and B: -1.
    """
    s, rounds, damping = messages.similarity, messages.rounds, messages.damping
    last = max((t for t, each in enumerate(rounds) if each.changed), default=0)
    moments = [_start(s, names, messages.preference)]
    before_r, before_a = np.zeros_like(s), np.zeros_like(s)
    was = np.zeros(len(s), dtype=bool)
    for t, each in enumerate(rounds[: max(last + 1, HALVES)]):
        r, a = each.responsibility, each.availability
        now = np.isin(np.arange(len(s)), each.exemplars)
        if t < HALVES:
            moments.append(_responsible(s, r, before_r, before_a, names, t + 1, damping))
        moments.append(_available(r, a, before_a, names, t + 1, damping, was, now))
        before_r, before_a, was = r, a, now
    moments.append(_end(messages, names))
    return tuple(moments)


def _start(s: Floats, names: Sequence[str], preference: float) -> Moment:
    """Tell what is known before the first message."""
    n = len(s)
    words = (
        f"No message has been sent. The preference is {amount(preference)}: that is what each of "
        f"the {n:,} thinks of itself, on the diagonal."
    )
    if n > 1:
        off = np.where(np.eye(n, dtype=bool), -np.inf, s)
        i, k = divmod(int(off.argmax()), n)
        words += f" The most alike are {names[i]} and {names[k]}: {amount(s[i, k])}."
    return Moment("similarity", 0, s, np.diag(s), s.argmax(axis=1), words)


def _responsible(
    s: Floats, r: Floats, before: Floats, a: Floats, names: Sequence[str], turn: int,
    damping: float,
) -> Moment:  # fmt: skip
    """Tell the first half of a round by the message that says most."""
    n = len(s)
    off = np.where(np.eye(n, dtype=bool), -np.inf, r)
    i, k = divmod(int(off.argmax()), n)
    value = a + s
    others = np.where(np.arange(n) == k, -np.inf, value[i])
    rival = int(others.argmax())
    itself = "itself" if rival == i else names[rival]
    worth = "similarity" if not a.any() else "similarity and availability"
    new = value[i, k] - others[rival]
    words = (
        f"Round {turn}, responsibilities: everyone tells every candidate how much better it is "
        f"than the next best. {names[i]} for {names[k]}: {worth} {amount(value[i, k])} less "
        f"{amount(others[rival])} for {itself} makes {amount(new)}; "
        f"{_damped(before[i, k], new, damping)} {amount(r[i, k])}."
    )
    return Moment("responsibility", turn, r, np.diag(r + a), (r + a).argmax(axis=1), words)


def _available(
    r: Floats, a: Floats, before: Floats, names: Sequence[str], turn: int, damping: float,
    was: "np.ndarray", now: "np.ndarray",
) -> Moment:  # fmt: skip
    """Tell the second half of a round, and who became an exemplar or ceased to be one."""
    n = len(a)
    evidence = np.diag(r + a)
    heard = np.maximum(np.where(np.eye(n, dtype=bool), 0.0, r), 0.0)
    k = int(heard.sum(axis=0).argmax())
    supporters = np.flatnonzero(heard[:, k] > 0)
    support = float(heard[:, k].sum())
    words = (
        f"Round {turn}, availabilities: every candidate answers with the support it has. "
        f"{names[k]} is backed by {len(supporters)} of {n - 1} others with {amount(support)}: "
        f"{_damped(before[k, k], support, damping)} {amount(a[k, k])} for itself. With its own "
        f"responsibility {amount(r[k, k])} its evidence is {amount(evidence[k])}."
    )
    fresh, gone = np.flatnonzero(now & ~was), np.flatnonzero(was & ~now)
    if len(fresh):
        words += f" Above zero now: {_all(fresh, names)}."
    if len(gone):
        words += f" No longer: {_all(gone, names)}."
    if not now.any():
        words += " Nobody is above zero yet."
    return Moment("availability", turn, a, evidence, (r + a).argmax(axis=1), words)


def _end(messages: Messages, names: Sequence[str]) -> Moment:
    """Tell who stands for whom."""
    last, rounds = messages.rounds[-1], len(messages.rounds)
    both = last.responsibility + last.availability
    favourite, stand = last.choices, last.exemplars
    if not len(stand):
        words = f"After {count(rounds, 'round')} nobody's evidence is above zero: no exemplar."
        return Moment("end", rounds, both, np.diag(both), favourite, words)
    who = _all(stand, names)
    if messages.converged:
        words = (
            f"For {QUIET} rounds the exemplars have been the same, so that it ends after "
            f"{count(rounds, 'round')}: {who}."
        )
    else:
        words = (
            f"After {count(rounds, 'round')} the exemplars still change: it did not converge, and "
            f"{who} may not be the last word."
        )
    nearest = stand[messages.similarity[:, stand].argmax(axis=1)]
    for each in stand.tolist():
        members = [names[i] for i in np.flatnonzero(nearest == each).tolist() if i not in stand]
        verb = "is" if len(members) == 1 else "are"
        words += (
            f" {', '.join(members)} {verb} with {names[each]}."
            if members
            else f" {names[each]} stands for itself alone."
        )
    return Moment("end", rounds, both, np.diag(both), favourite, words)


def _damped(before: float, new: float, damping: float) -> str:
    """Say what damping makes of a new message."""
    if damping == 0.0:
        return "which is"
    return (
        f"with {amount(damping)} of the {amount(before)} before and {amount(1 - damping)} of this,"
    )


def _all(who: Integers, names: Sequence[str]) -> str:
    return ", ".join(names[i] for i in who.tolist())
