"""Asked: each part of the question in a sentence with word, number and range, and in one more what that hangs on.

These are the first lines wherever an answer is given: in the terminal, in a report and in JSON.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from interlope.reporting.answer import (
    LIKELY,
    POOLED,
    clear_direction,
    direction,
    sentence,
    tell_counting,
    tell_failures,
    tell_headline,
    tell_options,
    tell_ranked,
    tell_trust,
)
from interlope.reporting.material import Material
from interlope.reporting.numerals import estimate, interval, plural, signed
from interlope.reporting.words import label, likelihood, listing, readable, series_label

WIDTH = 100  # characters of a line where room is counted in lines
SHOWN = 2  # series, claims and pairs that a sentence names before it counts the rest
MOVES = 0.1  # a probability that moves by as much depends on what moved it
ABOUT = ("explanation", "option")

Row = Mapping[str, Any]


class Said(NamedTuple):
    """A sentence of the answer.

    Where there is little room, those of a high `rank` are said later: 0 is an answer itself, 1 what it hangs on. `short` is the
    same sentence without the numbers that the tables give.
    """

    text: str
    rank: int = 0
    short: str = ""


def tell(material: Material) -> list[str]:
    """Return the whole answer as sentences: the question's parts first, then what else there is to say."""
    return [*(s.text for s in tell_first(material)), *tell_rest(material)]


def tell_first(material: Material, about: Sequence[str] = ABOUT) -> list[Said]:
    """Answer the parts of the question in the order asked.

    A case that does not name them gets all its explanations in one sentence. Where no explanation is likely, it is said what the
    official figures tell and where to look.

    Parameters
    ----------
    material : the results. about : the kinds of parts to answer, `explanation` and `option`.
    """
    said = [Said(_unresolved(material))] if material.status == "not_resolved" else []
    for ask in material.asks:
        if ask.get("explanation") and "explanation" in about:
            said += _answer_explanation(material, ask)
        elif ask.get("option") and "option" in about:
            said += _answer_option(material, ask)
    if "explanation" in about:
        said += _rank(material)
        if not _likely(material):
            said += [Said(text, 3) for text in tell_figures(material)]
    return said


def tell_rest(material: Material, about: Sequence[str] = ABOUT) -> list[str]:
    """Say what the first sentences leave out: what helps, what outlets would count, other options, what nothing explains."""
    said = []
    if material.status == "not_resolved":
        hidden = [r["text"] for r in material.reasons[1:]]
        said += [f"Failed as well: {'; '.join(hidden)}."] if hidden else []
        remedies = dict.fromkeys(r["remedy"] for r in material.reasons if r.get("remedy"))
        said += [f"What helps: {sentence(remedy, capital=False)}" for remedy in remedies]
    if "explanation" in about:
        said += tell_counting(material)
    if "option" in about:
        said += tell_options(material, said_of(material))
    return said + (tell_failures(material) if "explanation" in about else [])


def said_of(material: Material) -> list[str]:
    """Options whose comparison with the same future without them has been told among the first sentences."""
    return [a["option"] for a in material.asks if a.get("option") and a["against"] != "today"]


def fit(said: Sequence[Said], room: int, width: int = WIDTH) -> tuple[list[str], list[str]]:
    """Choose what is said before the tables: as much as `room` lines of `width` hold, the answers themselves before the rest.

    Where the answers and what they hang on would not fit, answers are said in their short form.

    Returns
    -------
    (sentences said first, sentences said later), each in their order.

    >>> fit([Said("one"), Said("two", 2), Said("three", 1)], room=2)
    (['one', 'three'], ['two'])
    """
    if sum(_lines(s.text, width) for s in said if s.rank <= 1) > room:
        said = [s._replace(text=s.short or s.text) for s in said]
    chosen: set[int] = set()
    for i in sorted(range(len(said)), key=lambda i: said[i].rank):
        lines = _lines(said[i].text, width)
        if lines <= room or not chosen:
            chosen.add(i)
            room -= lines
    return [s.text for i, s in enumerate(said) if i in chosen], [s.text for i, s in enumerate(said) if i not in chosen]


def _lines(text: str, width: int) -> int:
    return len(textwrap.wrap(text, width))


def list_asked(material: Material) -> list[dict[str, Any]]:
    """The parts of the question as plain values, each with its answer and what that hangs on, where that is known."""
    found = []
    for ask in material.asks:
        answer, *more = _answer_explanation(material, ask) if ask.get("explanation") else _answer_option(material, ask)
        found.append({**ask, "answer": answer.text, "hangs_on": more[0].text if more else None})
    return found


def _unresolved(material: Material) -> str:
    first, *more = [r["text"] for r in material.reasons] or ["the calculation does not meet its own checks"]
    others = f", and {plural(len(more), 'more check fails', 'more checks fail')}" if more else ""
    return f"Not resolved: {first}{others}. The numbers are for checking only, not for use."


# Explanations


def _answer_explanation(material: Material, ask: Row) -> list[Said]:
    """How probable the explanation is, and whether that follows the letter of the report's source or one root."""
    name = ask["explanation"]
    found = next((e for e in material.weigh["explanations"] if e["name"] == name), None)
    if found is None:
        return [Said(f"{ask['label']}: {name} was not weighed.")]
    p, reach = found["probability"], _reach(found)
    root = _driving_root(material, name)
    if material.status == "not_resolved":
        text = f"for checking only, {estimate(p)} ({reach}, perhaps too narrow)"
        text += f"; one root drives it: {estimate(root[1])} without {root[0]}" if root else ""
    elif root:
        lead = "no headline, because one root drives it" if _withheld(material) == name else "one root drives this"
        with_it, without = f"{likelihood(p)} ({estimate(p)}, {reach})", f"{likelihood(root[1])} ({estimate(root[1])})"
        text = f"{lead}: {with_it} with {root[0]}, {without} without it"
    else:
        text = f"{likelihood(p)} ({estimate(p)}, {reach})"
    said = [Said(f"{ask['label']}: {text}.")]
    return [*said, Said(f"{ask['label']}{_hang_explanation(material, name, p, root is None)}.", 1)]


def _reach(found: Row) -> str:
    low, high = found.get("low"), found.get("high")
    if low is None or high is None:
        return "error not known"
    ends = (estimate(low), estimate(high))
    return f"error {ends[0]} to {ends[1]}" if ends[0] != ends[1] else "hardly any error"


def _hang_explanation(material: Material, name: str, p: float, roots: bool) -> str:
    """What the probability follows: the letter of the report's source and, where `roots`, the root that moves it most."""
    curve = material.weigh.get("curve")
    if not curve or not curve.get("points"):
        text = ": this rests on official figures alone, no claim is weighed"
    else:
        told = [q for q in curve["points"] if name not in (q.get("thin") or [])] or curve["points"]
        points = sorted((q["probabilities"][name], q["letter"]) for q in told)
        ends = [f"{estimate(q)} at {letter}" for q, letter in (points[0], points[-1])]
        text = f", by trust in the report's source ({readable(curve['source'])}, letter {curve['letter']}): {' to '.join(ends)}"
    moved = [(abs(q - p), root, q) for root, q in _without(material, name)]
    if roots and moved and max(moved)[0] >= MOVES:
        _, root, q = max(moved)
        text += f"; {estimate(q)} without the root {root}"
    return text


def _without(material: Material, name: str) -> list[tuple[str, float]]:
    """(root, probability without it) for the roots without which enough points still carry the estimate."""
    gates = [g for e in material.weigh["explanations"] for g in e.get("gates") or [] if g["name"] == "effective points"]
    enough = min((g["limit"] for g in gates), default=50.0) / 2
    return [
        (root["id"], root["without"][name])
        for root in material.weigh.get("roots") or []
        if (root.get("effective") or {}).get(name, enough) >= enough
    ]


def _driving_root(material: Material, name: str) -> tuple[str, float] | None:
    """The root that alone decides whether the explanation is likely, unlikely or neither, and the probability without it."""
    if _withheld(material) == name:
        held = material.weigh["headline_withheld"]["root"]
        return next(((root["id"], root["without"][name]) for root in material.weigh.get("roots") or [] if root["id"] == held), None)
    p = next(e["probability"] for e in material.weigh["explanations"] if e["name"] == name)
    found = [(abs(q - p), root, q) for root, q in _without(material, name) if _side(q) != _side(p)]
    return max(found)[1:] if found else None


def _side(p: float) -> int:
    return 1 if p >= LIKELY else -1 if p <= 1.0 - LIKELY else 0


def _withheld(material: Material) -> str:
    """The explanation whose headline is withheld, empty where none is."""
    if material.status == "not_resolved" or not material.weigh.get("headline_withheld"):
        return ""
    return max(material.weigh["explanations"], key=lambda e: e["probability"])["name"]


def _likely(material: Material) -> bool:
    return any(e["probability"] >= LIKELY for e in material.weigh["explanations"])


def _rank(material: Material) -> list[Said]:
    """Say how the explanations stand that the question did not name, or all where it named none."""
    asked = [a["explanation"] for a in material.asks if a.get("explanation")]
    ranked = sorted(material.weigh["explanations"], key=lambda e: -e["probability"])
    if not asked:
        drives = _driving_root(material, ranked[0]["name"]) if material.status == "not_resolved" else None
        driven = f"One root drives this: without {drives[0]} {ranked[0]['name']} has {estimate(drives[1])}." if drives else ""
        return [
            *(Said(text) for text in tell_headline(material)),
            Said(tell_ranked(material)),
            *([Said(driven, 1)] if driven else []),
            *(Said(text, 2) for text in tell_trust(material)),
        ]
    if _likely(material):
        return [Said(text, 1) for text in tell_headline(material)] if ranked[0]["name"] not in asked else []
    if material.status == "not_resolved":
        each = listing([f"{e['name']} {estimate(e['probability'])}" for e in ranked])
        return [Said(f"For checking only: no explanation is likely ({each}).", 1)]
    groups: dict[str, list[str]] = {}
    for e in ranked:
        groups.setdefault(likelihood(e["probability"]), []).append(f"{e['name']} ({estimate(e['probability'])})")
    each = "; ".join(f"{word}: {listing(names)}" for word, names in groups.items())
    return [Said(f"No explanation is likely. {sentence(each)}", 1)]


def tell_figures(material: Material) -> list[str]:
    """Say which explanations the official figures can tell apart and which not, and what could; nothing without a contrast."""
    found = material.contrast
    if not found or not found["pairs"]:
        return []
    pairs = {p["pair"]: p for p in found["pairs"]}
    told = {name: p for name, p in pairs.items() if p["official"]}
    blind = [name for name in pairs if name in found["unofficial"]]
    said = []
    if not told:
        whom = _pairs(blind) if len(blind) == 1 else "any two explanations"
        said.append(f"The official figures do not decide: no official series separates {whom}.")
    else:
        apart = [f"{_pairs([name])} ({listing([series_label(s) for s in p['official'][:SHOWN]])})" for name, p in told.items()]
        said.append(f"The official figures separate {_some(apart)}{f', but not {_pairs(blind)}' if blind else ''}.")
    look = _look([pairs[name] for name in blind if name not in found["undivided"]], material, len(pairs))
    undivided = f"No recorded series separates {_pairs(found['undivided'])}" if found["undivided"] else ""
    if look or undivided:
        said.append(f"{'. '.join(text for text in (look, undivided) if text)}.")
    return said


def _look(blind: Sequence[Row], material: Material, total: int) -> str:
    """Where to look: what claims speak of that separates a pair, then what no weighed claim or figure speaks of."""
    parts = []
    for spoken in (True, False):
        count: dict[str, int] = {}
        for pair in blind:
            for series in pair["separated_by"]:
                if (series in pair["claims"]) is spoken:
                    count[series] = count.get(series, 0) + 1
        best = sorted(count, key=lambda s: -count[s])[:SHOWN]
        each = [f"{series_label(s)}{_note(material, s if spoken else '', count[s], total)}" for s in best]
        if each:
            parts.append(listing(each) if spoken else f"of which nothing weighed speaks, {listing(each)}")
    return f"Where to look: {'; and, '.join(parts)}" if parts else ""


def _note(material: Material, series: str, count: int, total: int) -> str:
    """The ids of the weighed claims that speak of a series, and how many pairs of explanations it separates."""
    ids = [c["id"] for c in material.dossier["claims"] if series and c.get("likelihood") and c.get("series") == series]
    notes = [f"{'claim' if len(ids) == 1 else 'claims'} {_some(ids)}"] if ids else []
    notes += [f"separates {count} of {total} pairs"] if total > 1 else []
    return f" ({'; '.join(notes)})" if notes else ""


def _pairs(names: Sequence[str]) -> str:
    return _some([name.replace("/", " from ") for name in names], "or")


def _some(items: Sequence[str], joint: str = "and") -> str:
    """The first few items, and how many more there are.

    >>> _some(["a", "b", "c", "d"])
    'a, b and 2 more'
    """
    if len(items) <= SHOWN + 1:
        return listing(list(items), joint)
    return listing([*items[:SHOWN], f"{len(items) - SHOWN} more"])


# Options


def _answer_option(material: Material, ask: Row) -> list[Said]:
    """What the option does to people, every harm by itself, and whether organised retaliation is seen; then what turns that."""
    compare, name = material.compare, ask["option"]
    if compare is None:
        why = "; ".join(r["text"] for r in material.compare_reasons)
        return [Said(f"{ask['label']}: the options were not compared{f' ({why})' if why else ''}.")]
    if name not in {o["name"] for o in compare["options"]}:
        return [Said(f"{ask['label']}: {readable(name)} is not among the options compared.")]
    over = "today" if ask["against"] == "today" else "status_quo"
    rows = [d for d in compare["differences"] if d["option"] == name and d["over"] == over]
    harms = [o["name"] for o in sorted(compare["outcomes"], key=lambda o: o["order"]) if o["harm"]]
    sorts = {harm: _sort([d for d in rows if d["outcome"] == harm]) for harm in harms}
    weak = "for checking only, " if material.status == "not_resolved" or material.compare_reasons else ""
    beside = "today" if over == "today" else "the same future without it"
    lead = f"{ask['label']} ({readable(name)} against {beside})"
    response = _tell_response(compare, name, over)
    whole = f"{lead}: {weak}{_tell_harms(sorts, rows, numbers=True)}; {response}."
    short = f"{lead}: {_tell_harms(sorts, rows, numbers=False)}; {response}."
    return [Said(whole, 0, short), Said(f"{ask['label']}{_hang_option(material, ask, sorts, rows)}.", 2)]


def _sort(here: Sequence[Row]) -> str:
    """Sort one harm, from its rows by explanation: `clear more`, `clear fewer`, `likely more`, `likely fewer`, `open` or `same`."""
    pooled = next((d for d in here if d["explanation"] == POOLED), None)
    if pooled is None or pooled["chance_more"] is None or pooled["chance_less"] is None:
        return "unknown"
    more, less = pooled["chance_more"], pooled["chance_less"]
    clear = clear_direction(here)
    if clear:
        return f"clear {clear}"
    if max(more, less) >= LIKELY:
        return "likely more" if more > less else "likely fewer"
    return "same" if more + less < 1.0 - LIKELY else "open"


def _tell_harms(sorts: Mapping[str, str], rows: Sequence[Row], *, numbers: bool) -> str:
    """Say every harm once: those that move under every explanation, those that move on the whole, and the others by name.

    With `numbers` every change has its own word and size; without them the least word of a direction that is said stands before.
    """
    pooled = {d["outcome"]: d for d in rows if d["explanation"] == POOLED}
    parts = []
    for how, lead in (("clear", "under every explanation"), ("likely", "on the whole, not under every explanation,")):
        found, chances = [], []
        for way in ("more", "fewer"):
            moved = [h for h, sort in sorts.items() if sort == f"{how} {way}"]
            chances += [_chance(pooled[h], way) for h in moved]
            notes = {h: _measure(pooled[h], way, how == "clear") if numbers else "" for h in moved}
            found += [f"{way} {_among(notes)}"] if moved else []
        if found:
            words = dict.fromkeys(likelihood(p) for p in sorted(chances))
            lead = lead if numbers else f"{'at least ' if len(words) > 1 else ''}{next(iter(words))} {lead}"
            parts.append(f"{lead} {' and '.join(found)}")
    for how, lead in (("open", "no clear direction for"), ("same", "likely no change in"), ("unknown", "not known:")):
        each = {h: "" for h, sort in sorts.items() if sort == how}
        parts += [f"{lead} {_among(each)}"] if each else []
    text = "; ".join(parts)
    for mark in (" a year", "90% interval "):  # said once
        before, _, after = text.partition(mark)
        text = before + mark + after.replace(mark, "") if after else text
    return text


def _chance(row: Row, way: str) -> float:
    return row["chance_more" if way == "more" else "chance_less"]


def _measure(row: Row, way: str, clear: bool) -> str:
    """Word and mean of a change, with its interval where it is clear: that of one that is not holds both signs."""
    word = likelihood(_chance(row, way))
    reach = f", 90% interval {interval(row['q05'], row['q95'], lambda x: signed(x, 2))}" if clear else ""
    return f" ({word}: {signed(row['mean'], 2)} a year{reach})"


WHOM = {
    "client_deaths": ("deaths", "among people on the move"),
    "client_injuries": ("injuries", "among people on the move"),
    "personnel_injured": ("injuries", "among personnel"),
    "personnel_killed": ("deaths", "among personnel"),
}


def _among(notes: Mapping[str, str]) -> str:
    """Join harms, each with its note; harms to the same people stand together and name them once.

    >>> _among({"client_deaths": " (+2)", "diverted_deaths": "", "client_injuries": ""})
    'deaths (+2) and injuries among people on the move, and deaths on other routes'
    """
    groups: dict[str, list[str]] = {}
    for harm, note in notes.items():
        what, whom = WHOM.get(harm, (label(harm), ""))
        groups.setdefault(whom or what, []).append(what + note)
    joined = any(len(each) > 1 for each in groups.values())
    parts = [listing(each) + (f" {whom}" if whom not in each[0] else "") for whom, each in groups.items()]
    return f"{', '.join(parts[:-1])}, and {parts[-1]}" if joined and len(parts) > 1 else listing(parts)


def _tell_response(compare: Row, name: str, over: str) -> str:
    """The chance that an operation is answered by organised violence, beside the same chance without the option."""
    rows = [
        r
        for r in (compare.get("escalation") or {}).get("chances") or []
        if r["explanation"] == POOLED and r["response"] == "organised_response"
    ]
    found = [r for r in rows if r["option"] == name and r["chance"] is not None]
    if not found:
        window = min((r["days"] for r in rows), default=0)
        why = f" (no operation begins {window} days before the end of the {compare['days']} compared)" if rows else ""
        return f"organised retaliation not counted{why}"
    row = max(found, key=lambda r: r["days"])
    known = row["low"] is not None and row["high"] is not None
    reach = f", {estimate(row['low'])} to {estimate(row['high'])}" if known else ""
    numbers = [f"{estimate(row['chance'])}{reach}"]
    other = [r for r in rows if r["option"] == "status-quo" != name and r["days"] == row["days"] and r["chance"] is not None]
    numbers += [f"{estimate(r['chance'])} without it" for r in other if over == "status_quo"]
    return (
        f"organised retaliation within {row['days']} days of an operation: {likelihood(row['chance'])} ({'; '.join(numbers)}), "
        "resting on assumptions"
    )


def _hang_option(material: Material, ask: Row, sorts: Mapping[str, str], rows: Sequence[Row]) -> str:
    """What turns the directions: the explanation, and the comparison with today."""
    compare = material.compare or {}
    turns = []
    for harm, sort in sorts.items():
        if sort in ("likely more", "likely fewer", "open"):
            way = {d["explanation"]: direction(d) for d in rows if d["outcome"] == harm and d["explanation"] != POOLED}
            text = _tell_ways(way, sort.removeprefix("likely "))
            turns += [f"{label(harm)} {text}"] if text else []
    moved = [harm for harm, sort in sorts.items() if sort.startswith(("clear", "likely"))]
    if turns:
        said = f", by explanation: {'; '.join(turns)}"
    else:
        said = f": {'no direction turns with the explanation' if moved else 'no explanation by itself gives a clear direction'}"
    if ask["against"] != "today":
        other = []
        for harm in moved:
            today = [d for d in compare["differences"] if d["option"] == ask["option"] and d["over"] == "today"]
            row = next((d for d in today if d["outcome"] == harm and d["explanation"] == POOLED), None)
            way = direction(row) if row else ""
            if row and way and way != sorts[harm].split()[1]:
                other.append(f"{way} {label(harm)} ({signed(row['mean'], 2)} a year)")
        said += f"; compared with today, {listing(other)}" if other else ""
    return said


def _tell_ways(way: Mapping[str, str], wanted: str) -> str:
    """Under which explanations a harm goes another way than `wanted`, or, where that is `open`, goes any way at all."""
    parts = []
    for to in ("more", "fewer"):
        names = [name for name, found in way.items() if found == to]
        if names and to != wanted:
            parts.append(f"{to} under {listing(names)}")
    unclear = [name for name, found in way.items() if not found]
    if wanted != "open" and unclear:
        parts.append("not clear under any" if len(unclear) == len(way) > 1 else f"not clear under {listing(unclear)}")
    return ", ".join(parts)
