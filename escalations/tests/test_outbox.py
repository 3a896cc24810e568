"""What an outbox sends: late, twice, for its owner only, and never by a detour."""

from datetime import UTC, datetime, timedelta

import pytest

from escalations.models import Escalation
from escalations.tests.sheet import HTMX, LOG, posted
from escalations.typed import KEPT, SLACK, typed_instant
from people.tests.factories import AgentFactory

NOW = datetime(2026, 11, 20, 13, 52, tzinfo=UTC)  # 9:52 PM in Manila, night shift of the 20th


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


def outbox(member, **more):
    return {**HTMX, "X-Tala-Outbox": "1", "X-Tala-User": str(member.user_id), **more}


def late(minutes, sent="2026-11-20T13:52:00.000Z"):
    """What a device says of a line typed some minutes before it is sent."""
    at = datetime.fromisoformat(sent) - timedelta(minutes=minutes)
    return {"typed_at": at.isoformat(), "sent_at": sent}


def test_the_row_and_the_notice_come_back_without_a_new_entry_row(sam, tina, browse):
    answer = browse(sam).post(LOG, posted(), headers=outbox(sam))
    assert answer.status_code == 201
    assert answer["X-Tala-Answer"] == "1"
    assert 'id="line-1"' in answer.text
    assert 'id="entry"' not in answer.text


def test_typed_and_received_are_both_kept(sam, tina, browse, time_machine):
    time_machine.move_to(NOW, tick=False)
    browse(sam).post(LOG, posted(time="", **late(38)), headers=outbox(sam))
    line = Escalation.objects.get()
    assert line.received_at == NOW
    assert line.typed_at == line.occurred_at == NOW - timedelta(minutes=38)
    page = browse(sam).get(f"{LOG}{line.number}/").text
    assert "9:14 PM" in page
    assert "<dt>Typed</dt>" in page


def test_without_javascript_a_line_is_typed_when_it_is_received(sam, tina, browse):
    browse(sam).post(LOG, posted())
    line = Escalation.objects.get()
    assert abs(line.received_at - line.typed_at) < timedelta(seconds=1)
    assert "<dt>Typed</dt>" not in browse(sam).get(f"{LOG}{line.number}/").text


@pytest.mark.parametrize("sheet", [LOG, f"{LOG}?shift=2026-11-20"])
@pytest.mark.parametrize(("typed", "hour"), [("", (0, 50)), ("12:40", (0, 40)), ("now", (0, 50))])
def test_a_line_typed_before_the_shift_ended_belongs_to_that_shift(
    sam, tina, browse, time_machine, sheet, typed, hour
):
    """Typed at 8:50 AM of the night shift of the 20th, sent at noon: the next shift day."""
    noon = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
    time_machine.move_to(noon, tick=False)
    said = late(190, "2026-11-21T04:00:00+00:00")
    expected = datetime(2026, 11, 21, *hour, tzinfo=UTC)
    if typed == "12:40":
        expected = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)  # 12:40 AM in Manila
    answer = browse(sam).post(sheet, posted(time=typed, **said), headers=outbox(sam))
    assert answer.status_code == 201
    assert Escalation.objects.get().occurred_at == expected


@pytest.mark.parametrize(
    ("typed", "sent", "back"),
    [
        ("2026-11-20T13:14:00Z", "2026-11-20T13:52:00Z", timedelta(minutes=38)),
        ("2031-01-01T10:00:00+08:00", "2031-01-01T02:05:00Z", timedelta(minutes=5)),  # wrong clock
        ("2026-11-20T13:52:00Z", "2026-11-20T13:14:00Z", timedelta()),  # clock stepped back
        ("2020-01-01T00:00:00Z", "2026-11-20T13:52:00Z", KEPT + SLACK),  # stepped ahead
        ("2026-11-20T13:14:00", "2026-11-20T13:52:00Z", timedelta()),  # no zone
        ("0001-01-01T00:00:00+14:00", "2026-11-20T13:52:00Z", timedelta()),
        ("9999-12-31T23:59:59-14:00", "2026-11-20T13:52:00Z", timedelta()),
        ("x" * 100_000, "\0", timedelta()),
        ("", "", timedelta()),
    ],
)
def test_the_device_is_only_asked_how_long_ago_it_was(typed, sent, back):
    said = {"typed_at": typed, "sent_at": sent}
    assert typed_instant(said, received=NOW) == NOW - back


def test_a_second_sending_after_a_new_sign_in_is_the_same_line(sam, tina, browse):
    entry = posted()
    browse(sam).post(LOG, {**entry, **late(5)}, headers=outbox(sam))
    again = browse(sam).post(LOG, {**entry, **late(65)}, headers=outbox(sam))
    assert again.status_code == 201
    assert Escalation.objects.count() == 1


def test_what_another_person_typed_is_refused(sam, sol, tina, browse):
    answer = browse(sol).post(LOG, posted(), headers=outbox(sam))
    assert (answer.status_code, answer["X-Tala-Refused"]) == (409, "user")
    assert browse(sol).get(LOG, headers=HTMX | {"X-Tala-User": "nobody"}).status_code == 409
    assert not Escalation.objects.exists()


def test_signed_out_an_outbox_is_told_so_and_not_sent_elsewhere(sam, tina, browse):
    answer = browse(None).post(LOG, posted(), headers=outbox(sam))
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer
    assert browse(None).get(LOG, headers={"X-Tala-Outbox": "1"}).status_code == 401


def test_a_redirect_is_named_instead_of_followed(sam, tina, browse):
    headers = {name: value for name, value in outbox(sam).items() if name != "HX-Request"}
    answer = browse(sam).post(LOG, posted(), headers=headers)
    assert answer.status_code == 204
    assert answer["X-Tala-Location"].startswith(LOG)


def test_a_change_sent_twice_is_saved_once(sam, tina, browse):
    browse(sam).post(LOG, posted())
    said = {"version": 1, "resolution": "called the carrier"}
    first = browse(sam).post(f"{LOG}1/", said, headers=outbox(sam))
    again = browse(sam).post(f"{LOG}1/", said, headers=outbox(sam))
    assert (first.status_code, again.status_code) == (200, 200)
    assert Escalation.objects.get().version == 2


def test_the_browser_can_ask_who_is_signed_in(sam, browse):
    assert browse(None).get("/accounts/here/").json()["user"] == ""
    answer = browse(sam).get("/accounts/here/")
    assert answer.json()["user"] == str(sam.user_id)
    assert answer.json()["token"]
    assert "no-store" in answer["Cache-Control"]
