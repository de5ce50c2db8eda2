r"""k-means: where one group ends and the next begins.

k-means wants k centers such that the points are near them, and says with one
number how near they are, the *inertia*

.. math:: \sum_i w_i \lVert x_i - c_{l_i} \rVert^2 ,

where :math:`l_i` is the nearest center of point i. The border between two clusters
is then where two centers are equally near: a straight line, halfway. All borders
together are the Voronoi diagram of the centers (`clustering.geometry.voronoi`), and every
cluster is convex. That is its strength, since a new point needs nothing but k
distances, and its weakness: it cuts rings and moons, and it thinks that groups are
round and of like width, whether they are or not.

Inertia falls with every further center and reaches 0 when each point has its own,
so that it cannot choose k by itself. The curve bends where further centers stop
finding groups and start to cut them; the silhouette, which compares the own cluster
with the next one, has its peak there.

====================  ===========================================================
`fit`                 one answer for one k: scikit-learn's
`axis`                every k from 1, with inertia and silhouette
`steps`               one run as half steps, for a lesson
`lottery`             many starts, good and bad ones
`certainty`           share of the starts in which a point keeps its cluster
`margins`             how near to a border each point lies, and to whose
`start_of`            where a fit started
`thinned`             fewer points, where many runs of all would take too long
====================  ===========================================================
"""

from clustering.kmeans.borders import Margins, margins
from clustering.kmeans.checks import Init
from clustering.kmeans.fitting import fit
from clustering.kmeans.half_steps import Moment, Steps, steps
from clustering.kmeans.in_python import in_python
from clustering.kmeans.over_k import axis
from clustering.kmeans.restarts import Lottery, certainty, lottery
from clustering.kmeans.starts import start_of
from clustering.kmeans.thinning import thinned

__all__ = [
    "Init",
    "Lottery",
    "Margins",
    "Moment",
    "Steps",
    "axis",
    "certainty",
    "fit",
    "in_python",
    "lottery",
    "margins",
    "start_of",
    "steps",
    "thinned",
]
