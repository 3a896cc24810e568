"""Card numbers in letters and in what the client says of them: no number is left anywhere."""

import uuid

import pytest
from django.core.cache import cache
from django.test import Client as Browser

from config.tests.test_cards_everywhere import SOME, check, fits
from escalations.actions.forwarding import TEXTS
from escalations.models import ClientAnswer, ClientContact, Escalation, ForwardedItem
from escalations.tests.factories import EscalationFactory, letter_about
from people.tests.factories import AgentFactory

FEW = SOME[::3]
LOG = "/p/skyline/log/"
LETTERS = "/p/skyline/forwarding/"

pytestmark = pytest.mark.django_db


def ask(browser, seen, url, **said):
    answer = browser.post(url, {name.replace("__", "-"): text for name, text in said.items()})
    seen.extend((answer.text, str(answer.headers)))
    assert answer.status_code < 500
    return answer


def test_letters_and_the_clients_answers(mona, sam, browse, caplog):
    seen, manager, sme = [], browse(mona), browse(sam)
    agent = AgentFactory(program=mona.program)
    for n, text in enumerate(FEW):
        cache.clear()
        facts = {"agent": agent, "logged_by": sam.user, "status": "unresolved"}
        line, spoken = (EscalationFactory(**facts) for _ in range(2))
        said = {
            "name": fits(f"C {text}", 120),
            "email": f"c{n}@client.example",
            "duty": fits(text, 120),
        }
        ask(manager, seen, f"{LETTERS}contacts/", **said)
        draft = letter_about([line], mona, send=False)
        said = {f"{name}__1": fits(f"Is it {text}", 2000) for name in TEXTS}
        said |= {"subject": fits(f"On {text}", 150), "contact": draft.contact_id}
        page = f"{LETTERS}{draft.number}/"
        ask(manager, seen, page, version=draft.version, opening=text, closing=text, **said)
        seen.append(manager.get(page).text)
        ask(manager, seen, f"{page}discard/", version=draft.version + 1)
        letter, token = letter_about([line, spoken], mona)
        said = {
            "verdict__1": "do_this",
            "text__1": f"Do {text}",
            "name": fits(f"Ann {text}", 120) or "Ann",
        }
        ask(Browser(), seen, f"/reply/{token}/", key=uuid.uuid4(), **said)
        seen.append(Browser().get(f"/reply/{token}/").text)
        page = f"{LETTERS}{letter.number}/"
        said = {
            "verdict__2": "need_more",
            "text__2": f"Which {text}",
            "name": fits(f"Ann {text}", 120) or "Ann",
        }
        ask(manager, seen, f"{page}record/", key=uuid.uuid4(), **said)
        letter.refresh_from_db()
        ask(manager, seen, f"{page}recall/", version=letter.version, reason=text)
        line.refresh_from_db()
        ask(sme, seen, f"{LOG}{line.number}/close/", version=line.version, told_customer=text)
        seen += [manager.get(page).text, sme.get(f"{LOG}{line.number}/").text]
    assert ClientAnswer.objects.filter(text__contains="••••").count() > len(FEW)
    assert ForwardedItem.objects.filter(question__contains="••••").exists()
    assert ClientContact.objects.count() == len(FEW)
    assert Escalation.objects.filter(status="resolved", resolution__contains="••••").exists()
    check(seen, caplog)
