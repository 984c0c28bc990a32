"""What a brief is part of: the name of a series, and its number there."""


def series_name(series: str) -> str:
    """``Policy Brief`` of ``Policy Brief 12/2024``: the words before the number."""
    words = series.split()
    while len(words) > 1 and any(char.isdigit() for char in words[-1]):
        words.pop()
    return " ".join(words).rstrip(" ,:;–—-") or series


def series_number(series: str) -> str | None:
    """``12/2024`` of ``Policy Brief 12/2024``; None where no number ends it."""
    line = " ".join(series.split())
    return line.removeprefix(series_name(series)).strip(" ,:;–—-") or None
