"""What calibration stores."""

from calibration.models.proposals import Proposals
from calibration.models.vectors import LineVector, VectorSpace, VectorWanted

__all__ = ["LineVector", "Proposals", "VectorSpace", "VectorWanted"]
