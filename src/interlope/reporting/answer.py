"""Answer: the result of a study in a few plain sentences, the same in the terminal and in a report."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from interlope.reporting.material import Material
from interlope.reporting.numerals import estimate, odds, signed
from interlope.reporting.words import chance, label, likelihood, listing, readable

CLEAR = 0.8  # a direction is stated when its probability reaches "likely" and no explanation would turn it round
LIKELY = 0.55  # a harm that may rise is never left out beside harms that fall
POOLED = "pooled"

Row = Mapping[str, Any]


def tell_headline(material: Material) -> list[str]:
    """Say the headline, or why there is none; nothing where the calculation is not resolved."""
    held, headline = material.weigh.get("headline_withheld"), material.weigh.get("headline")
    if material.status == "not_resolved":
        return []
    if held:
        return [f"No headline is given, because one root drives the answer ({held['root']}): {sentence(held['reason'])}"]
    return [sentence(headline)] if headline else []


def tell_ranked(material: Material) -> str:
    """Say how probable every explanation is, the most probable first."""
    ranked = sorted(material.weigh["explanations"], key=lambda e: -(e["probability"] or 0.0))
    each = listing([f"{e['name']}: {chance(e['probability'], e.get('low'), e.get('high'))}" for e in ranked])
    lead = "For checking only, not for use" if material.status == "not_resolved" else "Given the evidence"
    return f"{lead}: {each}."


WIDE = 0.1  # the error of a quick run is called wide when a probability may lie anywhere in a range of this size


def tell_error(material: Material) -> str:
    """Say what kind of run it was and how wide the error of the calculation is; only a wide one is a warning."""
    speed = {"quick": "Quick run", "thorough": "Thorough run"}.get(material.mode, f"Run in mode '{material.mode}'")
    ends = [(e["high"] - e["low"], e) for e in material.weigh["explanations"] if None not in (e["low"], e["high"])]
    if not ends:
        return f"{speed}; the error of the calculation could not be worked out."
    if material.status == "not_resolved":
        remedy = "; --thorough spends more histories" if material.mode == "quick" else ""
        return f"{speed} whose own checks failed: the ranges shown may be too narrow{remedy}."
    width, worst = max(ends, key=lambda pair: pair[0])
    reach = f"from {estimate(worst['low'])} to {estimate(worst['high'])}"
    if width > WIDE:
        remedy = "; --thorough narrows it" if material.mode == "quick" else ""
        return (f"{speed} with a wide error: the calculation leaves {worst['name']} anywhere {reach}. Treat every number "
                f"as provisional{remedy}.")
    return f"{speed}: the error of the calculation is small, widest for {worst['name']}: {reach}."


def tell_reasons(reasons: Sequence[Row]) -> list[str]:
    """Say reasons of one kind together, and what helps against them once."""
    groups: dict[tuple[str, str], list[str]] = {}
    for reason in reasons:
        groups.setdefault((reason["code"], reason.get("remedy") or ""), []).append(reason["text"])
    return [
        f"{sentence('; '.join(texts))}{f' What helps: {sentence(remedy, capital=False)}' if remedy else ''}"
        for (_, remedy), texts in groups.items()
    ]


def tell_trust(material: Material) -> list[str]:
    """Say how far the answer follows the letter given to the report's source."""
    said, curve = [], material.weigh.get("curve")
    if curve and curve.get("points"):
        name = max(material.names, key=lambda n: _reach(curve["points"], n))
        low, high = sorted((p["probabilities"][name], p["letter"]) for p in curve["points"])[
            :: len(curve["points"]) - 1
        ]
        much = "depends on" if high[0] - low[0] >= 0.1 else "hardly depends on"
        said.append(
            f"The answer {much} how far the report's source ({readable(curve['source'])}, letter {curve['letter']}) is "
            f"trusted: {name} has {estimate(low[0])} at letter {low[1]} and {estimate(high[0])} at letter {high[1]}."
        )
    return said


def tell_counting(material: Material) -> list[str]:
    """Say what counting every outlet as new evidence would do to the odds."""
    counting = material.weigh.get("counting") or {}
    naive, roots = counting.get("naive"), counting.get("roots")
    told = {p: v for p, v in naive.items() if v is not None and roots.get(p) is not None} if naive and roots else {}
    if naive and roots and told:
        pair = max(told, key=lambda p: abs(told[p] - roots[p]))
        first, _, second = pair.partition("/")
        return [
            f"Counting every outlet as new evidence would give {odds(naive[pair])} for {first} against {second}; "
            f"counting each root once gives {odds(roots.get(pair))}."
        ]
    return []


def tell_options(material: Material, said_of: Collection[str] = ()) -> list[str]:
    """Say what each option does to people, harm first, against the same future without it and against today.

    `said_of` are options of which that has been said already.
    """
    if material.compare is None:
        return ["The options were not compared.", *tell_reasons(material.compare_reasons)]
    compare = material.compare
    harms = [o for o in sorted(compare["outcomes"], key=lambda o: o["order"]) if o["harm"]]
    said, unclear = [], []
    if material.status == "not_resolved" or material.compare_reasons:
        said.append(UNSURE)
    for option in compare["options"]:
        if option["name"] in said_of:
            continue
        rows = [d for d in compare["differences"] if d["option"] == option["name"]]
        over = "today" if _is_reference(rows) else "status_quo"
        text = _tell_option(harms, rows, over)
        if text:
            beside = "today" if over == "today" else "the same future without it"
            said.append(f"{readable(option['name']).capitalize()}, compared with {beside}: {text}.")
        else:
            unclear.append(readable(option["name"]))
    if unclear:
        said.append(f"No harm to people clearly rises or falls under every explanation with {listing(unclear, 'or')}.")
    return said + tell_standing(material)


UNSURE = ("What follows rests on weights that failed their checks: it shows which way the model leans, and is not a "
          "finding.")


def tell_escalation(material: Material) -> list[str]:
    """Say how often operations are answered with organised violence, option by option, where the model says so."""
    rows = [r for r in ((material.compare or {}).get("escalation") or {}).get("chances") or [] if r["explanation"] == POOLED]
    rows = [r for r in rows if r["response"] == "organised_response" and r["chance"] is not None]
    if not rows:
        return []
    window = max(r["days"] for r in rows)
    chances = [f"{readable(r['option'])} {estimate(r['chance'])}" for r in rows if r["days"] == window]
    return [f"Would an operation be answered with organised violence? Chance within {window} days: "
            f"{listing(chances)}; this rests mostly on assumptions about coordination."]


def tell_standing(material: Material) -> list[str]:
    """Say which options no other option beats on every outcome under every explanation."""
    names = [readable(n) for n in (material.compare or {}).get("undominated") or []]
    if not names:
        return []
    if len(names) >= len((material.compare or {})["options"]) - 1:
        return [
            "No option beats another on every outcome under every explanation: what to prefer is a judgement of values."
        ]
    return [f"No other option is better on every outcome under every explanation than: {listing(names)}."]


def _is_reference(rows: Sequence[Row]) -> bool:
    """True for the option that changes nothing: it has no differences over the status quo."""
    return not any(r["over"] == "status_quo" for r in rows)


def clear_direction(rows: Sequence[Row]) -> str:
    """Say whether there is `more` or `fewer` of one outcome, clearly and under every explanation; else nothing.

    `rows` are the differences of one option in one outcome over one comparator, by explanation and pooled.
    """
    found = {direction(r) for r in rows}
    return found.pop() if len(found) == 1 else ""


def _tell_option(harms: Sequence[Row], rows: Sequence[Row], over: str) -> str:
    parts = []
    for word in ("more", "fewer"):
        found = []
        for harm in harms:
            here = [r for r in rows if r["outcome"] == harm["name"] and r["over"] == over]
            pooled = next((r for r in here if r["explanation"] == POOLED), None)
            if pooled is None or clear_direction(here) != word:
                continue
            chance_of = pooled["chance_more" if word == "more" else "chance_less"]
            yet = _yet(harm, rows, word) if over == "status_quo" else ""
            found.append(f"{label(harm['name'])} ({likelihood(chance_of)}: {signed(pooled['mean'], 2)} a year{yet})")
        if found:
            parts.append(f"{word} {listing(found)}")
    least = LIKELY if parts else CLEAR
    unsure = [
        f"{label(r['outcome'])} ({likelihood(r['chance_more'])}: {signed(r['mean'], 2)} a year)"
        for harm in harms
        for r in rows
        if r["outcome"] == harm["name"]
        and r["over"] == over
        and r["explanation"] == POOLED
        and (r["chance_more"] or 0.0) > least
        and not any(label(harm["name"]) in part for part in parts)
    ]
    if unsure:
        lead = "less surely" if parts else "not clearly under every explanation, but on the whole"
        parts.append(f"{lead}, more {listing(unsure)}")
    return "; ".join(parts)


def _yet(harm: Row, rows: Sequence[Row], word: str) -> str:
    """Say when the comparison with today goes the other way: both statements are true, and readers confuse them."""
    today = [r for r in rows if r["outcome"] == harm["name"] and r["over"] == "today" and r["explanation"] == POOLED]
    other = direction(today[0]) if today else ""
    return f"; yet {other} than today, {signed(today[0]['mean'], 2)}" if other and other != word else ""


def direction(row: Row) -> str:
    """Say whether there is `more` or `fewer` in one row, by the chances in it; nothing where that is not clear."""
    more, less = row.get("chance_more"), row.get("chance_less")
    if more is None or less is None:
        return ""
    return "more" if more >= CLEAR else "fewer" if less >= CLEAR else ""


def tell_failures(material: Material) -> list[str]:
    """Say which claims no explanation produces: either the claim or the model is wrong there."""
    everyone = set(material.names)
    met = [c["claim"] for c in material.weigh.get("cannot_meet") or [] if set(c["explanations"]) >= everyone]
    if not met:
        return []
    words = {c["id"]: c["paraphrase"] for c in material.dossier["claims"]}
    shown = [f"{i} ({words[i]})" if i in words else i for i in met[:3]]
    more = f" and {len(met) - 3} more" if len(met) > 3 else ""
    return [f"No explanation produces {listing(shown)}{more}: the claim or the model is wrong there."]


def _reach(points: Sequence[Row], name: str) -> float:
    """How far an explanation's probability moves between letters."""
    found = [p["probabilities"][name] for p in points]
    return max(found) - min(found)


def sentence(text: str, capital: bool = True) -> str:
    """Make a text a sentence: a capital first, if wanted, and a full stop last."""
    text = text.strip()
    if not text:
        return ""
    return (text[0].upper() if capital else text[0]) + text[1:] + ("" if text[-1] in ".!?" else ".")
