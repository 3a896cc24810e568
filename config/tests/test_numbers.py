"""The page of numbers is generated and says what the definitions say, and so does the site."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.core.management import call_command

from config.management.commands import numbers
from escalations.counted import COUNTED
from reports import definitions
from reports.chapters import chapters
from reports.counted import WITH_VOLUME
from reports.definitions.effect import Figure


def test_the_page_of_numbers_is_fresh():
    assert numbers.where().read_text(encoding="utf-8") == numbers.page(), (
        "Run: python manage.py numbers"
    )


def test_the_page_of_numbers_is_written_by_a_command(tmp_path, monkeypatch):
    monkeypatch.setattr(numbers, "where", lambda: tmp_path / "numbers.md")
    call_command("numbers")
    assert "`count=feedback-owed`" in (tmp_path / "numbers.md").read_text()


def test_everything_the_sheet_can_count_is_defined_once():
    every = [one for chapter in chapters() for one in chapter.numbers]
    slugs = [one.slug for one in every]
    assert len(slugs) == len(set(slugs))
    assert {one.slug for one in every if one.counts_lines} | {WITH_VOLUME} == set(COUNTED)
    for one in every:
        assert "Unit: " in one.said
        if one.counts_lines:
            assert "Population: " in one.said
            assert "Zone: " in one.said


def test_every_figure_that_is_defined_is_in_a_chapter():
    modules = [
        import_module(f"{definitions.__name__}.{one.name}")
        for one in iter_modules(definitions.__path__)
    ]
    figures = {
        one for module in modules for one in vars(module).values() if isinstance(one, Figure)
    }
    said = {one.slug for chapter in chapters() for one in chapter.numbers}
    assert {one.slug for one in figures} <= said


@pytest.mark.django_db
def test_an_sme_reads_the_same_words_on_the_site(sam, browse):
    page = browse(sam).get("/p/skyline/reports/definitions/").content.decode()
    for chapter in chapters():
        for one in chapter.numbers:
            assert f'id="{one.slug}"' in page
    assert "Lines whose feedback is required and not given yet." in page
