"""How good is an answer? Every index of quality, defined once.

The same number on every page and in every export comes from here, with what must be
said beside it (`Score`): the noise policy, whether it is exact or sampled and how
sure, and why it is undefined where it is. Undefined is never 0 and never an error.

From the inside, by distances or coordinates
    `silhouettes` (many labelings in one pass), `silhouette`, `calinski_harabasz`,
    `davies_bouldin`, `bic`, `dbcv`. `neighbours` are the two distances behind the silhouette
    of a few points.
Against another labeling
    `adjusted_rand`, `adjusted_mutual_information`, `normalized_mutual_information`,
    `matched_accuracy`, and `against` for what a reader is told of these; `match` finds
    the naming.
Over an axis
    `peak`.

Everything is imported from this package; its modules are ``groups`` (labels under a
noise policy), ``meet`` and ``distances`` (the one pass), ``sampling`` (its sample and
band), ``coefficient`` (the silhouette), ``neighbours``, ``spread``, ``bic``,
``density``, ``agreement`` and ``curves``.
"""

from clustering.validity.agreement import (
    Agreement,
    adjusted_mutual_information,
    adjusted_rand,
    against,
    match,
    matched_accuracy,
    normalized_mutual_information,
)
from clustering.validity.bic import bic
from clustering.validity.coefficient import silhouette, silhouettes
from clustering.validity.curves import Peak, peak
from clustering.validity.density import dbcv
from clustering.validity.groups import Noise, Score
from clustering.validity.neighbours import Neighbours, neighbours
from clustering.validity.spread import calinski_harabasz, davies_bouldin

__all__ = [
    "Agreement",
    "Neighbours",
    "Noise",
    "Peak",
    "Score",
    "adjusted_mutual_information",
    "adjusted_rand",
    "against",
    "bic",
    "calinski_harabasz",
    "davies_bouldin",
    "dbcv",
    "match",
    "matched_accuracy",
    "neighbours",
    "normalized_mutual_information",
    "peak",
    "silhouette",
    "silhouettes",
]
