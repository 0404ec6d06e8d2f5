"""`make bench`: each figure beside a floor and its peers, measured in the same run (docs/benchmarks.md)."""
