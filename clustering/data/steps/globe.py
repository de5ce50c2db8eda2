"""Globe: latitude and longitude as what they are, places on a sphere.

Degrees are no distances: a degree of longitude shrinks towards the poles, and the date
line cuts neighbours apart. On the sphere, in three coordinates, means and straight
lines make sense again, for k-means too. Along the surface, distances are what a map
says, for methods that take any distances.
"""

from dataclasses import dataclass, replace

import numpy as np

from clustering.data.choices import Places
from clustering.data.steps.categories import inserted
from clustering.data.steps.distances import GREAT_CIRCLE, on_globe
from clustering.data.steps.stages import Stage, Work, shown

__all__ = ["Globe"]

TITLE = "Places"


@dataclass(frozen=True, slots=True)
class Globe:
    """How places become coordinates.

    Attributes
    ----------
    choice : {"columns", "sphere", "great-circle"}
        As in `Choices`.
    place : (str, str) or None
        The columns of latitude and longitude.
    """

    choice: Places
    place: tuple[str, str] | None = None

    def __call__(self, work: Work) -> tuple[Work, Stage]:
        """Put places on the globe."""
        if self.place is None:
            return work, Stage("places", TITLE)
        degrees = work.frame[list(self.place)]
        latitude, longitude = (degrees[name].to_numpy() for name in self.place)
        named = f"{shown(self.place[0])} and {shown(self.place[1])}"
        said = []
        beyond = int((np.abs(latitude) > 90.0).sum())
        if beyond:
            said.append(
                f"{beyond:,} of {len(latitude):,} latitudes lie beyond 90 degrees, where there is "
                "no place; mend the file or choose places as columns."
            )
        if self.choice == "sphere":
            xyz = on_globe(longitude, latitude)
            work = inserted(work, [xyz], ["x (km)", "y (km)", "z (km)"])
            said.append(
                f"Columns {named} turned into three coordinates on the globe, in kilometres; "
                "choose places as columns to undo this."
            )
            after = work.seen(slice(-3, None))
        else:
            points = np.asfortranarray(np.column_stack([longitude, latitude]))
            columns = (self.place[1], self.place[0])
            work = replace(work, points=points, columns=columns, metric=GREAT_CIRCLE)
            said.append(
                f"Distances between {named} are measured along the globe, in kilometres; choose "
                "places as columns to undo this."
            )
            after = work.seen()
        before = degrees if work.watched else work.seen()
        return work, Stage("places", TITLE, tuple(said), before=before, after=after)
