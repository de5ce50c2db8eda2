"""Sentences of a lesson on merging: what is said of one merge, in the numbers of the data."""

from clustering.agglomerative import HeightAxis
from clustering.partition import Labels
from clustering.words import amount, apart, count

__all__ = ["Sentences"]


class Sentences:
    """What is said before one merge is made.

    Parameters
    ----------
    axis : HeightAxis
        The tree of which is told.
    labels : ndarray of shape (n,), int32
        Cluster of each point before the merge; clusters are called by these numbers, from 1,
        and single points by their names.
    """

    def __init__(self, axis: HeightAxis, labels: Labels) -> None:
        """Take the names from the data and the numbers from `labels`."""
        self.axis, self.labels = axis, labels
        self.allowed = "" if axis.graph is None else " that an edge joins"

    def name(self, node: int) -> str:
        """Give the name of a node."""
        members = self.axis.tree.members(node)
        if len(members) == 1:
            return self.axis.dataset.name_of(int(members[0]))
        return f"cluster {self.labels[members[0]] + 1}"

    def sized(self, node: int) -> str:
        """Give the name of a node, and its size where it holds several points."""
        size = len(self.axis.tree.members(node))
        return self.name(node) + (f" ({count(size, 'point')})" if size > 1 else "")

    def merge(
        self,
        left: int,
        right: int,
        height: float,
        decided: tuple[int, int] | None,
        squares: float,
    ) -> str:
        """Say who merges, at what height, and what decided it.

        Parameters
        ----------
        left, right : int
            The nodes that merge.
        height : float
            At which distance.
        decided : tuple of (int, int) or None
            The two points that decided it, where two did.
        squares : float
            The sum of squares before, for Ward's linkage.
        """
        first = self.sized(left)
        if first.startswith("cluster "):  # our own word; a name stays as the user has it
            first = first.capitalize()
        begin = f"{first} and {self.sized(right)} merge at {amount(height)}:"
        if self.axis.linkage == "ward":
            grown = height**2 / 2
            was, now = apart(squares, squares + grown)
            return (
                f"{begin} this adds {amount(grown)} to the sum of squares, least of all pairs"
                f"{self.allowed} (from {was} to {now}; the height is the root of twice that)."
            )
        if decided is None:
            if self.allowed:
                return f"{begin} that is their mean distance along the edges between them."
            return f"{begin} that is the mean distance between a point of one and one of the other."
        one, two = map(self.axis.dataset.name_of, decided)
        which = "nearest" if self.axis.linkage == "single" else "farthest"
        return f"{begin} their {which} points{self.allowed}, {one} and {two}, are that far apart."

    def left(self, k: int) -> str:
        """Say how many clusters are left."""
        return f"{count(k, 'cluster')} are left." if k > 1 else "All points are one cluster now."

    def runner_up(self, pair: tuple[int, int] | None, height: float, other: float) -> str:
        """Say who was next nearest, and how far apart; empty where nobody was."""
        if pair is None:
            return ""
        one, two = map(self.name, pair)
        chosen, next_one = apart(height, other)
        if chosen == next_one:
            return (
                "Next nearest were as near, and come later in the order of the points: "
                f"{one} and {two}."
            )
        return f"Next nearest were {one} and {two}, at {next_one}."

    def barred(self, pair: tuple[int, int] | None, pairs: int, height: float) -> str:
        """Say how many pairs are nearer without an edge, and which is the nearest."""
        if pair is None:
            return ""
        one, two = map(self.name, pair)
        return (
            f"{count(pairs, 'pair')} of clusters {'is' if pairs == 1 else 'are'} nearer but may "
            f"not merge, because no edge joins them: the nearest, {one} and {two}, at "
            f"{amount(height)}."
        )
