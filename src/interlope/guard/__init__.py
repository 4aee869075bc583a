"""Guard: a case holds no persons, no contacts, no precise places and no hours; text that seems to is refused.

Comes in: texts and files of a case, and what it declares. Goes out: findings, each with its rule, what stands around it and the way out.
What no list can decide is asked: declare a body or a region, or mark the text as reviewed. Rates: `tests/unit/test_guard_rates.py`.

Files, in reading order:

- `finding.py`: the rules by name, and what a finding says
- `spelling.py`: one spelling for characters that look alike
- `inspection.py`, `span.py`: every rule tried on one text, and matches as findings
- `forms.py`, `contacts.py`, `places.py`, `hours.py`: what is told by its form, as listed in `forms/`, and what needs a judgement beside it
- `vocabulary.py`, `tokens.py`, `neighbours.py`, `names.py`: what is told by lists: persons, towns, and words that no list knows
- `declaration.py`: what a case may name
- `files.py`: every channel of TOML and CSV files

The lists lie in `lists/`, each with its source and licence. Patterns are linear in the length of a text, and texts end at 10,000 letters.
Phone numbers are told by grouping and context rather than by the plans of the package phonenumbers: those need the country, and it is
numbers without a country code that slip through.
"""

from interlope.guard.declaration import Permission, Reviewed
from interlope.guard.files import Place, inspect_file
from interlope.guard.finding import RULES, Finding
from interlope.guard.inspection import inspect

__all__ = ["RULES", "Finding", "Permission", "Place", "Reviewed", "inspect", "inspect_file"]
