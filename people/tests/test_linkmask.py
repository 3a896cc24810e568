"""The secret part of a link never stands in a log."""

import logging

import pytest

from people.linkmask import LinkMask, without_links

TOKEN = "nQ4s-secret_T0ken"


@pytest.mark.parametrize(
    "said",
    [
        f"GET /accounts/join/{TOKEN}/ HTTP/1.1",
        f"GET /accounts/login/?next=/accounts/join/{TOKEN}/ HTTP/1.1",
        f"GET /accounts/login/?next=%2Faccounts%2Fjoin%2F{TOKEN}%2F HTTP/1.1",
        f"Not Found: /accounts/join/{TOKEN}",
        f"GET /reply/{TOKEN}/ HTTP/1.1",
        f"Not Found: /reply/{TOKEN}",
        f"GET /accounts/password/reset/key/1-{TOKEN}/",
        f'"Referer: https://tala.example/accounts/join/{TOKEN}/"',
    ],
)
def test_the_secret_part_is_left_out(said):
    assert TOKEN not in without_links(said)
    assert "***" in without_links(said)


def test_everything_else_stays():
    for said in ("/accounts/login/", "/accounts/password/reset/key/done/", "/p/a/log/?q=join"):
        assert without_links(said) == said


def test_gunicorn_s_access_log_and_ours_are_filtered():
    record = logging.LogRecord(
        "gunicorn.access",
        logging.INFO,
        "",
        0,
        "%(r)s %(s)s",
        ({"r": f"GET /accounts/join/{TOKEN}/", "s": "200"},),
        None,
    )
    logger = logging.getLogger("gunicorn.access")
    assert any(isinstance(one, LinkMask) for one in logger.filters)
    assert logger.filter(record)
    assert TOKEN not in record.getMessage()
    handler = next(h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler)
    assert any(isinstance(one, LinkMask) for one in handler.filters)


def test_a_page_not_found_behind_a_link_is_logged_without_it(client, db, caplog):
    caplog.handler.addFilter(LinkMask())
    client.get(f"/accounts/join/{TOKEN}/")
    client.get(f"/reply/{TOKEN}/")
    assert len(caplog.records) > 1
    assert TOKEN not in caplog.text
