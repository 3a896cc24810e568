"""Addresses under /p/<p>/calibration/; a topic's slug is never a lone dash."""

from django.urls import URLPattern, URLResolver, path

from calibration.views import known, topic, topic_steps, topics

urlpatterns: list[URLPattern | URLResolver] = [
    path("", topics.calibration, name="calibration"),
    path("known/", known.known, name="known"),
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
