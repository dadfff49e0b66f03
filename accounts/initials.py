"""What is shown of a person without a picture."""


def initials(name: str) -> str:
    """Return the initials of a name's first and last word, shown where there is no picture."""
    words = [letters for word in name.split() if (letters := [sign for sign in word if sign.isalnum()])]
    chosen = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(letters[0] for letters in chosen).upper() or "?"
