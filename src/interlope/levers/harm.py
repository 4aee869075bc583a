"""Harm side: which harms to people a lever can raise or lower, through which control of the model, and on whose word."""
from __future__ import annotations

from dataclasses import dataclass

from interlope.results.reference import LeverHarm
from interlope.wording import Words, fill

CLIENTS = ("client_deaths", "client_injuries")
PERSONNEL = ("personnel_injured", "personnel_killed")


@dataclass(frozen=True)
class HarmChannel:
    """One way in which a lever moves harm.

    Attributes
    ----------
    harms : tuple[str, ...]
        Recorded series that are harm.
    rises : bool
        True where the lever raises them, False where it lowers them, all else equal.
    control : str
        The control by which it does.
    through : str
        How, in plain words.
    source : str
        A bibliography key for the direction, or `assumption`.
    size : str
        The number that says how much, of the model or of the lever; at zero this way is closed. Empty where several numbers do.
    """

    harms: tuple[str, ...]
    rises: bool
    control: str
    through: str
    source: str = "assumption"
    size: str = ""


@dataclass(frozen=True)
class HarmSide:
    """What a lever declares of harm.

    Attributes
    ----------
    channels : tuple[HarmChannel, ...]
        Ways in which it moves harm in the model.
    not_modelled : str
        Harm that it may do, or spare, and for which the model has no channel. Required where there are no channels.
    """

    channels: tuple[HarmChannel, ...] = ()
    not_modelled: str = ""

    def __post_init__(self) -> None:
        if not self.channels and not self.not_modelled:
            raise ValueError("a harm side without channels; expected 'not_modelled', which says why there is none")


def list_harms(lever: str, side: HarmSide | None, words: Words | None = None) -> list[LeverHarm]:
    """List the channels of a lever as records; none where it declares nothing.

    Parameters
    ----------
    lever : str
        Name of the lever.
    side : HarmSide or None
        What it declares.
    words : Mapping[str, str], optional
        Words of a case, for the texts; those in use where there are none.

    Examples
    --------
    >>> side = HarmSide((HarmChannel(CLIENTS, True, "harm_factor", "longer ways"),))
    >>> [(harm.direction, harm.harms) for harm in list_harms("border_hardening", side)]
    [('raises', ['client_deaths', 'client_injuries'])]
    """
    return [LeverHarm(lever=lever, harms=list(c.harms), direction="raises" if c.rises else "lowers", control=c.control,
                      through=fill(c.through, words), source=c.source, size=c.size) for c in (side.channels if side else ())]
