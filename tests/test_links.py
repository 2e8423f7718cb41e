"""`make links` names each address that is dead, with its sources, and says so where there is no network."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest
from servers import serving

pytestmark = pytest.mark.xdist_group("a server of addresses")

LOADER = SourceFileLoader("links", str(Path(__file__).parent.parent / ".ci" / "links"))
SPEC = spec_from_loader("links", LOADER)
assert SPEC is not None
LINKS = module_from_spec(SPEC)
LOADER.exec_module(LINKS)

CODES = {"/there": 200, "/people-only": 403, "/gone": 404}


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(CODES[self.path])
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Answer)) as address:
        yield address


def put_sources(root: Path, *addresses: str) -> Path:
    folder = root / "data" / "hanoi"
    folder.mkdir(parents=True)
    rows = [f"src_{number:03},{address}" for number, address in enumerate(addresses)]
    (folder / "sources.csv").write_text("\n".join(["source_id,address", *rows]) + "\n", encoding="utf-8")
    return root


def test_an_address_is_named_with_all_that_name_it(tmp_path):
    root = put_sources(tmp_path, "http://a.example/x", "", "http://a.example/x")
    (root / "README.md").write_text("See http://a.example/x, or <http://b.example>.", encoding="utf-8")
    assert LINKS.addresses(root) == {
        "http://a.example/x": ["README.md", "hanoi src_000", "hanoi src_002"],
        "http://b.example": ["README.md"],
    }


def test_what_is_dead_is_printed_with_its_source_and_the_number_of_all(server, tmp_path, capsys):
    root = put_sources(tmp_path, f"{server}/there", f"{server}/people-only", f"{server}/gone")
    assert LINKS.tell(LINKS.addresses(root)) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"hanoi src_002: {server}/gone: HTTP Error 404: Not Found",
        "1 of 3 addresses are dead.",
    ]


def test_addresses_that_all_answer_are_counted(server, capsys):
    assert LINKS.tell({f"{server}/there": ["README.md"]}) == 0
    assert capsys.readouterr().out == "0 of 1 addresses are dead.\n"


def test_without_a_network_nothing_is_called_dead(capsys):
    assert LINKS.tell({"http://127.0.0.1:1/": ["README.md"], "http://[": ["README.md"]}) == 2
    assert "there is no network here" in capsys.readouterr().out


def test_an_address_in_vietnamese_letters_can_be_asked(server, capsys, monkeypatch):
    monkeypatch.setitem(CODES, "/l%C3%A0ng?a=1", 200)
    assert LINKS.tell({f"{server}/làng?a=1": ["README.md"]}) == 0
