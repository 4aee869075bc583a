"""Storage: ensembles and datasets on disk, whole or not at all, through kills, full disks and damaged files.

Comes in: a plan of an ensemble. Goes out: a folder with `replicates.zarr` or `summary.zarr`, `overview.csv` and `manifest.json`.

Files, in reading order:

- `disk.py`, `store.py`: bytes and datasets that are there or not, never half
- `refusal.py`: why the system refused to read or write, and what helps
- `partial.py`: what an unfinished run has done so far, each record of this run and whole, or set aside
- `plan.py`, `shards.py`: an ensemble cut into shards whose bytes depend on nothing else
- `encoding.py`, `summary.py`: a shard as full series, or as statistics
- `journal.py`, `folder.py`, `failed.py`: which shards are finished, what is left to do, which replicates failed
- `job.py`: all of it in order; `workers.py`, `slurm.py`: the same on a cluster
- `overview.py`, `replay.py`: means for reading, and the ensemble made again for comparison
"""
