"""TOML: files read with every fault collected, each with its file and line.

Comes in: a TOML file. Goes out: checked values, and faults with what was expected and the nearest known name.

Files, in reading order: `scanner.py` finds the line of every key; `located.py` reads the values and holds them to
limits; `table.py` reads one table, key by key; `names.py` refuses names that results use; `writing.py` writes values.
"""
