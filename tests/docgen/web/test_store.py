"""Case files in a folder: nobody overwrites anybody, whoever writes and however they stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docgen import files
from docgen.casefile import read_case
from docgen.errors import FileError
from docgen.model import Case
from docgen.web.store import CaseStore

ROOT = Path(__file__).resolve().parents[3]

WRITER = """
import sys
from pathlib import Path
from docgen.web.store import CaseStore
store, me, case_id = CaseStore(Path(sys.argv[1])), sys.argv[2], sys.argv[3]
print("klar", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[4])):
    opened = store.open(case_id)
    if me == "a":
        done = store.change(case_id, opened.version, {"citizen.name": [f"Karin {number}"], "account.own_words": [f"Linje {number} " + "x" * 20000]})
    else:
        while True:
            try:
                opened = store.open(case_id)
                store.add(case_id, opened.version, "documents", {"id": f"D{number}"})
                break
            except Exception as e:
                if type(e).__name__ != "Stale":
                    raise
    print(number, flush=True)
"""


def writer(folder: Path, me: str, case_id: str, times: int) -> subprocess.Popen:
    """Another programme that changes the same case, ready to begin."""
    started = subprocess.Popen([sys.executable, "-c", WRITER, str(folder), me, case_id, str(times)], cwd=ROOT, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    assert started.stdout.readline() == "klar\n"
    return started


def begin(*writers: subprocess.Popen) -> None:
    for one in writers:
        one.stdin.write("\n")
        one.stdin.flush()


@pytest.fixture
def store(tmp_path):
    return CaseStore(tmp_path / "sager")


def test_two_pages_on_one_folder_lose_nothing(store) -> None:
    """To programmer, der retter i den samme sag samtidig, sletter ikke hinandens arbejde."""
    case_id = store.create(Case())
    both = [writer(store.folder, me, case_id, 12) for me in "ab"]
    begin(*both)
    for one in both:
        assert one.wait(60) == 0
    case = read_case(store.path(case_id))
    assert [d.id for d in case.documents] == [f"D{n}" for n in range(12)]
    assert case.citizen.name == "Karin 11"
    assert not [s for s in store.history(case_id) if s.kind == "udefra"]


def test_an_editor_is_never_overwritten(store, monkeypatch) -> None:
    """Gemmer nogen sagsfilen i en editor, mens siden er ved at gemme, er begges ændringer der bagefter."""
    case_id = store.create(Case.model_validate({"citizen": {"name": "Karin", "phone": "1"}}))
    opened = store.open(case_id)
    real, meddled = files.replace, []

    def replace(path, content, was):
        if not meddled:
            meddled.append(path.write_text(path.read_text("utf-8").replace("Karin", "Karin Holm"), "utf-8"))
        real(path, content, was)

    monkeypatch.setattr(files, "replace", replace)
    outcome = store.change(case_id, opened.version, {"citizen.phone": ["00 00 00 11"]})
    citizen = read_case(store.path(case_id)).citizen
    assert (citizen.name, citizen.phone) == ("Karin Holm", "00 00 00 11")
    assert outcome.elsewhere == ("citizen.name",)
    assert "udefra" in [s.kind for s in store.history(case_id)]


def test_the_same_field_changed_in_an_editor_is_asked_about(store, monkeypatch) -> None:
    """Er det samme felt ændret i editoren, bliver der spurgt, og editorens tekst står imens."""
    case_id = store.create(Case.model_validate({"citizen": {"name": "Karin"}}))
    opened = store.open(case_id)
    store.path(case_id).write_text(store.path(case_id).read_text("utf-8").replace("Karin", "Kaja"), "utf-8")
    outcome = store.change(case_id, opened.version, {"citizen.name": ["Karin Holm"]})
    assert [(c.mine, c.theirs) for c in outcome.conflicts] == [("Karin Holm", "Kaja")]
    assert read_case(store.path(case_id)).citizen.name == "Kaja"


def test_the_command_line_does_not_overwrite_the_page(tmp_path) -> None:
    """Læser kommandolinjen en formular ind, mens siden gemmer, bliver den afvist og kan prøve igen; sidens tekst er der."""
    case = tmp_path / "sag.yaml"
    case.write_bytes(b"version: 1\n")
    files.replace(case, "version: 1\ncase_number: 26-1\n", b"version: 1\n")
    with pytest.raises(files.ChangedMeanwhile):
        files.replace(case, "version: 1\ncase_number: 26-2\n", b"version: 1\n")
    assert read_case(case).case_number == "26-1"
    with pytest.raises(files.ChangedMeanwhile):
        files.replace(tmp_path / "ny.yaml", "version: 1\n", b"noget")
    files.replace(tmp_path / "ny.yaml", "version: 1\n", None)


def test_a_programme_that_hangs_does_not_hang_the_others(store, monkeypatch) -> None:
    """Holder et andet program fast på sagerne, siger siden det i stedet for at vente for evigt."""
    monkeypatch.setattr(files, "WAIT", 0.2)
    holder = subprocess.Popen([sys.executable, "-c", "import sys; from pathlib import Path; from docgen import files\n"
                               "with files.alone(Path(sys.argv[1])): print('har', flush=True); sys.stdin.readline()", str(store.folder)],
                              cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "har\n"
    try:
        with pytest.raises(FileError, match="i brug af et andet program"):
            store.create(Case())
    finally:
        holder.communicate("\n", 20)
    assert store.create(Case())


@pytest.mark.skipif(os.name == "nt", reason="Windows har ikke SIGKILL")
@pytest.mark.parametrize("wait", [0.02, 0.05, 0.09])
def test_a_killed_programme_leaves_a_whole_case(store, wait) -> None:
    """Bliver programmet slået ihjel midt i at gemme, er sagen hel: alt, der blev meldt gemt, er der, og det kan ses tilbage."""
    case_id = store.create(Case())
    one = writer(store.folder, "a", case_id, 10_000)
    begin(one)
    one.stdout.readline()
    time.sleep(wait)
    one.send_signal(signal.SIGKILL)
    reported = [int(line) for line in one.communicate()[0].split()]
    opened = CaseStore(store.folder).open(case_id)
    number = int(opened.case.citizen.name.removeprefix("Karin "))
    assert number >= max(reported, default=0)
    assert opened.case.account.own_words == f"Linje {number} " + "x" * 20000
    store.change(case_id, opened.version, {"citizen.phone": ["00 00 00 11"]})
    assert read_case(store.path(case_id)).citizen.phone == "00 00 00 11"
    assert store.undo(case_id) is not None


def test_what_cannot_be_changed_in_place_says_so(store) -> None:
    """Kan mine egne kommentarer i sagsfilen ikke følge med, står det ved skridtet, og den gamle udgave er gemt."""
    path = store.folder / "min.yaml"
    path.write_text("version: 1\ndocuments: [{id: D1}, {id: D2}]  # fra lægen\n", "utf-8")
    case_id = store.id_of("min.yaml")
    store.remove(case_id, store.open(case_id).version, "documents[0]")
    last, first = store.history(case_id)
    assert last.kind == "omskrevet"
    assert b"# fra l\xc3\xa6gen" in store.kept(case_id).raw(first.version)


def test_what_a_killed_programme_left_half_written_is_cleared(store) -> None:
    """En halvt skrevet fil fra et program, der blev slået ihjel, bliver ikke liggende med sagens ord i."""
    stray, fresh = store.folder / ".sagsklar-abc.tmp", store.folder / ".sagsklar-def.tmp"
    for file in (stray, fresh):
        file.write_text("citizen: Karin", "utf-8")
    os.utime(stray, (time.time() - 3600,) * 2)
    CaseStore(store.folder)
    assert not stray.exists()
    assert fresh.exists()
