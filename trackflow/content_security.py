"""What pages may load and be framed by: our own files, and the players of the hosts we know."""

from csp.constants import NONE, SELF

from catalog.links.players import FRAME_SOURCES, MEDIA_SOURCES

DIRECTIVES = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "frame-src": [SELF, *FRAME_SOURCES],
    "media-src": list(MEDIA_SOURCES),
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}
