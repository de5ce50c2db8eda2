"""Sequences: many series of their own length, or one long stream, as a Dataset wants them.

`padding` lays series of unequal length out as points, `warping` says how far they are apart.
"""
