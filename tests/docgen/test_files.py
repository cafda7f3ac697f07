"""Files: whole or not there, inside their folder, nothing overwritten unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import FileError
from docgen.files import inside, safe_name, write


@given(st.text(max_size=200))
def test_any_case_number_makes_a_harmless_file_name(text: str) -> None:
    """Et sagsnummer med skråstreger, prikker eller tegn fra andre sprog giver et filnavn, der virker overalt."""
    name = safe_name(text)

    assert name and len(name) <= 85
    assert not set(name) & set('/\\:*?"<>|. \n\0')
    assert name.lower() not in ("con", "nul", "aux", "prn", "com1", "lpt1")
    assert inside(Path("/mappe"), f"{name}.docx").parent == Path("/mappe")


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../b"])
def test_a_name_cannot_lead_out_of_its_folder(name: str, tmp_path: Path) -> None:
    """En kladde kan ikke lægges uden for den mappe, jeg har valgt."""
    with pytest.raises(FileError):
        inside(tmp_path / "ud", name)


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    """En kladde, jeg har rettet i, bliver ikke erstattet, før jeg beder om det."""
    path = tmp_path / "brev.docx"
    write(path, b"min rettede kladde")

    with pytest.raises(FileError, match="--overwrite"):
        write(path, b"ny")

    assert path.read_bytes() == b"min rettede kladde"
    write(path, b"ny", overwrite=True)
    assert path.read_bytes() == b"ny"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Går strømmen midt i det hele, er den gamle fil hel."""
    path = tmp_path / "brev.docx"
    write(path, b"gammel")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(FileError):
        write(path, b"ny", overwrite=True)

    assert path.read_bytes() == b"gammel"
    assert list(tmp_path.iterdir()) == [path]
