"""Results: the typed records that computations return, reports and commands read, and JSON is written from.

Comes in: numbers and texts from inference, policy, ensembles and the dossier. Goes out: frozen records whose JSON is `model_dump_json`
and whose JSON Schemas are printed by `interlope schema`. Nothing is computed here.

Files, in reading order:

- `record.py`: the base of every record; `envelope.py`: what surrounds the result of a verb in `--json`
- `verbs.py`: which record each verb puts into that envelope
- `run.py`: which case, model and method a long computation was made with
- `tabular.py`: tables of records as data frames and as HTML for notebooks
- `dossier.py`, `weighing.py`, `dated.py`, `fitted.py`, `forecast.py`, `separation.py`, `comparison.py`, `harm.py`, `robustness.py`,
  `search.py`, `discovery.py`, `importing.py`, `outlook.py`, `seek.py`, `sensitivity.py`, `backtest.py`, `recovery.py`, `ensembles.py`,
  `reading.py`: the records by subject
- `adequacy.py`, `prior_sensitivity.py`, `confidence.py`, `analysts.py`: how well, how robustly and how surely, and by whose judgement
- `explorer.py`, `market.py`: what pages of the explorer ask, and are answered
- `terms.py`: terms of the replicates, from which a page weighs again
- `check.py`, `reference.py`: how much a case holds, and what a case may say
- `study.py`: all of a study in one record
"""
