"""PROV-JSON (W3C PROV): where every claim came from, and what the answer was derived from.

Entities are documents, roots (observations), accounts that relays gave of them, claims, official series and the answer. Activities are
each passing-on by a relay, and the run. Agents are the sources, by role, and the software. Derivations follow the chain of each claim:
root, account of the first relay, of the next, claim.
"""

from __future__ import annotations

import json
import re
from typing import Any

from interlope.export import door
from interlope.export.study import StudyResults
from interlope.reporting.answer.question import tell_first
from interlope.results.dossier import Claim

TITLE = "PROV-JSON"
ENDING = "prov.json"
NEEDS = ("prov",)
BESIDE = False

SPACES = ("document", "root", "account", "claim", "series", "result", "relaying", "run", "source", "software", "term")


def write(study: StudyResults) -> dict[str, bytes]:
    """The document."""
    return {"": door.write_json(json.loads(_Writer(study).document().serialize(format="json")))}


def _local(text: str) -> str:
    """An id as the local part of a qualified name."""
    return re.sub(r"[^\w.-]", "_", text)


class _Writer:
    """Builds the document of one run."""

    def __init__(self, study: StudyResults) -> None:
        from prov.model import ProvDocument

        self.study, self.dossier = study, study.record.dossier
        self.prov = ProvDocument()
        for space in SPACES:
            self.prov.add_namespace(space, f"urn:interlope:{_local(study.record.case.name)}:{space}:")
        self.relayed: dict[str, Any] = {}

    def document(self) -> Any:
        """Everything, in the order in which it came about."""
        self._agents()
        for document in self.dossier.documents:
            self.prov.entity(f"document:{_local(document.id)}", self._about(
                "document", document.title, {"published": document.date, "sha256": document.sha256}))
        for root in self.dossier.roots:
            self.prov.entity(f"root:{_local(root.id)}", self._about("observation", root.what, {"completed": root.completed}))
            self.prov.wasAttributedTo(f"root:{_local(root.id)}", f"source:{_local(root.source)}")
        for claim in self.dossier.claims:
            self._claim(claim)
        for series in self.dossier.series:
            name = f"series:{_local(series.id)}"
            self.prov.entity(name, self._about("official-series", series.definition, {
                "unit": series.unit, "licence": series.licence, "weighed": series.weighed}))
            self.prov.wasAttributedTo(name, f"source:{_local(series.source)}")
            if series.root:
                self.prov.wasDerivedFrom(name, f"root:{_local(series.root)}")
        self._run()
        return self.prov

    def _about(self, kind: str, label: str, more: dict[str, Any]) -> dict[Any, Any]:
        terms = {f"term:{name}": value for name, value in more.items() if value not in (None, "")}
        return {"prov:type": self.prov.valid_qualified_name(f"term:{kind}"), "prov:label": door.clean(label), **door.clean(terms)}

    def _agents(self) -> None:
        """Sources by role, and the software."""
        for source in self.dossier.sources:
            self.prov.agent(f"source:{_local(source.id)}", self._about("role", source.role, {
                "admiralty-reliability": source.letter, "country": source.country}))
        self.prov.agent("software:interlope", {
            "prov:type": self.prov.valid_qualified_name("prov:SoftwareAgent"), "prov:label": f"interlope {self.study.record.version}"})

    def _account(self, root: str, chain: list[str]) -> str:
        """The account that the last of a chain of relays gave; the root itself where there is none."""
        if not chain:
            return f"root:{_local(root)}"
        name = _local(".".join([root, *chain]))
        if name not in self.relayed:
            before, relay = self._account(root, chain[:-1]), f"source:{_local(chain[-1])}"
            activity = self.prov.activity(f"relaying:{name}", other_attributes={"prov:label": "passing on"})
            self.prov.used(activity, before)
            self.prov.wasAssociatedWith(activity, relay)
            account = self.prov.entity(f"account:{name}", self._about("account", "what the relay passed on", {}))
            self.prov.wasGeneratedBy(account, activity)
            self.prov.wasDerivedFrom(account, before, activity)
            self.prov.wasAttributedTo(account, relay)
            self.relayed[name] = f"account:{name}"
        return self.relayed[name]

    def _claim(self, claim: Claim) -> None:
        """A claim, derived from its root through its relays, from the document that holds it, and from the claim it says again."""
        name = f"claim:{_local(claim.id)}"
        span = f"{claim.span[0]} to {claim.span[1]}" if claim.span else None
        self.prov.entity(name, self._about("claim", claim.paraphrase, {
            "kind": claim.kind, "published": claim.published, "low": claim.low, "high": claim.high, "unit": claim.unit,
            "weighed": claim.likelihood, "status": claim.status, "characters": span}))
        if claim.root:
            self.prov.wasDerivedFrom(name, self._account(claim.root, list(claim.chain)))
        if claim.document:
            self.prov.wasDerivedFrom(name, f"document:{_local(claim.document)}")
        if claim.of in {c.id for c in self.dossier.claims}:
            self.prov.wasDerivedFrom(name, f"claim:{_local(claim.of or '')}")

    def _run(self) -> None:
        """The run, what it used, and the answer."""
        record = self.study.record
        run = self.prov.activity(f"run:{record.run_id or 'run'}", endTime=self.study.day, other_attributes=door.clean({
            "prov:label": f"study of {record.case.name} as known on {record.case.as_of}", "term:seed": record.seed,
            "term:model-digest": record.model_digest, "term:case-sha256": record.case.sha256, "term:command": record.command}))
        answer = self.prov.entity("result:answer", self._about("answer", " ".join(s.text for s in tell_first(record)), {
            "status": record.status}))
        self.prov.wasAssociatedWith(run, "software:interlope")
        self.prov.wasGeneratedBy(answer, run)
        self.prov.wasAttributedTo(answer, "software:interlope")
        used = [f"claim:{_local(c.id)}" for c in self.dossier.claims if c.likelihood]
        for name in used + [f"series:{_local(s.id)}" for s in self.dossier.series if s.weighed]:
            self.prov.used(run, name)
            self.prov.wasDerivedFrom(answer, name, run)
