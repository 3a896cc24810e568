"""Whatever a browser sends to whatever address: an answer, and never an error."""

import random
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client as Browser

from config.tests.access import World, address, make_world, patterns

pytestmark = pytest.mark.django_db

ROUTES = {label: route for label, route, _ in patterns()}
NAMES = (
    *("q", "agent", "topic", "status", "feedback", "by", "cursor", "shift", "from", "to", "after"),
    *("show", "progress", "key", "time", "concern", "resolution", "requires_feedback", "severity"),
    *("offered", "refused_because", "wanted", "customer_ref", "callback_at", "version", "reason"),
    *("accept", "seen", "all", "file", "pasted", "column_0", "column_1", "name", "employee_id"),
    *("team", "roles", "email", "login", "password", "next", "until", "user", "order", "sort", "o"),
    *(
        "page",
        "p",
        "n",
        "pk",
        "username",
        "tier",
        "duty",
        "phone",
        "from_time",
        "to_time",
        "left_on",
    ),
    *("theme", "density", "rows", "id", "session", "typed_at", "sent_at", "masked", "card", "here"),
    *("agent_id", "agent__name", "program", "program_id", "app_label", "model_name", "field_name"),
    *("action", "index", "_selected_action", "new_password", "password1", "password2", "remember"),
    *("deadline", "who", "line", "there", "disposition", "how", "why", "dissent", "put", "revises"),
    *("gaps", "group", "state", "replacing", "authority", "outcome", "practice", "title", "source"),
)
WORDS = (
    *("", " ", "\0", "a\0b", "\r\n\r\nX: y", "%", "%zz", "%00", "'", "\"'><script>", "{{ 7*7 }}"),
    *("' OR 1=1 --", "__class__", "agent__user__password", "../../etc/passwd", "\\", "\\x00", "[]"),
    *("-1", "0", "00", "1e308", "NaN", "-Infinity", "9" * 400, "2147483648", "9223372036854775808"),
    *(
        "٣",
        "²",
        "①",
        "１２",
        "1_000",
        "0x10",
        " 7 ",
        "+5",
        "1.0",
        "true",
        "None",
        "null",
        "undefined",
    ),
    *("0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-11-20T25:99"),
    *("25:61", "24:00", "0:00", "9:15 PM", "0001-01-01 00:00", "9999-12-31 23:59", "in 999 hours"),
    *(
        "\u202ertl\u202c",
        "مرحبا",
        "👩‍👩‍👧‍👦",
        "e" + "\u0301" * 300,
        "\ufeff",
        "\u2028",
        "\ufffe",
        "ﷺ" * 40,
    ),
    *(
        "4111 1111 1111 1111",
        "Tina / 123456",
        "/ / /",
        "0:am_pm",
        "1:new_agent",
        "am_pm:yes",
        "no:no",
    ),
    *("sme", "manager", "resolved", "void", "all", "2026-11-20", "a" * 5000, "ab " * 3000),
)
RAW = ("%ED%A0%80", "%FF%FE", "%C0%80", "%00", "%F4%90%80%80", "%zz", "%")
"""Bytes that are no UTF-8, as they stand in a query string."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; every request is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def ask(world: World, who: str, method: str, url: str, body: str = "", **headers: str):
    """One request with a form's body; whatever it changed is taken back."""
    browser = Browser(headers=headers)
    for name, value in world.sessions.get(who, {}).items():
        browser.cookies[name] = value
    form = "application/x-www-form-urlencoded"
    with transaction.atomic():
        response = browser.generic(method, url, body, content_type=form)
        if response.streaming:
            response.streaming_content = [response.getvalue()]
        transaction.set_rollback(True)
    return response


def query(chance: random.Random, most: int) -> str:
    """Some names with what nobody ought to send, a few of them twice, some not even UTF-8."""
    parts = []
    for name in chance.choices(NAMES, k=most):
        said = chance.choice(RAW) if chance.random() < 0.15 else quote(chance.choice(WORDS))
        parts.append(f"{name}={said}")
    return "&".join(parts)


@pytest.mark.parametrize("label", sorted(ROUTES))
def test_no_input_is_an_error(label: str, world: World):
    chance = random.Random(label)
    url = address(label, ROUTES[label], world.here)
    for who in ("manager", "admin" if label.startswith("admin") else "captain"):
        hx = {"HX-Request": "true"} if who == "captain" else {}
        for method in ("GET", "POST"):
            body = query(chance, 40) if method == "POST" else ""
            answer = ask(world, who, method, f"{url}?{query(chance, 12)}", body, **hx)
            assert answer.status_code < 500, (who, method, url)


@pytest.mark.parametrize("label", sorted(name for name, route in ROUTES.items() if "<int" in route))
@pytest.mark.parametrize("pk", [2**31, 2**63, 10**400])
def test_no_number_in_an_address_is_an_error(label: str, pk: int, world: World):
    url = address(label, ROUTES[label], world.here, pk=pk)
    for method in ("GET", "POST"):
        assert ask(world, "manager", method, url).status_code < 500


@pytest.mark.parametrize("word", WORDS)
def test_each_of_them_alone_is_no_error_to_the_sheet(word: str, world: World):
    chance = random.Random(word)
    for name in ("q", "cursor", chance.choice(("agent", "by", "shift", "from", "status"))):
        url = f"/p/skyline/log/?{name}={quote(word)}"
        assert ask(world, "sme", "GET", url).status_code < 500
    fields = ("key", "time", "agent", "concern", "resolution", "status", "severity", "callback_at")
    body = {"time": "9:15 PM", "agent": "Tina / 1", "concern": "x", "status": "resolved"}
    for name in chance.sample(fields, 3):
        said = "&".join(f"{n}={quote(v)}" for n, v in (body | {name: word}).items())
        assert ask(world, "sme", "POST", "/p/skyline/log/", said).status_code < 500


def test_a_megabyte_in_one_field_is_no_error(world: World):
    huge = "a" * 1_000_000
    for name in ("concern", "agent", "time", "key", "customer_ref", "status"):
        body = f"{name}={huge}&agent=Tina&concern=x&time=9:15"
        assert ask(world, "sme", "POST", "/p/skyline/log/", body).status_code < 500
    assert (
        ask(world, "manager", "POST", "/p/skyline/log/import/", f"pasted={huge}").status_code < 500
    )


@pytest.mark.parametrize("unknown", ["order=password", "sort=-agent__user__password", "page=9"])
def test_a_name_nobody_knows_changes_nothing(unknown: str, world: World):
    export = "/p/skyline/log/export.csv?shift=all"
    plain = ask(world, "sme", "GET", export).getvalue()
    assert plain.count(b"\n") > 1
    assert ask(world, "sme", "GET", f"{export}&{unknown}").getvalue() == plain
    assert ask(world, "sme", "GET", f"{export}&agent__name=nobody").getvalue() == plain


@pytest.mark.parametrize("name", ["night.xlsx", "../../x", "a\0b.csv", "💣" * 200, "", ".csv"])
def test_no_file_s_name_is_an_error(name: str, world: World):
    browser = Browser()
    for key, value in world.sessions["manager"].items():
        browser.cookies[key] = value
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + b"\x00\xff\xfe;=\r\n--x--\r\n"
    with transaction.atomic():
        answer = browser.generic(
            "POST", "/p/skyline/log/import/", body, content_type="multipart/form-data; boundary=x"
        )
        transaction.set_rollback(True)
    assert answer.status_code < 500
