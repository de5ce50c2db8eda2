"""The answer of methods that leave the network as it is, and cluster its space once."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from clustering.dataset import Dataset, Floats, digest, frozen
from clustering.deep.beginning import started
from clustering.deep.clustered import Clustered
from clustering.deep.model import Model
from clustering.deep.trail import Trail
from clustering.partition import Labels, Partition

__all__ = ["settled"]


def settled(
    dataset: Dataset,
    model: Model,
    *,
    method: str,
    codes: Floats,
    space: str,
    labels: Labels,
    before: Labels,
    head: tuple[Any, ...],
    membership: Floats,
    centers: Floats,
    rule: Callable[[Floats], Labels],
    facts: Mapping[str, float],
    converged: bool | None,
    settings: Mapping[str, object],
    began: float,
) -> Clustered:
    """Put an answer of one epoch together; its parameters give it again from the data alone."""
    parameters = {**started(model), **settings}
    trail = Trail.of(dataset.n)
    return Clustered(
        model=model,
        partition=Partition(
            labels=labels,
            rows=dataset.rows,
            method=method,
            parameters=parameters,
            facts=facts,
            centers=centers,
            membership=membership,
            converged=converged,
            assigner=rule,
        ),
        codes=frozen(codes, np.float32),
        space=space,
        before=before,
        head=tuple(frozen(each) for each in head),
        state=(),
        epochs=1,
        history={},
        trail=trail.longer(1, codes[trail.places], labels[trail.places]),
        key=digest(dataset.key, model.key, method, repr(parameters)),
        device=model.device,
        seconds=time.monotonic() - began,
        settings=parameters,
    )
