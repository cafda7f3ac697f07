"""What a municipality installs: one wheel, nothing beside the two packages, the main job from an empty folder, no network."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NO_NETWORK = """
import socket
def refuse(*args, **kwargs):
    raise OSError("network is not allowed here")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = refuse
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; dependencies are those of this environment, found but not copied."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False)
    executable = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    site = Path(subprocess.run([executable, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, capture_output=True, text=True).stdout.strip())
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(site), str(wheel)], check=True)
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    (site / "sitecustomize.py").write_text(NO_NETWORK)
    return executable


def test_the_wheel_holds_our_packages_and_nothing_beside_them(wheel: Path) -> None:
    """Programmet lægger ikke filer uden for sine egne mapper."""
    names = zipfile.ZipFile(wheel).namelist()

    assert {n.split("/")[0] for n in names} <= {"docgen", "nlp", f"{wheel.name.split('-py3')[0]}.dist-info"}
    for suffix in ("template.docx", "document.yaml"):
        assert sum(n.startswith("docgen/templates/documents/") and n.endswith(suffix) for n in names) == 8, suffix
    assert any(n.startswith("docgen/templates/law/") for n in names)
    assert any(n.startswith("docgen/examples/") for n in names)
    assert any(n.startswith("nlp/pipeline_da/") for n in names)
    assert any(n.startswith("nlp/rules/") for n in names)


def test_every_dependency_is_declared_and_present() -> None:
    """Det, programmet bruger, bliver installeret sammen med det."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    for requirement in project["dependencies"]:
        assert metadata.version(re.match(r"[\w.-]+", requirement)[0])


def test_the_main_job_runs_from_an_empty_folder_without_network(python: Path, tmp_path: Path) -> None:
    """Efter installation virker »docgen demo« på en maskine uden netværk."""
    done = subprocess.run([python, "-m", "docgen", "demo", "-o", "ud"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")

    assert done.returncode in (0, 1), done.stderr
    made = list((tmp_path / "ud").rglob("*.docx"))
    assert len(made) >= 14
    assert "Traceback" not in done.stderr
