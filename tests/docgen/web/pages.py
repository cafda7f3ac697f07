"""A page to test with: its own folder of cases, opened as a person opens it."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

warnings.filterwarnings("ignore", message="Using `httpx`")

from starlette.testclient import TestClient  # noqa: E402

from docgen.content import Content  # noqa: E402
from docgen.web.accesslog import AccessLog  # noqa: E402
from docgen.web.app import create_app  # noqa: E402
from docgen.web.gate import Keys, addresses, root_of  # noqa: E402
from docgen.web.house import House  # noqa: E402

BASE = "http://127.0.0.1:8765"
CONTENT = Content()
FIRST = "07-fleksjob-bevilling-amps.yaml"


class Visitor(TestClient):
    """A browser without JavaScript, let in."""

    house: House

    @property
    def csrf(self) -> str:
        return self.house.keys.csrf

    def submit(self, address: str, **fields):
        files = fields.pop("files", None)
        return self.post(address, data={"csrf": self.csrf, **{k.replace("__", ":"): v for k, v in fields.items()}}, files=files)

    def example(self, name: str = FIRST) -> str:
        """The address of a copy of a shipped case."""
        return str(self.submit("/sager", eksempel=name).url).removeprefix(BASE)

    def empty(self) -> str:
        return str(self.submit("/sager").url).removeprefix(BASE)

    def version(self, address: str) -> str:
        return re.search(r'name="version" value="([0-9a-f]+)"', self.get(address).text)[1]

    def case_file(self, address: str) -> Path:
        return self.house.store.path(address.split("/")[2])


def visitor(folder: Path, *, let_in: bool = True, keys: Keys | None = None, public: str | None = None, log: Path | None = None) -> Visitor:
    house = House(folder, CONTENT, keys or Keys(), root_of(public))
    made = Visitor(create_app(house, *addresses(8765, public), log=AccessLog(log) if log else None), base_url=BASE)
    made.house = house
    if let_in:
        made.get(f"/start?noegle={house.keys.token}")
    return made
