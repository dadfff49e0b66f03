"""The first page of the office: how things stand, and the way to whatever somebody holds a name of."""
