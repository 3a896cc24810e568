"""Views of reports under a name: one's own and shared ones, whose days go with the calendar."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from escalations.tests.crowd import at_once
from people.refusals import ActionRefused, KeyReused, StaleVersion, VersionMissing
from reports.actions.saving import change_view, kept, remove_view, restore_view, save_view
from reports.models import SavedView
from reports.savedviews import address_of, views_for
from reports.spans import days_of, is_span, names_of, said
from reports.tests.factories import SavedViewFactory

SUNDAY = date(2026, 11, 22)


def saved(by, name="My week", **changes):
    facts = {
        "kind": "overview",
        "query": {"severity": "1", "from": "2026-11-02", "to": "2026-11-08", "evil": "x"},
        "span": "",
        "is_shared": False,
        "key": uuid.uuid4(),
    }
    return save_view(name, **(facts | changes), by=by)


def names(member):
    return [one.view.name for one in views_for(member)]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("last-1", "2026-11-22", "2026-11-22"),
        ("last-28", "2026-10-26", "2026-11-22"),
        ("this-week", "2026-11-16", "2026-11-22"),
        ("last-week", "2026-11-09", "2026-11-15"),
        ("this-month", "2026-11-01", "2026-11-22"),
        ("last-month", "2026-10-01", "2026-10-31"),
    ],
)
def test_a_name_means_shift_days_as_the_calendar_goes(name, first, last):
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert days_of(name, SUNDAY) == days
    assert name in names_of(*days, SUNDAY)
    assert said(name)


def test_what_is_no_name_of_days_is_none():
    for name in ("", "last-0", "last-9999", "last-28x", "next-week", "last-3661"):
        assert not is_span(name)
        with pytest.raises(ValueError, match="names no shift days"):
            days_of(name, SUNDAY)
    assert names_of(date(2026, 11, 3), date(2026, 11, 5), SUNDAY) == []


def test_a_view_keeps_the_allowed_filters_and_nothing_else(sam):
    view = saved(sam)
    assert view.query == "severity=1"
    assert (view.first_day, view.last_day) == (date(2026, 11, 2), date(2026, 11, 8))
    assert address_of(view, SUNDAY) == (
        "/p/skyline/reports/?from=2026-11-02&to=2026-11-08&severity=1"
    )
    assert kept({"split": "team", "cursor": "x", "by": "sam"}) == "by=sam&split=team"
    assert kept({"split": "password"}) == ""


def test_the_days_of_a_relative_view_go_with_the_calendar(sam):
    view = saved(sam, span="last-28")
    assert (view.first_day, view.last_day) == (None, None)
    assert "from=2026-10-26&to=2026-11-22" in address_of(view, SUNDAY)
    assert "from=2026-10-27&to=2026-11-23" in address_of(view, SUNDAY + timedelta(days=1))


def test_a_view_of_a_report_that_is_gone_is_the_first_one(sam):
    view = SavedViewFactory(program=sam.program, owner=sam.user, kind="gone")
    assert address_of(view, SUNDAY).startswith("/p/skyline/reports/?from=")


def test_the_same_form_twice_is_one_view(sam):
    key = uuid.uuid4()
    assert saved(sam, key=key) == saved(sam, key=key)
    with pytest.raises(KeyReused):
        saved(sam, name="Other", key=key)
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "no-such"}, "no such report"),
        ({"span": "next-week"}, "no such shift days"),
        ({"name": " \0 "}, "Give the view a name"),
        ({"name": "n" * 61}, "at most 60"),
        ({"query": {"topic": "no-such"}}, "no such topic"),
        ({"query": {"from": "2026-11-08", "to": "2026-11-02"}}, "after"),
    ],
)
def test_what_can_not_be_shown_is_not_kept(sam, changes, words):
    with pytest.raises(ActionRefused, match=words):
        saved(sam, **changes)
    assert not SavedView.objects.exists()


def test_a_card_number_in_a_name_is_masked(sam):
    assert "4111" not in saved(sam, name="Card 4111 1111 1111 1111").name


def test_only_captain_and_manager_share(sam, sol, cora, mona, olga):
    with pytest.raises(PermissionDenied):
        saved(sam, is_shared=True)
    saved(sam, name="Sam’s own")
    saved(cora, name="For all", is_shared=True)
    assert names(sam) == ["For all", "Sam’s own"]
    assert names(sol) == names(mona) == ["For all"]
    assert names(olga) == []


def test_a_view_is_renamed_removed_and_brought_back_by_its_version(sam, sol, cora):
    view = saved(sam)
    with pytest.raises(VersionMissing):
        change_view(view, name="New", is_shared=False, version=None, by=sam)
    view = change_view(view, name="New", is_shared=False, version=1, by=sam)
    with pytest.raises(StaleVersion) as stale:
        remove_view(view, version=1, by=sam)
    assert stale.value.theirs.name == "New"
    with pytest.raises(PermissionDenied):
        change_view(view, name="New", is_shared=True, version=2, by=sam)
    with pytest.raises(SavedView.DoesNotExist):
        remove_view(view, version=2, by=sol)
    shared = saved(cora, name="For all", is_shared=True)
    with pytest.raises(PermissionDenied):
        remove_view(shared, version=1, by=sam)
    view = remove_view(view, version=2, by=sam)
    assert names(sam) == ["For all"]
    saved(sam, name="new")
    with pytest.raises(ActionRefused, match="already"):
        restore_view(view, version=3, by=sam)
    view = change_view(view, name="Newer", is_shared=False, version=3, by=sam)
    assert restore_view(view, version=4, by=sam).removed_at is None
    assert names(sam) == ["For all", "new", "Newer"]
    history = list(view.events.order_by("pgh_id").values_list("pgh_context__metadata__action"))
    assert [did for (did,) in history] == ["saved", "renamed", "removed", "renamed", "restored"]


def test_names_versions_and_days_are_held_by_the_database(sam):
    view = SavedViewFactory(program=sam.program, owner=sam.user, name="One")
    wrong = (
        {"name": "ONE"},
        {"name": ""},
        {"span": ""},
        {"span": "", "first_day": SUNDAY, "last_day": SUNDAY - timedelta(days=1)},
        {"first_day": SUNDAY, "last_day": SUNDAY},
        {"key": view.key},
    )
    for facts in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedViewFactory(program=sam.program, owner=sam.user, **facts)
    view.removed_at = timezone.now()
    view.save()
    assert SavedViewFactory(program=sam.program, owner=sam.user, name="one")


@pytest.mark.django_db(transaction=True)
def test_of_eight_views_of_one_name_at_once_one_is_kept(sam):
    found = at_once(8, lambda _: saved(sam, name="Late fee"))
    assert sum(isinstance(one, SavedView) for one in found) == 1
    assert sum(isinstance(one, ActionRefused) for one in found) == 7


def test_the_page_keeps_opens_renames_removes_and_brings_back(sam, browse):
    browser, url = browse(sam), "/p/skyline/reports/views/"
    assert "Nothing is kept yet" in browser.get(url).content.decode()
    form = browser.get("/p/skyline/reports/?severity=1").content.decode()
    assert 'value="last-28"' in form
    sent = {"name": "Worst", "kind": "overview", "span": "last-28", "severity": "1"}
    assert browser.post(url, sent).status_code == 422
    kept_ = browser.post(url, sent | {"key": uuid.uuid4()})
    assert kept_.status_code == 302
    assert "severity=1" in kept_.url
    view = SavedView.objects.get()
    here = f"{url}{view.pk}/"
    assert browser.get(here).url == kept_.url
    assert browser.get(kept_.url).status_code == 200
    assert ">Worst</a>" in browser.get(kept_.url).content.decode()
    assert browser.post(here, {"name": "Other"}).status_code == 428
    assert browser.post(here, {"name": "", "version": 1}).status_code == 422
    assert browser.post(here, {"name": "Other", "version": 1}).status_code == 302
    stale = browser.post(here, {"name": "Mine", "version": 1})
    assert stale.status_code == 409
    assert 'value="Mine"' in stale.content.decode()
    browser.post(here, {"do": "remove", "version": 2})
    assert "Bring back" in browser.get(url).content.decode()
    browser.post(here, {"do": "restore", "version": 3})
    assert names(sam) == ["Other"]
