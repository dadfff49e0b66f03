"""Which formats are read. Without Django: the measuring process needs it too."""

FORMATS = "aac,aiff,caf,flac,mov,mp3,ogg,w64,wav,wv"
"""Demuxers of FFmpeg, by their names."""
