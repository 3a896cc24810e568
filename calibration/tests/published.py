"""Published worked examples, and whether a figure is theirs to the digits they give."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("data") / "published-statistics.json"
EXAMPLES: dict[str, Any] = json.loads(FILE.read_text(), parse_float=Decimal)


def is_as_published(figure: float, published: Decimal | int) -> bool:
    """Whether `figure`, rounded to as many digits as were published, is the published one."""
    published = Decimal(published)
    return Decimal(figure).quantize(published) == published
