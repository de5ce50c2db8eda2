"""Sequences: many series of their own length, or one long stream, as a Dataset wants them.

`read` takes a file of any layout and gives a `SequenceSet` or a `Stream`; `windows` and
`events.cut` cut a stream into series; `split` keeps a test part back; `preparation` learns
from the training part what makes series points. `padding` lays series of unequal length out as
points, `warping` says how far they are apart.
"""

from clustering.data.sequences import events, preparation
from clustering.data.sequences.arrays import of_images
from clustering.data.sequences.kept import Layout, SequenceSet
from clustering.data.sequences.opening import ENDINGS, other_part, read, together
from clustering.data.sequences.pairs import beside, whole
from clustering.data.sequences.parting import split
from clustering.data.sequences.preparation import Choices, Preparation
from clustering.data.sequences.samples import SAMPLES, sample
from clustering.data.sequences.stream import Stream
from clustering.data.sequences.tidying import tidied
from clustering.data.sequences.windowing import windows

__all__ = [
    "ENDINGS",
    "SAMPLES",
    "Choices",
    "Layout",
    "Preparation",
    "SequenceSet",
    "Stream",
    "beside",
    "events",
    "of_images",
    "other_part",
    "preparation",
    "read",
    "sample",
    "split",
    "tidied",
    "together",
    "whole",
    "windows",
]
