"""Wording the cases of a session in a browser, while another captain does the same."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from calibration.actions import preparing
from calibration.tests.factories import topic
from calibration.tests.sessionworld import lines_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_typed_is_opened_with_and_shown_beside_what_was_saved(cora, sam, browse_as, axe):
    late_fee = topic(cora, "Late fee", "waive the fee", "fee twice", "a fee again", "no fee")
    at = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    lines, key = lines_of(late_fee), uuid.uuid4()
    made = preparing.prepare(late_fee, lines, [sam], deadline=at, key=key, by=cora)
    first, second, third, _ = made.cases.order_by("order")
    page = browse_as(cora, "/p/skyline/calibration/sessions/1/prepare/")
    page.locator(f"#concern-{third.pk}").fill("They were billed once more")

    texts = {second.pk: {"concern": "Their words"}}
    preparing.change(
        made, texts=texts, without=[first.pk], people=[sam], deadline=at, version=1, by=cora
    )
    page.get_by_role("button", name="Save and open it").click()
    expect(page.get_by_text("It was saved meanwhile")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Saved now: Their words")).to_be_visible()
    axe(page)

    page.locator(f"#concern-{second.pk}").fill("Their words")
    page.get_by_role("button", name="Save and open it").click()
    expect(page.get_by_text("Who has answered")).to_be_visible(timeout=60_000)
    made.refresh_from_db()
    words = made.cases.order_by("order").values_list("concern", flat=True)
    assert (made.state, *words[:2]) == ("open", "Their words", "They were billed once more")
