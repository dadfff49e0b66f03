"""The producer's pages: their own submissions, nobody else's."""
