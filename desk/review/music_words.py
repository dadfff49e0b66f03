"""What a demo sounds like, in words."""

from catalog.music.keys import KEY_CHOICES
from catalog.music.units import display_tempo
from submissions.models import Submission
from submissions.wording import genre_names


def music_words_of(submission: Submission) -> list[str]:
    """Return genre, tempo and key with their units, as far as they are known."""
    names = genre_names([submission.genre, submission.subgenre])
    genre = names.get(submission.subgenre) or names.get(submission.genre, "")
    tempo = f"{display_tempo(submission.tempo)} BPM" if submission.tempo else ""
    return [part for part in (genre, tempo, dict(KEY_CHOICES).get(submission.key, "")) if part]
