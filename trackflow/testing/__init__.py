"""What the tests stand on: databases of their own, a served site, a worker, a browser."""
