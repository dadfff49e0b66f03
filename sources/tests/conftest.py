from sources.testing.fixtures import acoustid, covers, musicbrainz, no_gaps, spotify, tracklists

__all__ = ["acoustid", "covers", "musicbrainz", "no_gaps", "spotify", "tracklists"]
