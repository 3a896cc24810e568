"""Addresses under /p/<p>/ for feedback, the agent's own page and promised call-backs."""

from django.urls import path

from escalations.views import feedback, follow_ups, my_feedback, quick_texts

urlpatterns = [
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/quick/", quick_texts.quick_texts, name="quick_texts"),
    path("feedback/quick/<int:pk>/", quick_texts.quick_text, name="quick_text"),
    path("feedback/<int:n>/", feedback.feedback_give, name="feedback_give"),
    path("feedback/<int:n>/waive/", feedback.feedback_waive, name="feedback_waive"),
    path("feedback/<int:n>/back/", feedback.feedback_back, name="feedback_back"),
    path("feedback/<int:n>/slip/", feedback.feedback_slip, name="feedback_slip"),
    path("my-feedback/", my_feedback.my_feedback, name="my_feedback"),
    path("my-feedback/<int:n>/", my_feedback.my_feedback_answer, name="my_feedback_answer"),
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/<int:n>/", follow_ups.follow_up, name="follow_up"),
    path("follow-ups/<int:n>/back/", follow_ups.follow_up_back, name="follow_up_back"),
]
