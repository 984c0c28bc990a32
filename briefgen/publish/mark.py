"""The file by which a folder is known for a site, and which says what each brief is now."""

from pathlib import PurePosixPath

SCHEMA = "briefgen/site/1"
"""Name and version of what the files of a site's memory hold."""

MARK = PurePosixPath("api/site.json")
"""Its path in the site."""
