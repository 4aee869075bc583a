"""Attribution: what a claim says is shown with who says it, by role, so that no claim reads as a fact."""

from __future__ import annotations

from interlope.results.dossier import Claim, DossierResult


def name_speakers(dossier: DossierResult) -> dict[str, str]:
    """The role of the source that each claim comes from, by claim; of a claim whose root or source is not listed there is none."""
    roles = {s.id: s.role for s in dossier.sources}
    sources = {r.id: r.source for r in dossier.roots}
    speakers = {c.id: roles.get(sources.get(c.root or "", ""), "") for c in dossier.claims}
    return {name: role for name, role in speakers.items() if role}


def attribute(dossier: DossierResult) -> dict[str, str]:
    """What each claim says, by claim, as its source's: 'court: one network ...'.

    Parameters
    ----------
    dossier : DossierResult
        Sources, roots and claims.

    Returns
    -------
    dict of str to str
        Where no speaker is known the text says so.
    """
    speakers = name_speakers(dossier)
    return {c.id: f"{speakers.get(c.id, 'source not named')}: {c.paraphrase}" for c in dossier.claims}


def name_speaker(speakers: dict[str, str], claim: Claim) -> str:
    """The speaker of a claim in a cell of a table, with those who passed it on."""
    passed = f", through {', '.join(claim.chain)}" if claim.chain else ""
    return f"{speakers.get(claim.id, 'not named')}{passed}"
