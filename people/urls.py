"""Addresses under /p/<p>/people/."""

urlpatterns: list = []
