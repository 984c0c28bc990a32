"""The working folder that ``briefgen init`` makes, from the templates that ship."""

from pathlib import Path, PurePosixPath

from briefgen.config import editors
from briefgen.config.templates import shipped
from briefgen.model import Artifact


def starter(name: str) -> list[Artifact]:
    """A YAML file of that name, the schema that editors check it by, and sources to replace."""
    folder = shipped() / "starter"
    files = [
        Artifact(_path(file.relative_to(folder), name), _filled(file, name))
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    ]
    return [*files, Artifact(PurePosixPath(editors.FILE), editors.text().encode())]


def _path(path: Path, name: str) -> PurePosixPath:
    return PurePosixPath(f"{name}.yaml" if path.name == "brief.yaml" else path.as_posix())


def _filled(file: Path, name: str) -> bytes:
    return file.read_bytes().replace(b"{{ name }}", name.encode())
