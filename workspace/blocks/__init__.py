"""Producers a label blocked: the acts, their log lines, and the managers' pages."""
