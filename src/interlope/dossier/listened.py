"""Listened: who was listened to and said nothing; a [[listened]] is read as a claim of kind `silence`."""
from __future__ import annotations

from datetime import date

from interlope.dossier.claim import SILENCE, Claim
from interlope.dossier.entry import Context, days, known, passage, read_early_days, region
from interlope.dossier.facts import RANGES
from interlope.dossier.meaning import interpret
from interlope.dossier.requirement import check_bounds, check_chances
from interlope.quantities import OPERATIONS
from interlope.toml.table import Table


def listened(table: Table, context: Context) -> Claim:
    """Read one [[listened]]: a root that would have spoken if ..., with the chances that it does, and did not.

    Parameters
    ----------
    table : Table
        The [[listened]].
    context : Context
        The rest of the dossier.

    Returns
    -------
    Claim
        Of kind `silence`, known from the day until which it was listened to.
    """
    name, parent = table.name("id"), table.text("root")
    known(table, "root", parent, context.roots)
    chain, lost, by_letters = passage(table, parent, context)
    words = table.text("would_say")
    series, reduce, unit = table.text("series"), table.text("reduce", among=OPERATIONS), table.text("unit", "")
    window, until = days(table, context), table.day("until")
    early = read_early_days(table, context, window, scored=True)
    facts = {"threshold": table.number("threshold"), "sd": None, "reference": None}
    result = Claim(
        id=name, paraphrase=f"did not say: {words}", kind=SILENCE, published=until or date.min, carries=True, root=parent, chain=chain,
        series=series, counted=table.text("counted", ""), unit=unit, place=region(table, context), window=window, reduce=reduce,
        threshold=facts["threshold"], stated=not table.flag("denial", False),
        chance_if_true=table.number("speaks_if_true", low=RANGES["chance_if_true"][0], high=RANGES["chance_if_true"][1]),
        chance_if_false=table.number("speaks_if_false", low=RANGES["chance_if_false"][0], high=RANGES["chance_if_false"][1]),
        interpretations=interpret(table, series, reduce, unit, window, (), facts), distortion=lost, by_letters=by_letters,
        flags=early, note=table.text("note", ""))
    if window and until and until < window[1]:
        table.fault(f"until = {until}, before the window ends ({window[1]})", "a day from then on, as nobody speaks of days to come",
                    "until")
    origin = context.roots.get(parent)
    if until and origin and until < origin.completed:
        table.fault(f"until = {until}, before root '{parent}' was made ({origin.completed})", "a day from then on", "until")
    check_chances(table, result, "speaks_if_true")
    if result.interpretations:
        check_bounds(table, result)
    table.close()
    return result
