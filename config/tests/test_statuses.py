"""The page of statuses is generated and says what the tables say."""

from django.core.management import call_command

from config.management.commands import statuses


def test_the_page_of_statuses_is_fresh():
    assert statuses.where().read_text(encoding="utf-8") == statuses.page(), (
        "Run: python manage.py statuses"
    )


def test_the_page_of_statuses_is_written_by_a_command(tmp_path, monkeypatch):
    monkeypatch.setattr(statuses, "where", lambda: tmp_path / "statuses.md")
    call_command("statuses")
    assert "stateDiagram" in (tmp_path / "statuses.md").read_text()
