"""What the demo floor asks its client, by topic, and what the client says to it."""

from dataclasses import dataclass

CONTACTS = (
    ("Rachel Kim", "Billing and retention policy", "rachel.kim@skyline.example"),
    ("Customer Care HQ", "Service, devices and fraud", "care.hq@skyline.example"),
)
FURTHER = "Does the same hold for this customer, or is it another case for you?"
ENDED = "Told him what headquarters decided: credited this once, and why not a second time."


@dataclass(frozen=True)
class Ask:
    """The question, the answer that comes back, and what they may want to know first."""

    question: str
    verdict: str
    answer: str
    more: str = "Which plan is it, and since when? We decide with the account’s start date."


ANY = Ask(
    "May we make an exception here, and if so, who approves it on the floor?",
    "do_this",
    "Yes, once per account in twelve months. The Operations Manager approves it by note.",
)
ASKED = {
    "Late fee": Ask(
        "May we waive a second late fee within a year when the bill came late?",
        "do_this",
        "Waive it if our own mail log shows the bill left after the 20th. Otherwise hold policy.",
    ),
    "Bill went up": Ask(
        "The promotion ended without a notice on the bill. Do we honour one more month?",
        "do_this",
        "One more month as a courtesy credit, then the regular price. Say it is the last one.",
    ),
    "Equipment rental": Ask(
        "The customer returned the box at a store that has closed. Do we stop the rental?",
        "do_this",
        "Stop it from the date on the receipt; without one, from the store’s closing date.",
    ),
    "Pay per view": Ask(
        "Ordered by a child, watched for under five minutes. May we take it off?",
        "not_possible",
        "Final: offer the purchase PIN instead.",
    ),
    "Double payment": Ask(
        "Can a double card payment be refunded before it has posted?",
        "not_possible",
        "Not before it has posted: two bank days. Then it goes back by itself.",
    ),
    "Collections": Ask(
        "The debt was sold although the dispute was open. Who takes it back?",
        "do_this",
        "Send the dispute number to our collections desk: they recall it within five days.",
    ),
    "Technician visit": Ask(
        "Two no-shows in a row. May we promise a fixed hour and a credit?",
        "do_this",
        "Fixed hour: yes, through dispatch. The credit is 20 dollars a visit, not more.",
    ),
    "Unauthorized change": Ask(
        "The fraud team closed the case, the customer disputes it. Can it be opened again?",
        "do_this",
        "Open it again with a police report or a signed statement; lock the account until then.",
    ),
    "Cancel": Ask(
        "He moves to where we have no service. Is the termination fee still due?",
        "not_possible",
        "The fee is waived only with a proof of the new address. Without it: final.",
    ),
    "Wants someone else": Ask(
        "May a customer insist on headquarters and skip the floor’s manager?",
        "not_possible",
        "",
    ),
    "Number transfer": Ask(
        "The former carrier rejects the transfer over a wrong PIN. May we send it by hand?",
        "do_this",
        "Yes: the porting desk sends it by hand once the customer has read the PIN to them.",
    ),
    "No internet": Ask(
        "The area’s outage passed its ETA twice. What credit may we promise now?",
        "do_this",
        "A day for each day, doubled from the fourth. Network gives a new ETA by tonight.",
    ),
}
