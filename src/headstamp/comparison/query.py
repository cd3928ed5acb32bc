"""A query: everything that is computed once about a scan before it is compared with many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.compare import compare_query
from headstamp.comparison.descriptors import QueryDescriptors
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.registration import QueryPoses, screen
from headstamp.comparison.result import Comparison
from headstamp.surfaces.prepared import Level, PreparedScan


@dataclass(frozen=True, eq=False)
class Query:
    """A prepared scan and its turned images.

    Parameters
    ----------
    scan : PreparedScan
    poses : QueryPoses
    """

    scan: PreparedScan
    poses: QueryPoses

    @classmethod
    def of(
        cls,
        scan: PreparedScan,
        parameters: ComparisonParameters | None = None,
        backend: str = "numpy",
    ) -> Query:
        """Turn the scan through every angle of the parameters."""
        parameters = parameters or ComparisonParameters()
        return cls(scan, QueryPoses.of(scan.pose, parameters, backend))

    @property
    def partial(self) -> bool:
        """Whether the scan is a partial mark, whose place on an item a descriptor cannot tell."""
        return self.poses.area < self.poses.parameters.partial_area

    @cached_property
    def descriptors(self) -> QueryDescriptors:
        """The scan's descriptors at every pose in reach."""
        return QueryDescriptors.of(self.scan.pose, self.poses.parameters, self.poses.backend_name)

    def shortlist_scores(self, descriptors: NDArray[np.int8]) -> NDArray[np.float32]:
        """Best cosine with each descriptor: int8 (N, D) to float32 (N,)."""
        return self.descriptors.scores(descriptors)

    def screen(self, pose_level: Level) -> float:
        """Best score over every pose on an item; ``-inf`` when they nowhere overlap enough."""
        return screen(self.poses, pose_level)

    def compare(self, scan: PreparedScan) -> Comparison:
        """The full comparison with an item."""
        return compare_query(self.scan, self.poses, scan)


def ranking_score(comparison: Comparison) -> float:
    """What candidates are ranked by."""
    return comparison.aligned_correlation
