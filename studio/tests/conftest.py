from sources.testing.fixtures import covers, musicbrainz, no_gaps, spotify

__all__ = ["covers", "musicbrainz", "no_gaps", "spotify"]
