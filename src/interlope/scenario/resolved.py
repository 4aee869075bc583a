"""Resolved parameters: the model's prior, replaced by the case's, replaced by the explanation's, replaced by its variant's."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from interlope.model.params import Param
from interlope.scenario.parameters import Given
from interlope.scenario.prior import Prior, parse
from interlope.scenario.variants import Variant, chances
from interlope.wording import NEUTRAL, fill

DEFINITION = "definition"  # the source of what follows from what an explanation means
SAMPLED = ("I", "S", "M")  # roles that vary between replicates; F is fixed at the median of its prior
OF_LEVERS = "L"  # the role of what matters only where a lever is set: drawn from its prior where options are compared


class ResolvedParameter(NamedTuple):
    """One parameter under one explanation, after the case's and the explanation's entries; `role` is I, S, M, L or F (fixed).

    Where variants of the explanation give it different priors, `variants` says what it is under each, and `prior` is their mixture.
    """

    name: str
    unit: str
    prior: Prior
    source: str
    meaning: str
    role: str
    variants: tuple[ResolvedParameter, ...] = ()

    @property
    def sampled(self) -> bool:
        """Whether a coordinate of its own is drawn for it."""
        if self.variants:
            return any(variant.sampled for variant in self.variants)
        return self.role in SAMPLED and not self.prior.constant


def resolve(params: Mapping[str, Param], given: Mapping[str, Given], variants: Sequence[Variant] = (),
            words: Mapping[str, str] = NEUTRAL) -> dict[str, ResolvedParameter]:
    """Every parameter of the model as one explanation has it.

    A constant has role F. A parameter that the model fixes and a file gives a prior for is inferred (I), unless the file says otherwise by
    `role`.

    Parameters
    ----------
    params : Mapping[str, Param]
        Parameters of the model, by name.
    given : Mapping[str, Given]
        What case and explanation give.
    variants : Sequence[Variant], optional
        The explanation's variants.
    words : Mapping[str, str], optional
        Words of the case, which fill the meanings.

    Returns
    -------
    dict[str, ResolvedParameter]
    """
    changed = {name for variant in variants for name in variant.parameters}
    known = {}
    for name, param in params.items():
        if name not in changed:
            known[name] = _resolve(param, given.get(name))
            continue
        forms = tuple(_resolve(param, variant.parameters.get(name, given.get(name))) for variant in variants)
        alike = len({(form.prior.text, form.role) for form in forms}) == 1
        known[name] = forms[0] if alike else _mix(forms, chances(variants))
    return {name: k._replace(meaning=fill(k.meaning, words)) for name, k in known.items()}


def _resolve(param: Param, own: Given | None) -> ResolvedParameter:
    prior, source = (own.prior, own.source) if own else (parse(param.prior), param.source)
    role = (own.role if own else "") or ("I" if own and param.role == "F" else param.role)
    return ResolvedParameter(param.name, param.unit, prior, source, param.meaning, "F" if prior.constant else role)


def _mix(forms: tuple[ResolvedParameter, ...], weights: tuple[float, ...]) -> ResolvedParameter:
    """A parameter that differs between variants: its prior is their mixture."""
    text = ", ".join(f"{weight:.4g}: {form.prior.text}" for weight, form in zip(weights, forms))
    prior = Prior(f"mixture({text})", "mixture", (), weights, tuple(form.prior for form in forms))
    role = next((form.role for form in forms if form.role in SAMPLED), "F")
    sources = dict.fromkeys(form.source for form in forms if form.source != DEFINITION) or {DEFINITION: None}
    return forms[0]._replace(prior=prior, source="; ".join(sources), role=role, variants=forms)
