"""Tags written into files that were made up, for tests and the demo."""

from pathlib import Path


def tag(path: Path, tags: dict[str, str]) -> None:
    """Write tags by their usual names (`title`, `artist`, `bpm`, `genre`), as far as they are not empty."""
    import mutagen  # lazy: the extra local

    file = mutagen.File(path, easy=True)
    if file.tags is None:
        file.add_tags()
    for name, value in tags.items():
        if value:
            file[name] = value
    file.save()
