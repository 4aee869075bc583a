"""ClaimReview (schema.org, JSON-LD): what the study makes of every weighed claim of the source whose report it is about.

The rating is drawn from a model and says so: 1 to 5 in equal steps of the share of weighted replicates that agree with the claim taken
literally, averaged over the explanations by their probability. It is not a finding of a fact-checker. Required properties are those of
schema.org's ClaimReview and of the search engines that read it: claimReviewed, reviewRating, url; `url` is that of the report, relative to
the page in which the markup is placed.
"""

from __future__ import annotations

from typing import Any

from interlope.errors import BadInput, Fault
from interlope.export import agreement, door
from interlope.export.study import StudyResults
from interlope.reporting.numerals import estimate
from interlope.results.dossier import Claim, Source

TITLE = "ClaimReview of schema.org as JSON-LD"
ENDING = "claimreview.jsonld"
NEEDS: tuple[str, ...] = ()
BESIDE = False

MODEL_BASED = ("Model-based rating, not the finding of a fact-checker: the share of a simulation's weighted replicates that agree with the "
               "claim taken literally, averaged over the explanations that the study compares, in five equal steps.")
WORDS = ("seldom met", "more often missed than met", "met about half of the time", "more often met than missed", "mostly met")


def write(study: StudyResults) -> dict[str, bytes]:
    """One ClaimReview for each weighed claim of the report's source.

    Raises
    ------
    BadInput
        When the result is not resolved, no source's report is asked about, or no claim of it can be rated.
    """
    curve = study.record.weigh.curve
    if not study.resolved or curve is None:
        what = "no claim is weighed" if study.resolved else "the result is not resolved, so that no claim can be rated"
        raise BadInput([Fault(str(study.folder), None, what, "a resolved study", "spend more with --budget, or export as stix or prov")])
    shares = agreement.average(study)
    roots = {r.id: r.source for r in study.record.dossier.roots}
    source = next(s for s in study.record.dossier.sources if s.id == curve.source)
    claims = [c for c in study.record.dossier.claims
              if c.likelihood and c.id in shares and roots.get(c.root or "") == source.id]
    if not claims:
        raise BadInput([Fault(str(study.folder), None, f"no weighed claim of {source.id} can be rated",
                              "a weighed claim of the report's source", "name another source as report in case.toml")])
    graph = [_review(study, claim, source, shares[claim.id]) for claim in claims]
    return {"": door.write_json({"@context": "https://schema.org", "@graph": graph})}


def _review(study: StudyResults, claim: Claim, source: Source, share: float) -> dict[str, Any]:
    """The review of one claim."""
    run = study.record.run_id
    rows = [r for r in study.record.weigh.fit if r.id == claim.id and r.agreed is not None]
    each = "; ".join(f"{r.explanation} {estimate(r.agreed)}" for r in rows)
    level = agreement.rate(share)
    return {
        "@type": "ClaimReview",
        "@id": f"urn:interlope:{study.record.case.name}:{run}:review:{claim.id}",
        "url": "report.html",
        "datePublished": study.day.date().isoformat(),
        "inLanguage": "en",
        "claimReviewed": claim.paraphrase,
        "reviewBody": f"{MODEL_BASED} Share of agreeing replicates by explanation: {each}.{_tell_withheld(study)}",
        "author": {"@type": "Organization", "name": f"interlope {study.record.version} (software), run {run}"},
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"urn:interlope:{study.record.case.name}:claim:{claim.id}",
            "text": claim.paraphrase,
            "datePublished": claim.published,
            "author": {"@type": "Organization", "name": source.role},
        },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": level,
            "bestRating": agreement.LEVELS,
            "worstRating": 1,
            "alternateName": f"{WORDS[level - 1]} by the model ({estimate(share)} of weighted replicates agree)",
            "ratingExplanation": MODEL_BASED,
        },
    }


def _tell_withheld(study: StudyResults) -> str:
    """That one root drives the probabilities that the rating is averaged with, where it does."""
    withheld = study.record.weigh.headline_withheld
    return f" No headline is given, because one root, {withheld.root}, drives the probabilities: {withheld.reason}." if withheld else ""
