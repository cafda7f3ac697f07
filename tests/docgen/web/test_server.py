"""`docgen serve`: how the page is started."""

from __future__ import annotations

import socket
import sys

from click.testing import CliRunner

import docgen.web
from docgen.cli import cli
from docgen.errors import DocgenError


def test_without_its_extra_the_page_says_how_to_get_it(monkeypatch) -> None:
    """Mangler den del, siden bruger, siger programmet, hvordan den installeres."""
    for name in ("docgen.web.server", "uvicorn"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.delattr(docgen.web, "server", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(cli, ["serve"])

    assert isinstance(result.exception, DocgenError)
    assert 'pip install "sagsklar[web]"' in str(result.exception)


def test_a_busy_port_is_told(tmp_path) -> None:
    """Er porten optaget, siger programmet det og foreslår en anden."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = CliRunner().invoke(cli, ["serve", "--port", str(taken.getsockname()[1]), "--folder", str(tmp_path / "sager")])

    assert isinstance(result.exception, DocgenError)
    assert "er optaget" in str(result.exception)
