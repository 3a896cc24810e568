"""One session: blind, revealed or concluded, and every step from one to the next."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from calibration.actions import preparing, rulings
from calibration.actions import sessions as actions
from calibration.forms_sessions import WhoAndWhen, local_wall, usual_deadline
from calibration.minutes import minutes
from calibration.models import BestPractice, Session, SessionState
from calibration.models.ladder import State
from calibration.sessionlist import answerers, asked_of, next_open
from calibration.sessionview import read_revealed
from calibration.views.sessions import session_of
from escalations.views.posted import version_of
from people.access import MemberRequest, member_page
from people.refusals import ActionRefused


@require_safe
@member_page("read_log")
def session(request: MemberRequest, n: int) -> HttpResponse:
    """The session as it stands for who looks: the captain, a participant, anybody else."""
    found = session_of(request, n)
    if found.state == SessionState.PREPARED:
        return redirect("session_prepare", p=request.program.slug, n=n)
    if found.is_revealed:
        return render(request, "calibration/session_revealed.html", _revealed(request, found))
    return render(request, "calibration/session.html", _blind(request, found))


@require_safe
@member_page("read_log")
def session_minutes(request: MemberRequest, n: int) -> HttpResponse:
    """What was answered and ruled, on paper; there is nothing to print before the reveal."""
    found = session_of(request, n)
    if not found.is_revealed:
        raise ActionRefused("There are minutes once the answers are revealed.")
    context = _revealed(request, found)
    context["minutes"] = minutes(context["seen"])
    return render(request, "calibration/session_minutes.html", context)


@require_POST
@member_page("run_sessions")
def session_ask(request: MemberRequest, n: int) -> HttpResponse:
    """Ask more people (`who`), or until another `deadline` (`version`)."""
    found = session_of(request, n)
    form = WhoAndWhen(request.POST, program=request.program, members=answerers(request.program))
    if not form.is_valid():
        context = {**_blind(request, found), "ask_form": form}
        return render(request, "calibration/session.html", context, status=422)
    said = form.cleaned_data
    actions.ask_further(
        found, form.people, deadline=said["deadline"], version=said["version"],
        by=request.membership,
    )  # fmt: skip
    return _done(request, n, "Saved.")


@require_POST
@member_page("run_sessions")
def session_remind(request: MemberRequest, n: int) -> HttpResponse:
    """Tell those who are missing once more (`version`)."""
    found = session_of(request, n)
    told = actions.remind(found, version=version_of(request), by=request.membership)
    said = f"{told} reminded." if told else "They were reminded within this hour."
    return _done(request, n, said)


@require_POST
@member_page("run_sessions")
def session_reveal(request: MemberRequest, n: int) -> HttpResponse:
    """Show everybody's answers to everybody (`version`)."""
    found = session_of(request, n)
    actions.reveal(found, version=version_of(request), by=request.membership)
    return _done(request, n, "Revealed. The case with the largest split stands first.")


@require_POST
@member_page("run_sessions")
def session_conclude(request: MemberRequest, n: int) -> HttpResponse:
    """End it, every case ruled on (`version`)."""
    found = session_of(request, n)
    actions.conclude(found, version=version_of(request), by=request.membership)
    return _done(request, n, "Concluded. Its minutes can be printed.")


@require_POST
@member_page("run_sessions")
def session_cancel(request: MemberRequest, n: int) -> HttpResponse:
    """Call it off with a `reason` (`version`); blind answers stay blind, others readable."""
    found, reason = session_of(request, n), request.POST.get("reason", "")
    actions.cancel(found, reason=reason, version=version_of(request), by=request.membership)
    messages.success(request, f"Session {n} is called off.")
    return redirect("sessions", p=request.program.slug)


@require_POST
@member_page("run_sessions")
def session_attendance(request: MemberRequest, n: int) -> HttpResponse:
    """Note who was there: `there`, by the user's key; everybody else asked was not (`version`)."""
    found = session_of(request, n)
    there = set(request.POST.getlist("there"))
    asked = found.participants.values_list("user", flat=True)
    noted = {user: str(user) in there for user in asked}
    actions.note_attendance(found, noted, version=version_of(request), by=request.membership)
    return _done(request, n, "Noted who was there.")


@require_POST
@member_page("run_sessions")
def session_again(request: MemberRequest, n: int) -> HttpResponse:
    """Prepare a second blind round of the same cases (`key`)."""
    found, key = session_of(request, n), _key(request)
    deadline = usual_deadline(request.program)
    made = preparing.prepare_second_round(found, deadline=deadline, key=key, by=request.membership)
    return _done(request, made.number, "The second round is prepared. Open it when it is time.")


@require_POST
@member_page("run_sessions")
def session_practice(request: MemberRequest, n: int) -> HttpResponse:
    """Draft the topic's answer from the rulings (`key`), or go to the draft there is."""
    made = rulings.draft_practice(session_of(request, n), key=_key(request), by=request.membership)
    return redirect("practice", p=request.program.slug, n=made.number)


def _key(request: MemberRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise ActionRefused("The form has no key. Reload the page.") from error


def _blind(request: MemberRequest, found: Session) -> dict[str, Any]:
    """Before the reveal: one's own answers; to the captain who has answered, and no word of it."""
    member = request.membership
    context: dict[str, Any] = {"session": found, "case_count": found.cases.count()}
    asked = found.participants.filter(user=member.user_id).exists()
    if asked and member.may("give_position"):
        context["cases"] = asked_of(found, member)
        context["next"] = next_open(context["cases"])
    if member.may("run_sessions"):
        people = found.participants.with_answered().select_related("user").order_by("pk")
        context["asked"] = sorted(people, key=lambda one: str(one.user).lower())
        known, may = {one.user_id for one in people}, answerers(request.program)
        context["members"] = [m for m in may if m.user_id not in known]
        context["gone"] = known - {m.user_id for m in may}
        context["deadline"] = local_wall(found.deadline, request.program)
    return context


def _revealed(request: MemberRequest, found: Session) -> dict[str, Any]:
    seen = read_revealed(found, request.membership)
    made = BestPractice.objects.visible_to(request.membership).filter(session=found.number)
    context: dict[str, Any] = {"session": found, "seen": seen, "key": uuid.uuid4()}
    context["practices"] = practices = list(made.order_by("number"))
    context["has_practice"] = any(one.state != State.RETIRED for one in practices)
    again = Session.objects.visible_to(request.membership).filter(first_round=found)
    context["again"] = again.exclude(state=SessionState.CANCELLED).first()
    return context


def _done(request: MemberRequest, n: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("session", p=request.program.slug, n=n)
