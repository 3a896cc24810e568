"""Every address × method × person against one literal table; other programs answer like none."""

import pytest
from django.apps import apps
from django.db import transaction

from config.tests.access import (
    METHODS,
    PEOPLE,
    UNKNOWN,
    World,
    address,
    answer,
    make_world,
    patterns,
)
from config.tests.access_doors import MODELS
from config.tests.access_table import TABLE
from people.models import Membership

pytestmark = pytest.mark.django_db

OURS = ("config", "people", "escalations", "calibration", "reports")
ROUTES = {label: (route, pattern) for label, route, pattern in patterns()}
IN_PROGRAM = [label for label, (route, _) in ROUTES.items() if "<slug:p>" in route]
WITH_ID = [label for label in IN_PROGRAM if "<int:" in ROUTES[label][0]]


def read_table() -> dict[str, dict[str, list[int]]]:
    """The table as label → method → a status per person."""
    rows: dict[str, dict[str, list[int]]] = {}
    label = ""
    for row in TABLE.strip().splitlines():
        name, method, *statuses = row.split() if row[0] != " " else ["", *row.split()]
        label = name or label
        assert len(statuses) == len(PEOPLE), row
        assert method not in rows.setdefault(label, {}), row
        rows[label][method] = [int(status) for status in statuses]
    return rows


ROWS = read_table()


ADMITTED = [
    (label, who)
    for label in WITH_ID
    for who in ("captain", "manager")
    if not any(row[PEOPLE.index(who)] == 403 for row in ROWS.get(label, {}).values())
]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; every request is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def url_of(label: str, place, **more) -> str:
    return address(label, ROUTES[label][0], place, **more)


def methods_of(label: str) -> list[str]:
    """The methods that the table opens to somebody."""
    return list(ROWS.get(label, {"GET": []}))


def test_every_address_has_its_rows_and_every_row_its_address():
    assert sorted(set(ROUTES) - set(ROWS)) == [], "addresses without a row"
    assert sorted(set(ROWS) - set(ROUTES)) == [], "rows without an address"


def test_no_two_addresses_share_a_label():
    labels = [label for label, *_ in patterns()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("label", sorted(ROUTES))
def test_everybody_gets_the_answer_of_the_table(label: str, world: World):
    url = url_of(label, world.here)
    expected = ROWS.get(label, {})
    got = {
        method: [world.ask(who, method, url).status_code for who in PEOPLE] for method in METHODS
    }
    refused = [405] * len(PEOPLE)
    assert got == {
        method: expected.get("GET" if method == "HEAD" else method, refused) for method in METHODS
    }, as_rows(label, got)


def as_rows(label: str, got: dict[str, list[int]]) -> str:
    """What the table would say, to be judged and copied."""
    rows = []
    for method, statuses in got.items():
        if method != "HEAD" and set(statuses) != {405}:
            rows.append(f"{label:<39} {method:<4} {' '.join(map(str, statuses))}")
            label = ""
    return "\n".join(["the table would say", *rows])


@pytest.mark.parametrize("label", IN_PROGRAM)
def test_every_page_of_a_program_names_an_ability(label: str):
    assert getattr(ROUTES[label][1].callback, "ability", ""), "not a member_page"


@pytest.mark.parametrize("label", IN_PROGRAM)
@pytest.mark.parametrize("who", ["sme", "none"])
def test_another_program_answers_like_one_that_does_not_exist(label: str, who: str, world: World):
    theirs, nobodys = (
        url_of(label, world.there, slug=slug) for slug in (world.there.program.slug, "no-such")
    )
    for method in methods_of(label):
        for headers in ({}, {"HX-Request": "true"}):
            found = answer(world.ask(who, method, theirs, **headers))
            assert found[0] == 404
            assert found == answer(world.ask(who, method, nobodys, **headers))


@pytest.mark.parametrize(("label", "who"), ADMITTED)
def test_another_programs_id_answers_like_one_that_does_not_exist(
    label: str, who: str, world: World
):
    """The manager belongs to both programs: even so nothing of one shows in the other."""
    slug = world.here.program.slug
    theirs = url_of(label, world.there, slug=slug)
    nobodys = url_of(label, world.there, slug=slug, pk=UNKNOWN)
    assert theirs != nobodys
    for method in methods_of(label):
        for headers in ({}, {"HX-Request": "true"}):
            found = answer(world.ask(who, method, theirs, **headers))
            assert found[0] == 404
            assert found == answer(world.ask(who, method, nobodys, **headers))


@pytest.mark.parametrize("label", IN_PROGRAM)
def test_a_signed_out_person_is_sent_to_sign_in(label: str, world: World):
    for method in methods_of(label):
        page = world.ask("out", method, url_of(label, world.here))
        assert page["Location"].startswith("/accounts/login/?next=/p/skyline/")
        unknown = world.ask("out", method, url_of(label, world.here, slug="no-such"))
        assert unknown["Location"].startswith("/accounts/login/?next=/p/no-such/")
        fragment = world.ask("out", method, url_of(label, world.here), **{"HX-Request": "true"})
        assert fragment.status_code == 401
        assert fragment["HX-Redirect"].startswith("/accounts/login/")
        assert answer(fragment)[1] == b""


def test_every_model_of_ours_names_its_door():
    ours = [m._meta.label for app in OURS for m in apps.get_app_config(app).get_models()]
    assert sorted(ours) == sorted(MODELS)


@pytest.mark.parametrize(("label", "door"), [d for d in MODELS.items() if "visible_to" in d[1]])
def test_rows_are_visible_in_the_own_program_with_the_ability(label, door, world: World):
    ability = door.split(";")[0].removeprefix("visible_to, ")
    rows, here = apps.get_model(label).objects.all(), world.here.program
    for member in Membership.objects.with_captaincy().select_related("user", "program"):
        seen = {row.program_id for row in rows.visible_to(member)}
        assert seen == ({member.program_id} if member.may(ability) else set()), member
    assert {row.program_id for row in rows} > {here.pk}


def test_who_lost_the_roles_is_out_with_the_next_request(world: World):
    url = url_of("log", world.here)
    sme = world.here.program.memberships.filter(user=world.users["sme"])
    with transaction.atomic():
        sme.update(roles=[])
        assert world.ask("sme", "GET", url).status_code == 404
        sme.update(roles=["agent"])
        assert world.ask("sme", "GET", url).status_code == 403
        transaction.set_rollback(True)
    assert world.ask("sme", "GET", url).status_code == 200


def test_who_was_shut_out_is_out_with_the_next_request(world: World):
    with transaction.atomic():
        type(world.users["sme"]).objects.filter(username="sme").update(is_active=False)
        assert world.ask("sme", "GET", url_of("log", world.here)).status_code == 302
        transaction.set_rollback(True)
