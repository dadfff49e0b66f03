"""The embedded PostgreSQL that development, the demo and the tests use."""
