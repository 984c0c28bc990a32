"""Compiled templates, kept in the user's cache: compiling takes as long as all else in a build."""

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from briefgen.cache import Cache

CODE = ("render", "text", "config", "cache", "model")
"""Packages of briefgen that a compiled template depends on: this stage and the layers below it.

The compiler already runs filters on constants. None that reads a file may take one: ``pieces``,
the only such filter, takes what the analyst wrote.
"""


class Bytecode(BytecodeCache):
    """Code of templates by their source, their place and the environment's kind."""

    def __init__(self, cache: Cache, environment: str) -> None:
        self._cache = cache
        self._environment = environment.encode()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if the same source was compiled before."""
        kept = self._cache.get(CODE, self._parts(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._cache.put(CODE, self._parts(bucket), bucket.bytecode_to_string())

    def _parts(self, bucket: Bucket) -> list[bytes]:
        # The key is the digest of the name and the path, the checksum that of the source.
        return [b"template", self._environment, bucket.key.encode(), bucket.checksum.encode()]
