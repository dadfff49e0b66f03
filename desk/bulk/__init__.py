"""One action on many submissions: ordered at once, run by a job, each submission in a transaction of its own."""
