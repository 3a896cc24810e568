"""In the browser a card number is masked where one sees it, before anything is kept or sent."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from escalations.models import Escalation, MaskedNumber
from people.cards import NotACard
from people.tests.cardways import CARDS, left_of, texts
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)

LOG = "/p/skyline/log/"
CASES = Path(__file__).parents[2] / "people/tests/data/cards.json"

MASK_ALL = """async (texts) => {
  const { maskCards } = await import("/static/js/cards.js");
  return texts.map((text) => maskCards(text));
}"""

STORED = """async () => {
  const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done, fail) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = fail;
    });
    for (const store of db.objectStoreNames) {
      found.push(await new Promise((done) => {
        const asked = db.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(JSON.stringify(asked.result));
      }));
    }
    db.close();
  }
  return found;
}"""


def leaves(kept):
    """Every text and number in what a browser keeps."""
    if isinstance(kept, dict | list):
        for one in kept.values() if isinstance(kept, dict) else kept:
            yield from leaves(one)
    else:
        yield str(kept)


def kept_in(page):
    """Every text in the page's IndexedDB, localStorage and sessionStorage."""
    return [leaf for kept in page.evaluate(STORED) for leaf in leaves(json.loads(kept))]


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


def test_the_browser_masks_what_the_server_masks(sam, browse_as):
    page = browse_as(sam, LOG)
    cases = json.loads(CASES.read_text())
    for case, masked in zip(
        cases, page.evaluate(MASK_ALL, [c["text"] for c in cases]), strict=True
    ):
        found = [[one["first"], one["last"], one["digits"]] for one in masked["found"]]
        assert (masked["text"], found, masked["codes"]) == (
            case["masked"],
            case["found"],
            case["codes"],
        )


def test_a_pasted_number_is_masked_at_once_and_the_line_is_saved(sam, tina, browse_as):
    page = browse_as(sam, LOG)
    page.locator("#entry-agent").fill("Tina / 123456")
    page.locator("#entry-concern").fill("charged on 4111-1111-1111-1111 twice")
    expect(page.locator("#entry-concern")).to_have_value("charged on •••• 1111 twice")
    expect(page.locator("#card-notice")).to_contain_text("A card number ending 1111 was masked.")
    page.locator("#entry-resolution").fill("refunded")
    page.keyboard.press("Enter")
    expect(page.locator("tbody.line", has_text="charged on •••• 1111 twice")).to_be_visible()
    number = MaskedNumber.objects.get()
    assert (number.field, number.shape) == ("concern", NotACard("411111", "1111", 16))
    assert number.escalation.concern == "charged on •••• 1111 twice"


def test_a_number_typed_key_by_key_never_reaches_the_browsers_storage(sam, tina, browse_as):
    page = browse_as(sam, LOG)
    page.locator("#entry-concern").focus()
    for digit in "4111 1111 1111 1111":
        page.keyboard.type(digit)
        page.wait_for_timeout(20)
        if digit == " ":
            page.wait_for_timeout(250)
        assert not any(left_of(CARDS[0], text) for text in kept_in(page))
    page.keyboard.type(" please")
    expect(page.locator("#entry-concern")).to_have_value("•••• 1111 please")


def test_no_way_of_writing_reaches_storage_or_wire(sam, tina, browse_as):
    page = browse_as(sam, LOG)
    sent = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    some = texts()[::7]
    for _, number, text in some:
        page.locator("#entry-concern").fill(text)
        page.wait_for_timeout(230)
        assert not any(left_of(number, kept) for kept in kept_in(page))
    page.locator("#entry-agent").fill("Tina / 123456")
    page.locator("#entry-resolution").fill("; ".join(text for _, _, text in some[:6]))
    page.keyboard.press("Enter")
    expect(page.locator("tbody.line")).to_have_count(1)
    page.locator("#search").fill(CARDS[1])
    page.locator("#search").press("Enter")
    page.wait_for_url("**q=**")
    for number in CARDS:
        assert not any(left_of(number, text) for text in [*sent, page.url, page.content()])
    line = Escalation.objects.get()
    assert not any(left_of(number, line.concern + line.resolution) for number in CARDS)


def test_a_number_let_through_is_left_alone(sam, skyline, tina, browse_as):
    skyline.not_cards = ["411111 1111 16"]
    skyline.save()
    page = browse_as(sam, LOG)
    page.locator("#entry-concern").fill("order 4111111111111111 and 5555555555554444")
    expect(page.locator("#entry-concern")).to_have_value("order 4111111111111111 and •••• 4444")


def test_passwords_are_never_touched(page):
    page.goto("/accounts/login/")
    page.locator("[name=password]").fill("4111111111111111")
    page.locator("[name=login]").fill("4111111111111111")
    expect(page.locator("[name=login]")).to_have_value("•••• 1111")
    expect(page.locator("[name=password]")).to_have_value("4111111111111111")
