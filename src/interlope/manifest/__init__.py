"""Manifest: what a result was made from, in enough detail to make it again bit for bit, and how stored files are read and verified.

Comes in: files of a case, a model's digest, seed and settings, and folders of results. Goes out: names of runs, manifests, records that
are what was written, or a refusal that names the file.

Files, in reading order:

- `files.py`: bytes of regular files; links, pipes and devices are refused
- `digests.py`: equal contents, equal digests; the name of a run
- `environment.py`: versions and kind of system that may change a result
- `stored.py`: the one door to stored records: whole, of the expected shape and of this run, or refused
- `manifest.py`: the manifest itself, and whether the files beside it are those that it names
"""
from __future__ import annotations

from interlope.manifest.digests import DESCRIPTION, canonical, digest, digest_folder, run_id
from interlope.manifest.environment import KIND, PACKAGES, environment, version
from interlope.manifest.manifest import (
    AGAIN,
    FILE,
    FORMAT,
    Manifest,
    changed,
    mismatches,
    parse,
    read,
    refuse_changed,
    tell_finished,
    text,
    write,
)

__all__ = [
    "AGAIN", "DESCRIPTION", "FILE", "FORMAT", "KIND", "PACKAGES", "Manifest", "canonical", "changed", "digest", "digest_folder",
    "environment", "mismatches", "parse", "read", "refuse_changed", "run_id", "tell_finished", "text", "version", "write",
]
