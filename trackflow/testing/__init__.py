"""Test machinery: databases, a cast of people, a live server, a worker, a browser."""
