"""Loops that run over every day of every activity, compiled by numba: for plans of many hundred tasks.

In: `arrays.Arrays`, a problem as flat numpy arrays. Out: numpy arrays, which their callers turn into schedules and
bounds. Nothing here is imported before it is used, so that small plans do not pay for numba; where numba is missing
(`jit.AVAILABLE` is false) the callers do without and say so. To add a kernel write a function of arrays under
`@compiled` and call it once in `warm.py`, so that `make plan` compiles it at install time.
"""
