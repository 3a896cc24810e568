"""The address of the wall display, /p/<p>/board/."""

from django.urls import path

from reports.views import board

urlpatterns = [path("", board.board, name="board")]
