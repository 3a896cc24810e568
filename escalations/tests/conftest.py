"""Fixtures of the log sheet's tests: a manager bringing sheets in."""

import pytest

from people.models import Membership


@pytest.fixture
def marta(mona, harbor) -> Membership:
    """The manager, in Harbor Wireless."""
    return Membership.objects.get(user=mona.user, program=harbor)


@pytest.fixture
def desk(mona, browse):
    """The manager's browser."""
    return browse(mona)
