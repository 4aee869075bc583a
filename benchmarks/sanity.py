"""The sanity table of every mechanism: python benchmarks/sanity.py > docs/results/sanity.md. Exit status 1 if a row fails."""
from __future__ import annotations

import platform
import sys
from datetime import date

from interlope.jit.compile import digest
from interlope.verification.sanity import REPLICATES, SEED, measure_all


def main() -> int:
    """Print the table as Markdown."""
    print("# What each mechanism does when its rate is zero and when it is double\n")
    print(f"{date.today()}, {platform.machine()}, Python {platform.python_version()}, model {digest()}, seed {SEED}, {REPLICATES} paired "
          "replicates of 420 days. A row holds when the paired difference has the stated sign by three standard errors.\n")
    print("| mechanism | parameter | from | to | series | at from | at to | difference | s.e. | expected | holds | why |")
    print("| --- | --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- | --- | --- |")
    failed = 0
    for e, low, high, difference, error, holds in measure_all():
        failed += not holds
        print(f"| {e.mechanism} | {e.parameter} | {e.low:g} | {e.high:g} | {e.series} | {low:.4g} | {high:.4g} | "
              f"{difference:.3g} | "
              f"{error:.2g} | {'up' if e.direction > 0 else 'down'} | {'yes' if holds else 'NO'} | {e.why} |")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
