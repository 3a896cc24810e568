"""Addresses under /p/<p>/calibration/; a topic's slug is never a lone dash."""

from django.urls import URLPattern, URLResolver, path

from calibration.views import (
    dashboard,
    known,
    session,
    session_cases,
    sessions,
    topic,
    topic_steps,
    topics,
    unresolved,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", dashboard.calibration, name="calibration"),
    path("known/", known.known, name="known"),
    path("unresolved/", unresolved.unresolved_alike, name="unresolved_alike"),
    path("known/use/", known.known_use, name="known_use"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/new/", sessions.session_new, name="session_new"),
    path("sessions/<int:n>/", session.session, name="session"),
    path("sessions/<int:n>/prepare/", sessions.session_prepare, name="session_prepare"),
    path("sessions/<int:n>/ask/", session.session_ask, name="session_ask"),
    path("sessions/<int:n>/remind/", session.session_remind, name="session_remind"),
    path("sessions/<int:n>/reveal/", session.session_reveal, name="session_reveal"),
    path("sessions/<int:n>/conclude/", session.session_conclude, name="session_conclude"),
    path("sessions/<int:n>/cancel/", session.session_cancel, name="session_cancel"),
    path("sessions/<int:n>/attendance/", session.session_attendance, name="session_attendance"),
    path("sessions/<int:n>/again/", session.session_again, name="session_again"),
    path("sessions/<int:n>/practice/", session.session_practice, name="session_practice"),
    path("sessions/<int:n>/minutes/", session.session_minutes, name="session_minutes"),
    path("sessions/<int:n>/<int:case>/", session_cases.session_answer, name="session_answer"),
    path(
        "sessions/<int:n>/<int:case>/ruling/", session_cases.session_ruling, name="session_ruling"
    ),
    path(
        "sessions/<int:n>/<int:case>/groups/", session_cases.session_groups, name="session_groups"
    ),
    path("topics/", topics.topics, name="topics"),
    path("topics/-/find/", topic_steps.topics_find, name="topics_find"),
    path("topics/-/suggestions/", topics.topic_suggestions, name="topic_suggestions"),
    path("topics/-/proposals/", topics.topic_proposals, name="topic_proposals"),
    path("topics/-/proposals/accept/", topics.topic_accept, name="topic_accept"),
    path("topics/-/steps/", topic_steps.topic_steps, name="topic_steps"),
    path("topics/-/steps/<int:pk>/undo/", topic_steps.topic_undo, name="topic_undo"),
    path("topics/<slug:slug>/", topic.topic, name="topic"),
    path("topics/<slug:slug>/rename/", topic.topic_rename, name="topic_rename"),
    path("topics/<slug:slug>/merge/", topic.topic_merge, name="topic_merge"),
]
