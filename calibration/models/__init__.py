"""What calibration stores."""

from calibration.models.ladder import Authority, Kind, Outcome, State
from calibration.models.positions import Grouping, Position, Ruling
from calibration.models.practices import BestPractice, PracticeRead, PracticeUse
from calibration.models.proposals import Proposals
from calibration.models.sessions import (
    FIRST_SESSION,
    SESSION_TRANSITIONS,
    SESSION_TURN,
    Case,
    Participant,
    Session,
    SessionState,
)
from calibration.models.vectors import LineVector, VectorSpace, VectorWanted

__all__ = [
    "FIRST_SESSION",
    "SESSION_TRANSITIONS",
    "SESSION_TURN",
    "Authority",
    "BestPractice",
    "Case",
    "Grouping",
    "Kind",
    "LineVector",
    "Outcome",
    "Participant",
    "Position",
    "PracticeRead",
    "PracticeUse",
    "Proposals",
    "Ruling",
    "Session",
    "SessionState",
    "State",
    "VectorSpace",
    "VectorWanted",
]
