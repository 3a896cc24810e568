"""An import whose background job was given up says so, where its person looks."""

from escalations.models import Import

WORKING = (Import.State.READING, Import.State.WRITING, Import.State.UNDOING)

STOPPED = (
    "This could not be finished, though it was tried several times; whoever looks after Tala "
    "finds why in the worker's log. What was added stays; the same sheet adds nothing twice."
)


def stop(pk: int) -> None:
    """Mark an import that is still under way as stopped; another one is left as it is."""
    Import.objects.filter(pk=pk, state__in=WORKING).update(
        state=Import.State.FAILED, problem=STOPPED
    )
