"""Explorer: a finished study to walk through and play with, in a browser on this machine.

Comes in: the folder of a study or a shipped answer, its case, settings of levers. Goes out: pages, replicates and comparisons by request,
files of changes where they are asked for.

Files, in reading order:

- `opening.py`: the results, the case that they belong to, posterior draws that can be run again
- `turns.py`: which change of a page is its latest
- `live.py`: options on posterior draws, a few at first and more as they come
- `differences.py`: summaries of all outcomes at once
- `summary.py`: a live option beside its comparators, harm first
- `market.py`: replicates by day, sector and group, and fans of any series
- `letters.py`: which one or two letters would turn the odds
- `saving.py`: a change as a file of a case and as commands
- `pages.py`: the pages, of the report's own parts
- `security.py`: who may ask for what
- `app.py`: the addresses
- `connections.py`: how many connections, and which gives way
- `serve.py`: port, token, browser, Ctrl-C

`strings.json` holds every text of the pages' frame and script, `static` the script built from the folder `web` at the root.
"""
