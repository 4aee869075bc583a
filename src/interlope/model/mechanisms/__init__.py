"""Mechanisms: one rule of the market in each file, with its equation, its source, its parameters and what it leaves out.

Comes in: parameters, the world of one replicate, its stream key and the day. Goes out: the same world, changed in place. They do not know
each other; `step.py`, one folder up, calls them in order.
"""
