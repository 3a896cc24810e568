"""The techniques every program begins with: six steps of a hard call, four handover questions.

The database puts them into a new program (config/migrations); each can be worded anew there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """One technique as it ships; `guide` says of which list, in the order given here."""

    guide: str
    title: str
    when: str
    do: str
    say: str
    dont: str
    who_may: str = "Everybody who takes the call."


SHIPPED = (
    Shipped(
        guide="handling",
        title="Acknowledge",
        when="The customer is upset, or has told the story before.",
        do="Let the customer finish.\nName what happened and what it does to the customer.\n"
        "Say that you will take care of it now.",
        say="I hear you: the bill is higher than you were told, and this is your third call. "
        "I would be upset too. Let me take care of it from here.",
        dont="Do not interrupt, defend, or explain the policy yet.\nDo not say “calm down”.",
    ),
    Shipped(
        guide="handling",
        title="Gather",
        when="The customer has been heard and is ready to answer.",
        do="Ask open questions first, then closed ones.\nLook at the account while you listen.\n"
        "Ask what the customer wants to happen.",
        say="So that I get this right: when did it begin, and what would put it right for you?",
        dont="Do not ask what the agent has asked already: read the handover.",
    ),
    Shipped(
        guide="handling",
        title="Summarise",
        when="You know the facts and what is wanted.",
        do="Say back the facts, the feeling and the wish in two sentences.\n"
        "Wait for the customer’s yes.",
        say="Let me make sure I have it: … and what you would like is … Did I get that right?",
        dont="Do not go on while the customer says no: gather again.",
    ),
    Shipped(
        guide="handling",
        title="Apologise and offer",
        when="The customer agrees with your summary.",
        do="Say sorry once, for the thing itself.\nOffer what is possible, two ways if there are."
        "\nSay what is not possible in plain words, and what is possible instead.",
        say="I am sorry about this. Here is what I can do for you today: … or … "
        "Which one do you prefer?",
        dont="Do not promise for others.\nDo not say “policy” without the reason behind it.",
    ),
    Shipped(
        guide="handling",
        title="Finalise",
        when="The customer has chosen.",
        do="Do it while the customer is on the line.\nSay what happens next, by whom and by when.\n"
        "Ask whether anything else is open.",
        say="That is done. You will see it on … If not, call us and name this date. "
        "Is there anything else?",
        dont="Do not end the call on “somebody will call you” without a time.",
    ),
    Shipped(
        guide="handling",
        title="Document and follow up",
        when="The call is over.",
        do="Log the line: the concern, what was done, whether it is resolved.\n"
        "Note a promised call-back with its time.\nTell the agent what would have helped earlier.",
        say="What I promised stands on the line, with the time.",
        dont="Do not leave it for the end of the shift.",
    ),
    Shipped(
        guide="handover",
        title="What is the concern?",
        when="An agent hands a call over.",
        do="Let the agent say it in one sentence, in the customer’s words.",
        say="What is the customer’s concern, in one sentence?",
        dont="Do not take the call over before you know it.",
        who_may="The agent answers, the SME asks.",
    ),
    Shipped(
        guide="handover",
        title="What was your resolution?",
        when="An agent hands a call over.",
        do="Ask what was offered, so that you do not offer it again as something new.",
        say="What have you offered so far?",
        dont="Do not correct the agent while the customer waits.",
        who_may="The agent answers, the SME asks.",
    ),
    Shipped(
        guide="handover",
        title="Why does the customer not accept it?",
        when="An agent hands a call over.",
        do="Ask for the customer’s reason, not for the agent’s view of it.",
        say="What did the customer say against it?",
        dont="Do not accept “is just angry”: there is a reason.",
        who_may="The agent answers, the SME asks.",
    ),
    Shipped(
        guide="handover",
        title="What does the customer want to happen?",
        when="An agent hands a call over.",
        do="Ask for the wish in the customer’s words, even if it is not possible.",
        say="What would the customer like us to do?",
        dont="Do not guess it from the concern.",
        who_may="The agent answers, the SME asks.",
    ),
)
