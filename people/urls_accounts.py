"""Addresses under /accounts/ that are ours."""

urlpatterns: list = []
