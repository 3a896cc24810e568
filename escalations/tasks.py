"""Work for later: each task takes an id and calls one action."""

from typing import Any

from django.dispatch import receiver
from django_tasks import TaskResult, TaskResultStatus, task
from django_tasks.signals import task_finished

from escalations.actions import import_failure, import_steps
from escalations.models import Import


@task()
def work_on_import(pk: int) -> None:
    """Do the step an import stands in; safe to run again, and for two workers at once."""
    import_steps.work(Import.objects.select_related("program").get(pk=pk))


@receiver(task_finished)
def say_that_it_stopped(sender: type, task_result: TaskResult[Any], **more: object) -> None:
    """Tell the person when an import's job was given up for good."""
    is_import = task_result.task.module_path == work_on_import.module_path
    if is_import and task_result.status == TaskResultStatus.FAILED:
        import_failure.stop(task_result.args[0])
