"""Parquet tables of items (extra ``archives``): one part a row group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tracker.archives.items import NOT_UTF8
from tracker.archives.parts import COLUMNS, Archive, Part, Raw, Refused, wrong_columns
from tracker.errors import UsageProblem

ROWS: Final = 2000
"""Rows taken out of a row group at once; bounds memory."""


def _parquet() -> Any:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise UsageProblem(
            "Parquet needs pyarrow, which is not installed.", hint="pip install 'tracker[archives]'"
        ) from error
    return parquet


def columns(path: str) -> Refused | None:
    """Why the table cannot be read as items, or None.

    Raises:
        UsageProblem: pyarrow is not installed.
    """
    parquet = _parquet()
    try:
        with parquet.ParquetFile(path) as file:
            return wrong_columns(path, list(file.schema_arrow.names))
    except (OSError, ValueError) as error:  # ArrowInvalid is a ValueError
        line = str(error).splitlines()[0][:160]
        return Refused(path, f"is a damaged or cut-off Parquet file ({line})", "fetch it again")


def cut(archive: Archive, number: int) -> list[Part]:
    """One part a row group."""
    with _parquet().ParquetFile(archive.path) as file:
        groups = file.metadata.num_row_groups
    return [Part(archive.path, "parquet", number + n, n, n + 1) for n in range(groups)]


def read(part: Part) -> Iterator[Raw]:
    """The rows of the part's row group; where it cannot be unpacked, each is a problem."""
    with _parquet().ParquetFile(part.path()) as file:
        first = sum(file.metadata.row_group(n).num_rows for n in range(part.start))
        wanted = [name for name in file.schema_arrow.names if name in COLUMNS]
        at = first
        try:
            for batch in file.iter_batches(ROWS, row_groups=[part.start], columns=wanted):
                for row in _rows(batch):
                    yield Raw(at, problem=NOT_UTF8) if row is None else Raw(at, row=row)
                    at += 1
        except (OSError, ValueError):
            end = first + file.metadata.row_group(part.start).num_rows
            yield from (Raw(n, problem="rows of a damaged row group") for n in range(at, end))


def _rows(batch: Any) -> Iterator[dict[str, Any] | None]:
    """The rows of a batch, None where one is not UTF-8; what Python has no like of is told."""
    try:
        yield from batch.to_pylist()
    except (OverflowError, ValueError):
        yield from (_row(batch, row) for row in range(batch.num_rows))


def _row(batch: Any, row: int) -> dict[str, Any] | None:
    try:
        return {name: _value(batch.column(name)[row]) for name in batch.schema.names}
    except UnicodeDecodeError:
        return None


def _value(cell: Any) -> Any:
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        raise
    except (OverflowError, ValueError):
        return "out of range"
