"""Geometry: how far points are apart, who is near, and how points are seen on a flat picture.

`metrics` names the distances and `neighbourhood` finds the nearest points; `nearest` and
`voronoi` say to which of a few centers a place belongs; `projection` and `embedding` give a
view of two columns, and `selection` the points that lie in a part of it.
"""
