"""Speed beside its peers: python benchmarks/peers/run.py [--quick]; writes docs/results/peers.md.

The same part of the model (see `world.py`) in this kernel, in Mesa, AgentPy and mesa-frames as their users would tune them, and in
NumPy by day. The law of each is checked against ours (see `law.py`); only then ratios of full-length runs are printed, one
replicate on one thread each; a peer whose law differs gets none. A planted fault shows that the check can refuse.

Install the peers with: pip install '.[peers]' in an environment of their own (mesa-frames holds NumPy below 2). A peer that is not
installed is left out and named. Exit status 1 where a law differs or the planted fault goes unnoticed.
"""
from __future__ import annotations

import os
import sys

ONE = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> int:
    """Hold every library to one thread, before any of them is imported; then run."""
    os.environ.update({name: "1" for name in ONE})
    import contest

    return contest.main(__doc__)


if __name__ == "__main__":
    sys.exit(main())
