"""Graphs of neighbours, along which clusters may merge, and where they leak.

* `connected` joins every point with its nearest ones, or with all within a radius;
  `crossing` tells which edges lead from one known group to another, and `whole` what is
  added where the graph falls into parts (`edges`); `reach` offers a radius (`near`).
* `over_neighbours` asks for every number of neighbours what the graph joins and what
  clusters come of it (`leaks`).
"""

from clustering.graph.edges import Graph, connected, crossing, whole
from clustering.graph.leaks import Neighbours, over_neighbours
from clustering.graph.near import reach

__all__ = ["Graph", "Neighbours", "connected", "crossing", "over_neighbours", "reach", "whole"]
