"""What every change of a best practice asks: who gives it, what it says, what it replaces."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from calibration.models import BestPractice
from calibration.models.ladder import GIVES, State
from calibration.models.practices import PARTS, TITLE
from calibration.querysets_practices import PracticeQuerySet
from calibration.twopages import too_long
from escalations.actions.topic_places import root_of
from escalations.models import Topic
from people.actions.messages import notify
from people.cardwords import without_cards
from people.models import Membership
from people.refusals import ActionRefused


def check_gives(authority: str, *, by: Membership) -> None:
    """Raise PermissionDenied unless the member gives answers by this authority."""
    if authority not in GIVES:
        raise ActionRefused("Nobody’s word is called that.")
    if not by.may(GIVES[authority]):
        raise PermissionDenied("That is not yours to say.")


def check_move(practice: BestPractice, state: str) -> None:
    """Raise ActionRefused unless the practice can become that."""
    if not practice.can_become(state):
        now = State(practice.state).label.lower()
        raise ActionRefused(f"What is {now} cannot become {State(state).label.lower()}.")


def hold_library(by: Membership) -> None:
    """Let one at a time write the program's techniques and numbers, until the transaction ends."""
    type(by.program).objects.select_for_update(no_key=True).get(pk=by.program_id)


def locked(practice: BestPractice, *, by: Membership) -> BestPractice:
    """The practice as it is now; BestPractice.DoesNotExist.

    Locked before it: the topic that its own stands for by now, which is set as its topic, so that
    one at a time changes what is in force for it; for a technique the library.
    """
    mine = BestPractice.objects.visible_to(by)
    place: int | None = mine.values_list("topic", flat=True).get(pk=practice.pk)
    held = None
    if place is None:
        hold_library(by)
    while place is not None:  # as the merge does, from the one merged away to the one it is now
        held = Topic.objects.select_for_update(no_key=True).get(pk=place)
        place = held.merged_into_id
    fresh = mine.select_for_update().get(pk=practice.pk)
    fresh.topic, fresh.program = held, by.program
    return fresh


def standing(practice: BestPractice) -> PracticeQuerySet:
    """What is in force in its place, the one that people go by first; itself never.

    For an answer those of its topic and of the topics merged into it; for a technique what came
    before or after it, and what stands at its place of the guide.
    """
    if practice.topic is None:
        return BestPractice.objects.beside(practice)
    return BestPractice.objects.answers_to(root_of(practice.topic)).exclude(pk=practice.pk)


def standing_before(practice: BestPractice) -> BestPractice | None:
    """What it would replace: the first of `standing`."""
    return standing(practice).first()


def the_number(practice: BestPractice | None) -> int | None:
    """Its number, if there is one."""
    return practice.number if practice else None


def words_of(words: Mapping[str, str], *, by: Membership) -> dict[str, str]:
    """The title and the parts, without card numbers; ActionRefused when they fit no two pages."""
    said = {name: str(words.get(name, "")).replace("\0", "").strip() for name in PARTS}
    said["title"] = " ".join(str(words.get("title", "")).replace("\0", "").split())
    said = {name: text.replace("\r\n", "\n") for name, text in said.items()}
    said = without_cards(said, by.program)
    if not said["title"]:
        raise ActionRefused("Give it a title.")
    if len(said["title"]) > TITLE:
        raise ActionRefused(f"A title has at most {TITLE} characters.")
    if not (said["do"] or said["say"]):
        raise ActionRefused("Write what to do or what to say.")
    if problem := too_long(said):
        raise ActionRefused(problem)
    return said


def tell_members(practice: BestPractice, *, by: Membership) -> None:
    """Tell everybody who reads best practices that this one is in force, but who did it."""
    program = by.program
    link = reverse("practice", kwargs={"p": program.slug, "n": practice.number})
    members = program.memberships.active().exclude(user=by.user)
    once = f"practice:{practice.pk}:{practice.version}"
    sentence = f"New best practice: {practice.title}"
    notify(members, "practice_published", sentence, link, program=program, once=once)
