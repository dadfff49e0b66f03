"""Faults under load: what is acknowledged is kept, once; who must be told is told, once; pages stay calm."""
