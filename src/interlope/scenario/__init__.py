"""Scenario: a case folder read, checked and bound: where evidence and simulator meet.

Comes in: a folder of TOML and CSV files. Goes out: a `Case`: its setting, dossier, explanations with priors, options and questions; or
every fault of every file, with its line.

Files, in reading order:

- `case.py`, `folder.py`, `inventory.py`: `interlope.load`: the folder as a whole, its evidence, and the list of its files
- `citation.py`, `prediction.py`, `oddities.py`, `doubtful_figures.py`, `price_level.py`, `idle.py`: what may be named as a source, what
  an explanation predicts, what is rarely meant, figures that look like something else, prices far from their reference, and what changes
  nothing
- `specification.py`, `sections.py`: time, space, groups, clients, demand and imposed events, and the sections that state them
- `network.py`, `forcing.py`, `operations.py`, `window.py`, `limits.py`: a network of groups, known factors on tries, known operations, the
  days compared, and what no case may set
- `events.py`, `measures.py`: operations, and what states are known to have done as levers with days
- `origins.py`, `wording.py`: where groups come from, the states of the border, and the words of the case
- `families.py`, `prior.py`, `parameters.py`: uncertain numbers, and parameters that a file gives
- `variants.py`, `hypothesis.py`, `alternatives.py`: explanations made of them, the forms that one may take, and options
- `resolved.py`: what every parameter is under one explanation; `explanations/`, no code: those that `interlope new` can write
- `figures.py`: which official figures are fitted, held out or left out
- `binding.py`: which statistics of a replicate the evidence asks for, and where each ends up
- `candidates.py`: evidence that could be sought, as `evidence.toml` lists it; `analysts.py`, `idle_judgements.py`: who judges otherwise,
  and what of it changes nothing
- `fields.py`: every entry that these files may have, with its meaning
- `texts.py`, `trial.py`: every text tried by the guard; whether a case stays sound with some of its files changed
- `asks.py`, `identity.py`: what the question is about, and which case an object belongs to
- `given.py`: a case as Python hands it over: loaded, or by name or folder
- `bordered.py`: which parameters are numbers of one border, and how each is found for another
- `description.py`: a case, its question, dossier and parameters as records, for report, command line and JSON
"""
