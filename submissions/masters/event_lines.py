"""Events about masters in words."""

from collections.abc import Mapping
from typing import Any

from submissions.masters.status import format_words


def master_lines(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the format of a master, if its event says it, and the fingerprint of its file."""
    if "file_digest" not in payload:
        return []
    line = [("Fingerprint of the file (SHA-256)", payload["file_digest"])]
    if "codec" not in payload:
        return line
    words = format_words(payload["codec"], payload["sample_rate"], payload["bit_depth"])
    return [("Received", words), *line]
