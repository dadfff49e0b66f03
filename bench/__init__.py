"""Measurements; figures and how they were taken stand in docs/performance.md."""
