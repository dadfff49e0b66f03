"""Producers whom a label blocked: who does it, what the log keeps of it, and what the team reads."""
