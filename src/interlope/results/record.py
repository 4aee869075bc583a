"""Record: the base of every result: frozen, every field named, numbers that are not finite absent."""
from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _finite(value: Any) -> Any:
    """A number, or None in place of one that is not finite: JSON knows no NaN."""
    return None if value is not None and isinstance(value, float) and not math.isfinite(value) else value


Number = Annotated[float | None, BeforeValidator(_finite)]


class Record(BaseModel):
    """A result whose fields are all named: an unknown one is an error."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True, protected_namespaces=())  # "model_" begins names here

