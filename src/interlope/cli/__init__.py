"""Command line: one file for each verb; every verb prints for people, or one JSON envelope with --json.

Comes in: words typed in a shell. Goes out: tables and sentences on standard output, progress and faults on standard error, an exit code.
Nothing is computed here: a verb loads a case, calls one public function and prints the record that comes back.

Files, in reading order:

- `door.py`, `failure.py`, `streams.py`: the way in and out: what becomes of every exception, and of text that an output cannot take
- `app.py`: the list of verbs and the options before a verb
- `options.py`, `invocation.py`, `console.py`, `progress.py`, `tables.py`, `sure.py`, `yardstick.py`: what several verbs share:
  arguments, which verb runs, how results, faults and progress are printed, tables that more than one verb prints, the words for
  probabilities
- `chart.py`, `paths.py`: series drawn with characters
- `job.py`: the one run that `fit`, `weigh`, `compare`, `seek` and `study` share
- every other file: the verb of its name
"""
