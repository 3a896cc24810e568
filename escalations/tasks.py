"""Work for later: each task takes an id and calls one action."""

from django_tasks import task

from escalations.actions import import_failure, import_steps
from escalations.models import Import


@task()
def work_on_import(pk: int) -> None:
    """Do the step an import stands in; safe to run again, and for two workers at once."""
    import_steps.work(Import.objects.select_related("program").get(pk=pk))


GIVEN_UP = {"work_on_import": import_failure.stop}
"""What to do with a task's arguments when it was tried often enough (config/jobs.py)."""
