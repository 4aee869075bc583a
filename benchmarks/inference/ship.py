"""Make a case's shipped answer: run its thorough study (or its quick one), or take the complete one that is there, and pack it.

    python benchmarks/inference/ship.py serbia-hungary
    python benchmarks/inference/ship.py channel-boats quick

Run it again after every change of the model or of the case; `interlope report CASE` says which model and day an answer is of.
"""
from __future__ import annotations

import sys
from pathlib import Path

import interlope
from interlope.cli.progress import Watch
from interlope.pipeline import DOES, Plan, run, shipped
from interlope.scenario.case import load


def main() -> None:
    """Run and pack."""
    with Watch(DOES) as watch:
        done = run(load(sys.argv[1]), Plan(mode="quick" if "quick" in sys.argv[2:] else "thorough"), progress=watch.tell, say=watch.say)
    folder = shipped.pack(done, Path(interlope.__file__).parent / "answers")
    size = sum(p.stat().st_size for p in folder.iterdir())
    print(f"{done.folder}, {sum(done.stages.values()):.0f} s, packed into {folder.name}: {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
