"""The site as `promotion-book serve` answers for it: its pages, and nothing else, whatever is asked."""

from __future__ import annotations

import http.client
import socket
import struct
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest
import typer
from servers import serving

from promotion_book.book.policy import HEADERS
from promotion_book.cli.common import tell_faults
from promotion_book.site.preview.serving import site_server
from promotion_book.site.store import SiteError


@pytest.fixture
def port(tmp_path) -> Iterator[int]:
    (tmp_path / "_site" / "r0").mkdir(parents=True)
    for name in ("index.html", "style.css", "book.zip"):
        (tmp_path / "_site" / name).write_bytes("làng".encode() * 500_000)
    (tmp_path / "outside.html").write_text("outside", encoding="utf-8")
    running = site_server(tmp_path, 0)
    with serving(running):
        yield running.server_port


def asked(port: int, address: str) -> HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", address)
    return connection.getresponse()


@pytest.mark.parametrize(
    ("address", "status"),
    [("/", 200), ("/style.css", 200), ("/none", 404), ("/r0/", 404), ("/r0", 301), ("/%00", 400), ("/a%00.html", 400),
     ("/%ED%A0%80", 400), ("/../outside.html", 404), ("/%2e%2e/outside.html", 404), ("/" + "a" * 4000, 404)],
)  # fmt: skip
def test_whatever_is_asked_has_an_answer_and_nothing_is_told_on_the_terminal(port, address, status, capfd):
    assert asked(port, address).status == status
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("", "text/html; charset=utf-8"), ("style.css", "text/css; charset=utf-8"), ("book.zip", "application/zip")],
)
def test_text_is_sent_as_utf_8_with_the_headers_of_the_site(port, name, kind):
    headers = asked(port, f"/{name}").headers
    assert headers["Content-Type"] == kind
    assert {key: headers[key] for key in HEADERS} == HEADERS


def test_a_reader_who_hangs_up_is_not_told_of_on_the_terminal(port, capfd):
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port)) as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            reader.sendall(b"GET /index.html HTTP/1.1\r\nHost: a\r\n\r\n")
            reader.recv(1)
    assert asked(port, "/").status == 200
    assert capfd.readouterr() == ("", "")


def test_the_site_is_served_on_this_machine_only(tmp_path):
    (tmp_path / "_site").mkdir()
    running = site_server(tmp_path, 0)
    running.server_close()
    assert running.server_address[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_named_with_what_to_do(port, tmp_path, capsys):
    with pytest.raises(typer.Exit):
        tell_faults(lambda: site_server(tmp_path, port))()
    assert capsys.readouterr().err == f"port {port}: Address already in use; name another one with --port\n"


@pytest.mark.parametrize("there", ["nothing", "a file"])
def test_nothing_published_is_nothing_to_serve(tmp_path, there):
    if there == "a file":
        (tmp_path / "_site").write_text("")
    with pytest.raises(SiteError, match="nothing has been published"):
        site_server(tmp_path, 0)
