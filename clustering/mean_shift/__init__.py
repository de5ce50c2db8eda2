r"""Mean-shift: clusters are the hills of the data, and nobody says how many.

Each point looks at the points within a *bandwidth* h of it and goes to their mean, looks
again and goes on, until it stands still:

.. math:: m \leftarrow \frac{1}{|N_h(m)|} \sum_{x \in N_h(m)} x .

Every step leads towards where points are denser. Where it ends is a *mode*; modes within a
bandwidth of one another are one, the one with most points around it. Each point belongs to
the mode nearest to it. How many clusters there are follows from the bandwidth alone, and the
bandwidth is told as a *quantile*: the share of all points that are near, on average.

A far point has nobody within the bandwidth but itself, and stays a cluster of its own. With a
few giants among many small customers, nearly all are one cluster and every giant another.

References
----------
K. Fukunaga, L. D. Hostetler, The estimation of the gradient of a density function, with
applications in pattern recognition, IEEE Trans. Information Theory 21, 1975. D. Comaniciu,
P. Meer, Mean shift: a robust approach toward feature space analysis, IEEE TPAMI 24, 2002.
"""

from clustering.mean_shift.bandwidths import bandwidths
from clustering.mean_shift.fitting import MOST, NearestMode, fit
from clustering.mean_shift.in_python import in_python
from clustering.mean_shift.over_quantiles import QUANTILES, axis
from clustering.mean_shift.profiles import Profiles, in_units, profiles, widest
from clustering.mean_shift.trails import Trails, trails

__all__ = [
    "MOST",
    "QUANTILES",
    "NearestMode",
    "Profiles",
    "Trails",
    "axis",
    "bandwidths",
    "fit",
    "in_python",
    "in_units",
    "profiles",
    "trails",
    "widest",
]
