"""One action on many submissions: ordered once, run by a job, each submission in its own transaction."""
