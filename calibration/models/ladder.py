"""By whose word a best practice stands, who may give it, and its legal moves."""

from __future__ import annotations

from typing import Final

from django.db import models


class Kind(models.TextChoices):
    """What a best practice is."""

    ANSWER = "answer", "Answer"
    TECHNIQUE = "technique", "Technique"


class Authority(models.TextChoices):
    """By whose word it stands, the lowest first."""

    INTERIM = "interim", "Interim"
    CALIBRATED = "calibrated", "Calibrated"
    MANAGER = "manager", "Manager"
    CLIENT = "client", "Client"


class State(models.TextChoices):
    """How far a best practice has come."""

    DRAFT = "draft", "Draft"
    IN_FORCE = "in_force", "In force"
    SUPERSEDED = "superseded", "Superseded"
    RETIRED = "retired", "Retired"


class Outcome(models.TextChoices):
    """What the known answer was to a line."""

    USED = "used", "Used"
    DID_NOT_FIT = "did_not_fit", "Did not fit"
    NOTHING = "nothing", "Nothing known"


WHOSE: Final[dict[str, str]] = {
    Authority.INTERIM: "An SME’s word, until something better is known",
    Authority.CALIBRATED: "Agreed in calibration",
    Authority.MANAGER: "The Operations Manager’s word",
    Authority.CLIENT: "The client’s word",
}

GIVES: Final[dict[str, str]] = {
    Authority.INTERIM: "publish_practices",
    Authority.CALIBRATED: "publish_practices",
    Authority.MANAGER: "rule_practices",
    Authority.CLIENT: "rule_practices",
}
"""The ability that writes and publishes by each authority."""

LADDER: Final[tuple[str, ...]] = tuple(Authority.values)

TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    State.DRAFT: frozenset({State.IN_FORCE, State.RETIRED}),
    State.IN_FORCE: frozenset({State.SUPERSEDED, State.RETIRED}),
    State.SUPERSEDED: frozenset(),
    State.RETIRED: frozenset({State.IN_FORCE}),
}
"""From a state to those it may become; what was retired may be brought back."""

FIRST: Final[frozenset[str]] = frozenset({State.DRAFT})


def needs_word(old: str, new: str) -> bool:
    """Whether `new` in place of `old` takes an explicit word and its reason: it stands lower."""
    return LADDER.index(new) < LADDER.index(old)
