"""dossier: what exactly is claimed, by whom, through whom."""

from __future__ import annotations

from interlope.cli import options as o

HELP = """Show the dossier of a case: claims, roots, relays, sources and flags.

Example: interlope dossier serbia-hungary --as-of before-operation
"""


def dossier(case: o.CASE, as_of: o.AS_OF = "", json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_table
    from interlope.reporting.claimed import tell_stated
    from interlope.reporting.words import flag_name, tell_counts

    clock = Clock()
    from interlope.cli.loading import load
    from interlope.inference import left_out
    from interlope.policy.grounds import list_grounds
    from interlope.reporting.words import label
    from interlope.scenario.description import describe_case, describe_dossier

    loaded = load(case)
    loaded = loaded.at(as_of) if as_of else loaded
    result = describe_dossier(loaded, left_out.find(loaded)).model_copy(update={"grounds": list_grounds(loaded)})
    if json:
        print_json("dossier", result, clock, case=describe_case(loaded))
        return
    rows = [
        (
            c.id,
            c.paraphrase,
            c.root or "",
            " > ".join(c.chain),
            c.kind,
            tell_stated(c),
            "weighed" if c.likelihood else c.why or "not weighed",
        )
        for c in result.claims
    ]
    print_table("Claims", ("id", "what is said", "root", "relays", "kind", "value", "in the comparison"), rows)
    rows = [
        (r.id, r.source, r.completed, str(len(r.claims)), ", ".join(r.relays), r.slant)
        for r in result.roots
    ]
    print_table("Roots", ("root", "source", "made", "claims", "relays", "slant"), rows, (3,))
    rows = [(s.id, s.role, s.country or "", s.letter, s.reason) for s in result.sources]
    print_table("Sources", ("source", "role", "country", "letter", "reason"), rows)
    rows = [(flag_name(f.rule), c.id, f.text, f.origin) for c in result.claims for f in c.flags]
    print_table("Flags", ("flag", "claim", "what is wrong", "found by"), rows)
    rows = [
        (s.id, s.definition, s.unit, str(s.values), "weighed" if s.weighed else s.why or "shown")
        for s in result.series
    ]
    print_table("Official series", ("series", "definition", "unit", "values", "use"), rows, (3,))
    rows = [
        (
            label(g.outcome),
            "; ".join(f"{p.name} = {p.prior}" for p in g.assumed) or "none",
            ", ".join([*(f"{name} (weighed)" for name in g.weighed), *(f"{name} (shown)" for name in g.displayed)]) or "no table",
            g.figures,
        )
        for g in result.grounds
    ]
    print_table("Harm to people: which figures would ground what is assumed", ("harm", "assumed numbers", "in the case", "would ground it"),
                rows)
    print_lines([tell_counts(result), f"Evidence as known on {loaded.as_of.isoformat()}."])
