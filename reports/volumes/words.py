"""Hours, averages and addresses of call volumes in words."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from people.templatetags.tala import say_time
from reports.volumes.hourly import Numbers

STAMP = "%Y%m%dT%H%MZ"


def stamp_of(hour: datetime) -> str:
    """An hour as it stands in an address, in UTC."""
    return hour.astimezone(UTC).strftime(STAMP)


def hour_of(stamp: str) -> datetime | None:
    """The hour of an address; None for what is none."""
    try:
        return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def say_hour(hour: datetime, zone: ZoneInfo) -> str:
    """`6 PM`; of an hour that comes twice which of the two."""
    local = hour.astimezone(zone)
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    which = (", the first", ", the second")[local.fold] if is_twice else ""
    return say_time(hour, zone).replace(":00", "") + which


def say_duration(seconds: Decimal | float | None) -> str:
    """`0:45`, `5:30`, `1:02:05`, tenths if there are any; "" for None."""
    if seconds is None:
        return ""
    tenths = round(Decimal(seconds) * 10)
    whole, tenth = divmod(tenths, 10)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    rest = f":{second:02}" + (f".{tenth}" if tenth else "")
    return (f"{hours}:{minute:02}" if hours else f"{minute}") + rest


def say_numbers(numbers: Numbers) -> str:
    """What is known of an hour, in words."""
    if numbers.calls is None:
        return "no denominator"
    said = [f"{numbers.calls:,} call{'' if numbers.calls == 1 else 's'} handled"]
    if numbers.wait is not None:
        said.append(f"average wait {say_duration(numbers.wait)}")
    if numbers.handling is not None:
        said.append(f"average handling {say_duration(numbers.handling)}")
    return ", ".join(said)
