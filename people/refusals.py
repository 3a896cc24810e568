"""How Tala says no: one exception for "not now", with the reason a person reads."""

from typing import Any


class ActionRefused(Exception):
    """The change makes no sense in the present state; its text is shown to the person (409)."""


class KeyReused(ActionRefused):
    """A creation key came back with other content (422): nothing is written."""


class StaleVersion(ActionRefused):
    """Someone saved first. `theirs` is the row as it is now (409).

    >>> raise StaleVersion(theirs=escalation)
    """

    def __init__(self, theirs: object) -> None:
        super().__init__("Someone else changed this while you were typing.")
        self.theirs = theirs


class VersionMissing(ActionRefused):
    """An edit came without the version it was made from (428): nothing is written."""


class TooOften(ActionRefused):
    """It was tried too often in a short time (429): nothing is written, nobody is locked out."""


def check_version(row: Any, version: int | None) -> None:
    """Raise VersionMissing, or StaleVersion with the row, unless `version` is still the row's."""
    if version is None:
        raise VersionMissing("The change did not say which version it was made from. Reload.")
    if version != row.version:
        raise StaleVersion(row)
