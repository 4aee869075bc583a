"""Model: the simulated market, day by day, from parameters and named random numbers to recorded series.

Comes in: parameters, a setting (days, places, groups, demand), daily controls and stream keys. Goes out: recorded series and statistics of
every replicate. It knows nothing of the evidence.

Files, in reading order:

- `params.py`, `belonging.py`: parameters, what each belongs to, and controls; `setting.py`: what else a case decides
- `state.py`, `world.py`, `workspace.py`: the state of one replicate, and its workspace, in flat memory
- `rng.py`, `samplers.py`, `special.py`: random numbers named by what they mean, exact draws from them, the same bits on every machine
- `arguments.py`: what the kernel of a day is given; `step.py`: the order of a day; `mechanisms/`: one file for each rule that it calls
- `people.py`, `opening.py`, `slots.py`, `occupancy.py`, `ground.py`, `opponents.py`,
  `violence.py`, `contest.py`, `excitation.py`, `logit.py`, `payments.py`: what several mechanisms share
- `online_statistics.py`: statistics of a path, accumulated while it runs
- `simulate.py`: begin and copy many replicates; `running.py`: advance them; `cuda.py`: the same on a graphics card
"""
