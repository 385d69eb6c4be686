"""All benchmarks, one after the other: `make bench`. Each runs alone with `python -m tests.benchmarks.NAME`."""

from tests.benchmarks import planning, reading

for benchmark in (reading, planning):
    print(f"\n{(benchmark.__doc__ or '').splitlines()[0]}")
    benchmark.main()
