"""Benchmarks; docs/performance.md has the figures and how they were measured."""
