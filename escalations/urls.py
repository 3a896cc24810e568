"""Addresses under /p/<p>/log/."""

urlpatterns: list = []
