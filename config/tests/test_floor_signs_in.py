"""At the beginning of a shift everybody signs in at once, from one address."""

import pytest
from django.test import Client as Browser

from escalations.tests.crowd import at_once
from people.tests.factories import PASSWORD, UserFactory


@pytest.mark.django_db(transaction=True)
def test_a_whole_floor_signs_in_at_the_same_moment():
    people = UserFactory.create_batch(12)

    def sign_in(n):
        said = {"login": people[n].username, "password": PASSWORD}
        return Browser().post("/accounts/login/", said).status_code

    assert at_once(12, sign_in) == [302] * 12
