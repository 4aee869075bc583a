"""Prior reach of the flagship's known figures under every explanation: python benchmarks/tieout.py > docs/results/tieout.md."""
from __future__ import annotations

import platform
from datetime import date

from interlope.jit.compile import digest
from interlope.scenario.case import load
from interlope.verification.tieout import FLAGSHIP, measure

DRAWS, SEED = 300, 20231025


def main() -> None:
    """Print the table as Markdown."""
    case = load("serbia-hungary")
    reach = measure(case, draws=DRAWS, seed=SEED)
    print("# Can the priors meet what is known?\n")
    print(f"{date.today()}, {platform.machine()}, Python {platform.python_version()}, model {digest()}, seed {SEED}, {DRAWS} prior "
          "replicates per explanation. Each cell: 5, 50 and 95 % of prior replicates; * marks a known value outside the central 95 %.\n")
    print("| figure | known | unit | " + " | ".join(case.hypotheses) + " | source |")
    print("| --- | ---: | --- | " + " | ".join("---" for _ in case.hypotheses) + " | --- |")
    for figure in FLAGSHIP:
        cells = []
        for name in case.hypotheses:
            row = next(r for r in reach if r.figure is figure and r.explanation == name)
            cells.append(f"{row.low:.4g} / {row.median:.4g} / {row.high:.4g}{'' if row.within else ' *'}")
        print(f"| {figure.name} | {figure.known:g} | {figure.unit} | " + " | ".join(cells) + f" | {figure.source} |")


if __name__ == "__main__":
    main()
