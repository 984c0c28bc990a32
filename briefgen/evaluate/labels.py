"""Read the labels that a person wrote, each file with the document that it labels."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from briefgen import sources
from briefgen.errors import LabelError, SourceError
from briefgen.evaluate.record import Record
from briefgen.evaluate.schema import LabelFile, problems
from briefgen.model import Document
from briefgen.sources.detect import SUFFIXES


@dataclass(frozen=True, slots=True)
class Labelled:
    """One document and what a person found in it."""

    id: str
    """Stem of the two files' name."""
    document: Document
    records: tuple[Record, ...]
    warnings: tuple[str, ...]
    """Words of labels that the document does not hold, one line each."""


def load(gold: Path, documents: Path | None = None) -> list[Labelled]:
    """Read every ``*.json`` of a folder, in the order of names, and the document of each.

    A document has its label file's stem and an ending that briefgen reads; it stands in
    ``documents``, or beside the labels. Raises LabelError with one line for every problem.
    """
    files = [path for path in _files(gold) if path.suffix.lower() == ".json"]
    if not files:
        raise LabelError(f"{gold}: holds no label file (write report.json for report.pdf)")
    folder = gold if documents is None else documents
    beside = _by_stem(_files(folder))
    found: list[Labelled] = []
    wrong: list[str] = []
    for file in files:
        labels = document = None
        try:
            labels = _read(file)
        except LabelError as error:
            wrong += error.lines
        try:
            document = _document(file, beside.get(file.stem, []), folder)
        except (LabelError, SourceError) as error:
            wrong += error.lines
        if labels and document:
            found.append(_labelled(file, labels, document))
    if wrong:
        raise LabelError(*wrong)
    return found


def _files(folder: Path) -> list[Path]:
    try:
        if not folder.is_dir():
            problem = "is not a folder" if folder.exists() else "there is no such folder"
            raise LabelError(f"{folder}: {problem} (name the one that holds the files)")
        return sorted(path for path in folder.iterdir() if path.is_file())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no folder can have this name"
        raise LabelError(f"{folder}: cannot be read: {reason}") from None


def _by_stem(files: Iterable[Path]) -> Mapping[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for file in files:
        if file.suffix.lower() in SUFFIXES:
            found.setdefault(file.stem, []).append(file)
    return found


def _document(file: Path, candidates: list[Path], folder: Path) -> Document:
    match candidates:
        case [one]:
            return sources.read(one)
        case []:
            wanted = f"{folder / file.stem}.txt"
            raise LabelError(
                f"{file}: has no document (put it at {wanted}, or .md .html .pdf .docx)"
            )
        case several:
            names = ", ".join(path.name for path in several)
            raise LabelError(f"{file}: has several documents: {names} (keep one)")


def _labelled(file: Path, labels: LabelFile, document: Document) -> Labelled:
    return Labelled(
        id=file.stem,
        document=document,
        records=tuple(label.record for _, label in labels.labels),
        warnings=tuple(_strange(file, labels, document)),
    )


def _read(file: Path) -> LabelFile:
    try:
        data = json.loads(file.read_bytes().decode("utf-8-sig"))
        json.dumps(data, ensure_ascii=False).encode()
        return LabelFile.model_validate(data)
    except OSError as error:
        raise LabelError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise LabelError(f"{file}:{line}:1: is not UTF-8 text (save it as UTF-8)") from None
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start]).strip("'")
        raise LabelError(f"{file}: {half} is half a character (copy the words again)") from None
    except json.JSONDecodeError as error:
        problem = f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise LabelError(f"{file}:{error.lineno}:{error.colno}: {problem}") from None
    except RecursionError:
        raise LabelError(f"{file}: is nested too deeply for labels") from None
    except ValidationError as error:
        raise LabelError(*(f"{file}: {line}" for line in problems(error))) from None


def _strange(file: Path, labels: LabelFile, document: Document) -> Iterable[str]:
    """Words that are not in the document, white space loose: the label was typed, not copied."""
    text = " ".join(document.text.split())
    for place, label in labels.labels:
        for key, words in label.copied.items():
            if words and " ".join(words.split()) not in text:
                short = " ".join(words.split())[:60]
                yield f"{file}: {place}.{key}: not in {document.source.location}: {short!r}"
