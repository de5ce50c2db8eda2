r"""Separation: an autoencoder that is paid for laying its clusters apart.

The loss of the way back is joined by a reward for clusters that lie far apart *for how wide they
are*. For two clusters with means :math:`\mu_a, \mu_b` and mean squared distances
:math:`s_a^2, s_b^2` of their points to them,

.. math:: R_{ab} = \frac{\lVert \mu_a - \mu_b \rVert^2}
                        {\lVert \mu_a - \mu_b \rVert^2 + s_a^2 + s_b^2} \in [0, 1) , \qquad
          L = \text{reconstruction} + \lambda \, (1 - \bar R) ,

with the mean :math:`\bar R` over all pairs. The reward is bounded and has no unit: making all
codes ten times larger gains nothing, and pairs that are apart already gain little, so that what
is paid for is the pair that overlaps. Lambda = 0 is the autoencoder, trained longer.

The penalty as it is found in public code adds :math:`\lambda \sum |W (\mu_1 - \mu_2)|` to the
loss: minimising that pulls the clusters together, and a negative lambda has no lower bound, so
that the loss runs away. What was meant is this.

Which cluster a point is in is found by k-means before each epoch, from the centers of the epoch
before, and stays for the epoch.
"""

from clustering.deep.separation.fitting import fit, refine
from clustering.deep.separation.lambdas import LAMBDAS, axis
from clustering.deep.separation.rewarding import reward

__all__ = ["LAMBDAS", "axis", "fit", "refine", "reward"]
