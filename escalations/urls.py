"""Addresses under /p/<p>/log/."""

from django.urls import include, path

from escalations.views import calling, closing, line, log, masked, topic

urlpatterns = [
    path("", log.log, name="log"),
    path("print/", log.log_print, name="log_print"),
    path("<int:n>/", line.line, name="line"),
    path("<int:n>/row/", line.line_row, name="line_row"),
    path("<int:n>/edit/", line.line_edit, name="line_edit"),
    path("<int:n>/call/", calling.line_call, name="line_call"),
    path("<int:n>/close/", closing.line_close, name="line_close"),
    path("<int:n>/void/", line.line_void, name="line_void"),
    path("<int:n>/undo/", line.line_undo, name="line_undo"),
    path("<int:n>/topic/", topic.line_topic, name="line_topic"),
    path("<int:n>/masked/<int:pk>/", masked.line_masked, name="line_masked"),
    path("", include("escalations.urls_imports")),
]
