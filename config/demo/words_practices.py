"""What the demo floor's best practices say."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card: to which topic (none: a technique), by whose word, so many days ago.

    `ended` is how many days ago it was retired and `why`; a draft has no days.
    """

    topic: str = ""
    authority: str
    days: int | None
    source: str = ""
    ended: tuple[int, str] | None = None
    words: dict[str, str] = field(default_factory=dict)


CARDS = (
    Card(
        topic="late fee",
        authority="interim",
        days=80,
        words={
            "title": "Waive a first late fee",
            "do": "Waive it if it is the first one this year.",
            "say": "I see it is the first time, so I will take it off for you.",
        },
    ),
    Card(
        topic="late fee",
        authority="calibrated",
        days=45,
        source="Calibration of six late-fee calls, five SMEs",
        words={
            "title": "One courtesy waiver in twelve months",
            "when": "The customer asks for a late fee to be taken off and the account had no "
            "waiver in the last twelve months.",
            "do": "Waive one late fee as a courtesy.\nSay that it is the only one in twelve months."
            "\nOffer autopay or another due date, so that it does not come back.",
            "say": "You have been with us for a while and I see this is the first time. I am "
            "taking the late fee off today. It is a courtesy we can give once a year, so let us "
            "set up autopay, and it will not happen again.",
            "dont": "Do not waive two months at once.\nDo not argue about the mail.",
            "who_may": "Every SME. A second waiver within the year: the Operations Manager.",
        },
    ),
    Card(
        topic="bill went up",
        authority="client",
        days=14,
        words={
            "title": "One more month, then the regular price",
            "when": "A promotion ended and the end was not printed on the last bill.",
            "do": "Credit one more month at the old price.\nSay that it is the last one.\n"
            "Look for an offer the account can have now.",
            "say": "The end of your offer should have been on the last bill, and it was not. I am "
            "crediting one more month at the old price. From the next bill on it is the regular "
            "price, so let us look at what fits you better.",
            "dont": "Do not promise the old price for longer.",
            "who_may": "Every SME, by note on the account.",
        },
    ),
    Card(
        topic="cancel",
        authority="manager",
        days=20,
        source="The Operations Manager after the week of the strike",
        words={
            "title": "Three facts, one offer, then let go",
            "when": "The customer wants to cancel and refuses to be transferred to retention.",
            "do": "Say the end date, the fee and what is still to be paid.\nMake one offer, once.\n"
            "If the answer is no, disconnect with the date the customer wants.",
            "say": "I will do it for you now. Before I do: your contract ends on …, the fee would "
            "be … There is one thing I can offer you. If it is not for you, I will disconnect.",
            "dont": "Do not ask why a second time.",
            "who_may": "Every SME. A fee above our limit goes to the Operations Manager.",
        },
    ),
    Card(
        topic="equipment rental",
        authority="calibrated",
        days=0,
        source="Calibration of four equipment calls, four SMEs",
        words={
            "title": "Stop the rental from the day it was handed in",
            "when": "The box was returned, and the rental goes on.",
            "do": "Ask where and when it was returned.\nStop the rental from that day.\n"
            "File a trace for the box.",
            "say": "You returned it on …, so you pay until that day and not longer. I am taking "
            "off the rest now.",
            "dont": "Do not ask for the receipt first.",
            "who_may": "Every SME, up to three months back.",
        },
    ),
    Card(
        topic="technician visit",
        authority="calibrated",
        days=None,
        source="To be talked over with the SMEs",
        words={
            "title": "A missed visit: the next day first",
            "when": "A technician did not come in the time that was promised.",
            "do": "Take the first slot of the next day.\nCredit the days without service.",
            "say": "Somebody should have been there. I have the first slot of tomorrow for you.",
        },
    ),
    Card(
        topic="pay per view",
        authority="interim",
        days=60,
        ended=(30, "The client took the old titles off the list"),
        words={
            "title": "Credit an order that did not play",
            "do": "Credit it if the box reported an error that day.",
            "say": "I see it did not play. It is off your bill.",
        },
    ),
    Card(
        authority="calibrated",
        days=30,
        source="Calibration of calls with shouting, five SMEs",
        words={
            "title": "Lower your own voice first",
            "when": "The caller shouts.",
            "do": "Lower your voice and slow down.\nSay the name once.\nName one thing you will do "
            "now.",
            "say": "Mr. …, I want to fix this. The first thing I do now is …",
            "dont": "Do not talk over the caller.\nDo not put on hold within the first minute.",
            "who_may": "Everybody.",
        },
    ),
)

MISFITS = (
    "the waiver was used up in spring",
    "business account, other rules",
    "wanted three months back",
    "autopay already on",
)
