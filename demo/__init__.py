"""The story that `make demo` tells: data in `data/`, and a small engine that plays it through the door."""
