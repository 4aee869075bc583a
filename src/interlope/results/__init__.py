"""Results: the typed records that computations return, reports and commands read, and JSON is written from.

Comes in: numbers and texts from inference, policy, ensembles and the dossier. Goes out: frozen records whose JSON is `model_dump_json`
and whose JSON Schemas are printed by `interlope schema`. Nothing is computed here.
"""
