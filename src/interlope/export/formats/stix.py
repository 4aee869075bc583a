"""STIX 2.1 (OASIS): the study as a bundle of standard objects, nothing custom.

Sources become identities of class `class`, by role and never as persons. Every claim is a note with its paraphrase; relationships lead
from it to the source of its root and to every relay. An opinion says how far the explanations together agree with it, where the result is
resolved. Explanations are notes: a hypothesis with its probability. One report holds them all. `confidence` of a claim is the STIX value
of its Admiralty code (STIX 2.1, Appendix A, "Admiralty Credibility"): by its number where the dossier gives one (`C4`), else by the rank
of its source's letter, as A, "completely reliable", stands beside 1, "confirmed". No TLP
marking is set: that is for whoever shares the file.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from interlope.export import agreement, door
from interlope.export.study import StudyResults
from interlope.reporting.answer.question import tell_first
from interlope.reporting.numerals import estimate
from interlope.results.dossier import Claim
from interlope.results.weighing import Explanation

TITLE = "STIX 2.1 bundle"
ENDING = "stix.json"
NEEDS = ("stix2",)
BESIDE = False

CREDIBILITY = ("1 - Confirmed by other sources", "2 - Probably True", "3 - Possibly True", "4 - Doubtful", "5 - Improbable")
LETTERS = "ABCDE"  # F, "cannot be judged", has no confidence, as 6 has none
OPINIONS = ("strongly-disagree", "disagree", "neutral", "agree", "strongly-agree")


def write(study: StudyResults) -> dict[str, bytes]:
    """The bundle; equal results give equal identifiers."""
    return {"": door.write_json(_Writer(study).bundle())}


class _Writer:
    """Makes objects of one run, with identifiers that follow from what they are."""

    def __init__(self, study: StudyResults) -> None:
        import stix2.v21

        self.study, self.stix = study, stix2.v21
        self.software = self._id("identity", "software")
        self.report = self._id("report", "report")
        self.sources = {s.id: self._id("identity", s.id) for s in study.record.dossier.sources}
        self.claims = {c.id: self._id("note", f"claim {c.id}") for c in study.record.dossier.claims}

    def bundle(self) -> dict[str, Any]:
        """Every object, the report first."""
        record = self.study.record
        shares = agreement.average(self.study)
        objects = [*self._identities()]
        for claim in record.dossier.claims:
            objects += [self._claim(claim), *self._relationships(claim)]
            if claim.id in shares:
                objects.append(self._opinion(claim, shares[claim.id]))
        objects += [self._hypothesis(e) for e in record.weigh.explanations]
        report = self.stix.Report(
            id=self.report, name=record.case.question, published=self.study.day, object_refs=[o["id"] for o in objects],
            description=" ".join(s.text for s in tell_first(record)), **self._common(),
        )
        bundle = self.stix.Bundle([report, *objects], id=self._id("bundle", "bundle"))
        return json.loads(bundle.serialize())

    def _id(self, kind: str, what: str) -> str:
        """An identifier that follows from run and object, in the form of version 4, which STIX wants."""
        text = f"{self.study.record.case.name} {self.study.record.run_id} {kind} {what}"
        return f"{kind}--{uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16], version=4)}"

    def _common(self) -> dict[str, Any]:
        return {"created": self.study.day, "modified": self.study.day, "created_by_ref": self.software, "lang": "en"}

    def _identities(self) -> list[Any]:
        """The software, and every source by its role."""
        software = self.stix.Identity(
            id=self.software, name=f"interlope {self.study.record.version}", identity_class="system", created=self.study.day,
            modified=self.study.day, lang="en", description="Software that simulated the market and weighed the explanations.",
        )
        sources = [
            self.stix.Identity(
                id=self.sources[s.id], name=s.role, identity_class="class", roles=["source"],
                description=f"Source {s.id}, named by role. Admiralty reliability {s.letter}: {s.reason}.",
                labels=[f"admiralty-reliability-{s.letter.lower()}"], **self._common(),
            )
            for s in self.study.record.dossier.sources
        ]
        return [software, *sources]

    def _claim(self, claim: Claim) -> Any:
        weighed = "weighed" if claim.likelihood else f"not weighed ({claim.why or 'no likelihood'})"
        root = f"root {claim.root}" if claim.root else "no root"
        value, basis = self._confidence(claim)
        text = f"{claim.paraphrase} (paraphrase). {root}; {weighed}; {claim.status}. {basis}"
        confidence = {} if value is None else {"confidence": value}
        spoken = self._speakers(claim)
        return self.stix.Note(id=self.claims[claim.id], abstract=f"Claim {claim.id} ({claim.kind})", content=text,
                              object_refs=[*(self.sources[s] for s in spoken)] or [self.report], **confidence, **self._common())

    def _speakers(self, claim: Claim) -> list[str]:
        """The source of the root and the relays, each once, in the order in which the claim came."""
        origin = [r.source for r in self.study.record.dossier.roots if r.id == claim.root]
        return [s for s in dict.fromkeys([*origin, *claim.chain]) if s in self.sources]

    def _confidence(self, claim: Claim) -> tuple[int | None, str]:
        """STIX confidence, and the words for where it comes from."""
        from stix2.confidence.scales import admiralty_credibility_to_value

        number = (claim.grade or "")[1:2]
        if number:
            value = admiralty_credibility_to_value(CREDIBILITY[int(number) - 1]) if number in "12345" else None
            return value, f"Admiralty code {claim.grade}; confidence by its number."
        letters = {s.id: s.letter for s in self.study.record.dossier.sources}
        speakers = self._speakers(claim)
        letter = letters[speakers[0]] if speakers else "F"
        value = admiralty_credibility_to_value(CREDIBILITY[LETTERS.index(letter)]) if letter in LETTERS else None
        return value, f"Admiralty reliability {letter} of its source; confidence by the rank of that letter."

    def _relationships(self, claim: Claim) -> list[Any]:
        """To the source of the root, to every relay, and to the claim that it says again."""
        origin = {r.source for r in self.study.record.dossier.roots if r.id == claim.root}
        ties = [("related-to", self.sources[s], "observed by" if s in origin else "passed on by") for s in self._speakers(claim)]
        if claim.of in self.claims:
            ties.append(("derived-from", self.claims[claim.of or ""], "says again"))
        return [self.stix.Relationship(id=self._id("relationship", f"{claim.id} {kind} {target}"), relationship_type=kind,
                                       source_ref=self.claims[claim.id], target_ref=target, description=f"{words}.", **self._common())
                for kind, target, words in ties]

    def _opinion(self, claim: Claim, share: float) -> Any:
        text = (f"Model-based: {estimate(share)} of the weighted replicates agree with the claim taken literally, averaged over the "
                "explanations; five equal steps.")
        return self.stix.Opinion(id=self._id("opinion", claim.id), opinion=OPINIONS[agreement.rate(share) - 1], explanation=text,
                                 object_refs=[self.claims[claim.id]], **self._common())

    def _hypothesis(self, explanation: Explanation) -> Any:
        if not self.study.resolved:
            odds = "The calculation is not resolved: no probability."
        elif explanation.probability is None:
            odds = "No probability: nothing to compare it with."
        else:
            odds = (f"Probability {estimate(explanation.probability)} (error of the calculation {estimate(explanation.low)} to "
                    f"{estimate(explanation.high)}; {estimate(explanation.prior)} before the evidence).")
            withheld = self.study.record.weigh.headline_withheld
            odds += f" One root drives it: {withheld.reason}." if withheld else ""
        return self.stix.Note(id=self._id("note", f"explanation {explanation.name}"), abstract=f"Hypothesis: {explanation.name}",
                              content=f"{explanation.gloss}. {odds}", object_refs=[self.report], **self._common())
