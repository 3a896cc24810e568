"""The manager corrects one hour's calls where they stand, and sees what somebody else saved."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from reports.models import CallVolume
from reports.tests.test_volume_pages import HERE, SIX, calls, hidden, recorded
from reports.tests.test_volume_pages import manager as manager  # noqa: PLC0414  the fixture
from reports.volumes.words import stamp_of


def test_one_hour_is_corrected_in_its_place(manager: Client) -> None:
    recorded(manager)
    url = f"{HERE}hour/{stamp_of(SIX)}/"
    editor = manager.get(url, headers={"HX-Request": "true"}).content.decode()
    said = {"key": hidden(editor, "key"), "version": hidden(editor, "version"), "calls": "44"}
    answer = manager.post(url, said | {"wait": "0:13"}, headers={"HX-Request": "true"})
    assert "6 PM is saved." in answer.content.decode()
    volume = CallVolume.objects.get(hour=SIX)
    assert (volume.calls, volume.average_wait_seconds) == (44, 13)
    stale = manager.post(url, said | {"key": str(uuid.uuid4()), "calls": "45"})
    assert stale.status_code == 409
    assert (
        "Theirs: Mon 20 Oct 2025, 6 PM: 44 calls handled, average wait 0:13"
        in stale.content.decode()
    )
    assert 'value="45"' in stale.content.decode()
    del said["version"]
    assert manager.post(url, said | {"key": str(uuid.uuid4())}).status_code == 428


def test_without_javascript_a_corrected_hour_leads_back(manager: Client) -> None:
    url = f"{HERE}hour/{stamp_of(SIX)}/"
    editor = manager.get(url).content.decode()
    said = {"key": hidden(editor, "key"), "version": hidden(editor, "version"), "calls": "44"}
    answer = manager.post(url, said, follow=True)
    assert answer.redirect_chain == [(f"{HERE}?to=2025-10-20", 302)]
    assert calls() == {SIX: 44}


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"calls": "many"}, "is not a number of calls"),
        ({"calls": "1000000000"}, "At most 100,000 are believed"),
        ({"calls": "4", "wait": "soon"}, "is not a duration"),
        ({"wait": "0:45"}, "no calls handled"),
    ],
)
def test_an_hour_nobody_believes_is_422(manager: Client, typed: dict[str, str], why: str) -> None:
    said = {"key": str(uuid.uuid4()), "version": "0"} | typed
    answer = manager.post(f"{HERE}hour/{stamp_of(SIX)}/", said)
    assert answer.status_code == 422
    assert why in answer.content.decode()


@pytest.mark.parametrize("stamp", ["x", "20251020T1030Z", "18991020T1000Z", "20251020T1000"])
def test_what_begins_no_hour_is_404(manager: Client, stamp: str) -> None:
    assert manager.get(f"{HERE}hour/{stamp}/").status_code == 404
