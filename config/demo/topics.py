"""What a topic of the made-up nights holds: how it is put, how it ends, how often it comes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """A kind of call. `{amount}`, `{month}`, `{days}`, `{device}` and `{channel}` are filled in.

    A concern comes with the places in `resolutions` of those that fit it. One that was `calmed` by
    its best practice so many nights ago came with the weight `before` until then.
    """

    name: str
    weight: int
    concerns: tuple[tuple[str, str], ...]
    resolutions: tuple[str, ...]
    unresolved: tuple[str, ...] = ("client to decide",)
    offered: tuple[str, ...] = ("explained the policy",)
    refused_because: tuple[str, ...] = ("says nobody told him before",)
    wanted: tuple[str, ...] = ("wants it taken off the bill",)
    feedback_percent: int = 18
    unresolved_percent: int = 5
    rising: bool = False
    calmed: int = 0
    before: int = 0
