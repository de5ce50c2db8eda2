r"""Affinity propagation: points send messages until some of them stand for the others.

Two messages go between every pair, with the similarity :math:`s(i, k)` of the two. Point i tells
k how well k would stand for it, compared with all others (*responsibility*), and k tells i how
much support it has for standing for points at all (*availability*):

.. math::
    r(i, k) = s(i, k) - \max_{k' \ne k} \bigl(a(i, k') + s(i, k')\bigr), \qquad
    a(i, k) = \min\Bigl(0,\; r(k, k) + \sum_{i' \ne i, k} \max(0, r(i', k))\Bigr),

and :math:`a(k, k) = \sum_{i' \ne k} \max(0, r(i', k))`. Both are damped, because undamped they may
swing for ever. A point with :math:`r(k, k) + a(k, k) > 0` is an *exemplar*. Nobody says how many
there are: the *preference* :math:`s(k, k)` does, from one cluster for all where it is low to every
point its own where it is high. The messages may not settle; what is then returned looks like any
answer, so every result says whether they did.

References
----------
B. J. Frey, D. Dueck, Clustering by passing messages between data points, Science 315, 2007.
"""

from clustering.affinity.again import LOOSE, again
from clustering.affinity.dampings import dampings
from clustering.affinity.drift import Drift, Window, drift
from clustering.affinity.fitting import DAMPINGS, fit, said
from clustering.affinity.in_python import in_python
from clustering.affinity.messages import Messages, Round, messages
from clustering.affinity.over_preferences import axis
from clustering.affinity.similarity import SIMILARITIES, Relations, Similarity, relations
from clustering.affinity.splits import Change, Splits, Turn, changed, splits

__all__ = [
    "DAMPINGS",
    "LOOSE",
    "SIMILARITIES",
    "Change",
    "Drift",
    "Messages",
    "Relations",
    "Round",
    "Similarity",
    "Splits",
    "Turn",
    "Window",
    "again",
    "axis",
    "changed",
    "dampings",
    "drift",
    "fit",
    "in_python",
    "messages",
    "relations",
    "said",
    "splits",
]
