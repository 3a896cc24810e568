"""No card number gets past the door: not into pages, addresses, sessions or logs."""

import json
import logging
import time
from urllib.parse import quote

import pytest
import structlog
from django.db import DataError

from people.cards import mask
from people.logmask import masked_event, masked_record, masked_text

CARD = "4111 1111 1111 1111"
LOG = "/p/skyline/log/"


def test_a_searched_card_is_gone_to_without_the_number(sam, browse):
    browser = browse(sam)
    response = browser.get(LOG, {"q": f"refund {CARD}", "status": "resolved"})
    assert response.status_code == 302
    assert (
        response["Location"]
        == f"{LOG}?q={quote('refund •••• 1111', safe='').replace('%20', '+')}&status=resolved"
    )
    page = browser.get(response["Location"]).content.decode()
    assert "A card number ending 1111 was masked." in page
    assert "refund •••• 1111" in page


def test_a_signed_out_search_does_not_carry_the_number_to_the_sign_in(client, skyline):
    response = client.get(LOG, {"q": CARD}, follow=True)
    assert all(mask(to).found == () for to, _ in response.redirect_chain)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert "4111" not in client.session.get("account_user", "")


@pytest.mark.parametrize("back", [f"/p/skyline/log/?q={CARD}", f"/p/x/?q={quote(CARD)}"])
def test_the_page_to_come_back_to_carries_no_number(client, db, back):
    response = client.get("/accounts/login/", {"next": back})
    assert response.status_code == 302
    assert "1111%201111" not in response["Location"] + response["Location"].replace("%25", "%")
    response = client.get(response["Location"])
    assert response.status_code == 200
    assert b"4111" not in response.content


def test_a_fragment_that_sends_one_to_sign_in_forgets_the_number(client, skyline):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{LOG}?q={quote(CARD)}"}
    response = client.get(LOG, headers=headers)
    assert response.status_code == 401
    assert "4111" not in response["HX-Redirect"]


def test_a_refused_form_comes_back_with_the_number_masked(sam, browse):
    response = browse(sam).post(
        LOG, {"agent": "", "concern": f"charged {CARD} cvv 123", "key": "no"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "charged •••• 1111 cvv •••" in page
    assert "4111" not in page


def test_htmx_is_told_beside_its_own_events(sam, browse):
    said = {"agent": "", "concern": CARD}
    response = browse(sam).post(LOG, said, headers={"HX-Request": "true"})
    words = "A card number ending 1111 was masked."
    assert json.loads(response["HX-Trigger"]) == {"cards-masked": {"words": words}}


def test_a_stranger_s_megabytes_are_not_looked_through(client, db):
    began = time.process_time()
    response = client.post("/accounts/login/", {"login": "4" * 3_000_000, "password": "x"})
    assert response.status_code == 422
    assert "This field is required" in response.content.decode()
    assert time.process_time() - began < 2


def test_passwords_and_keys_are_let_through(client, sam):
    sam.user.set_password("4111111111111111")
    sam.user.save()
    said = {"login": sam.user.username, "password": "4111111111111111"}
    response = client.post("/accounts/login/", said)
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(sam.user_id)


def test_the_admin_s_pages_keep_no_number(root, browse, skyline):
    response = browse(root).post(
        "/admin/people/client/add/", {"name": f"Client {CARD}"}, follow=True
    )
    assert response.status_code == 200
    assert "Client •••• 1111" in response.content.decode()


def test_names_of_fields_are_masked_too(sam, browse):
    response = browse(sam).get(f"{LOG}?4111111111111111=1")
    assert response["Location"] == f"{LOG}?{quote('•••• 1111').replace('%20', '+')}=1"


def test_every_logger_writes_masked_records(caplog):
    logging.getLogger("anything").warning("card %s", CARD)
    logging.getLogger("django.request").error("Not Found: %s", f"{LOG}4111111111111111/")
    try:
        raise ValueError(f"bad value {CARD}")  # noqa: TRY301
    except ValueError:
        logging.getLogger("gunicorn.error").exception("in %(where)s", {"where": CARD})
    structlog.get_logger("tala").warning(
        "saved", words="４１１１１１１１１１１１１１１１", n=4111111111111111
    )
    assert caplog.text.count("•••• 1111") >= 4
    assert "11111111" not in caplog.text
    assert "1111 1111 1111" not in caplog.text


def test_a_row_quoted_by_the_database_is_left_out():
    said = 'null value in column "x"\nDETAIL:  Failing row contains (1, the customer said so).\n'
    assert "customer" not in masked_text(said)
    said = "syntax error\nLINE 1: INSERT INTO log VALUES ('the customer')\n        ^\nand more"
    assert masked_text(said).endswith("LINE 1: (left out)\nand more")
    try:
        raise DataError(said)  # noqa: TRY301
    except DataError as error:
        info = (type(error), error, error.__traceback__)
    record = masked_record("x", logging.ERROR, "", 1, "broke", (), info)
    assert "INSERT INTO log VALUES" not in (record.exc_text or "")


def test_a_broken_log_call_stays_the_handler_s_to_report():
    record = masked_record("x", logging.ERROR, "", 1, "%d cards", ("many",), None)
    assert record.msg == "%d cards"


def test_an_event_keeps_its_numbers():
    assert masked_event(None, "", {"n": 3, "ok": True, "none": None, "at": 1.5}) == {
        "n": 3,
        "ok": True,
        "none": None,
        "at": 1.5,
    }


def test_an_error_report_names_no_body(rf):
    from config.errors import NoBodies

    request = rf.post("/", {"concern": "words"})
    assert NoBodies().get_post_parameters(request) == {}
    assert list(NoBodies().get_traceback_frame_variables(request, None)) == []
