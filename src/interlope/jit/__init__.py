"""Compiler: the only place where Numba is imported; kernels are written once and run compiled or as plain Python.

Comes in: functions marked `kernel` (inner) or `entry` (called from Python). Goes out: the same functions compiled and cached on disk.

Files, in reading order:

- `compile.py`: the marks, the cache, and what happens where compiling is switched off
- `folder.py`: where compiled kernels are kept
- `linking.py`: which way inner kernels are compiled: deferred under versions of Numba that were tried, the plain way under others
- `deferred.py`: the deferred way: inner kernels optimised once, in the entry that calls them
"""
