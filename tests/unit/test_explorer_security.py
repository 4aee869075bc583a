"""The explorer's door: whoever is not its own page gets nothing, whatever is sent."""
from __future__ import annotations

import asyncio
import json
import socket
import threading

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from fastapi.websockets import WebSocketDisconnect

from interlope.explorer.connections import MOST_AT_ONCE
from interlope.explorer.security import BURST, HEADERS, MOST_BODY, Door
from interlope.explorer.serve import configure, listen

TOKEN, PORT = "a-token-of-a-launch", 4711
HOST = f"127.0.0.1:{PORT}"
SECRET = "what only the page may see"


@pytest.fixture
def errors():
    return []


@pytest.fixture
def door(errors):
    app = FastAPI()

    @app.get("/page")
    def page():
        return SECRET

    @app.post("/api/echo")
    async def echo(request: Request):
        return {"length": len(await request.body()), "secret": SECRET}

    @app.get("/broken")
    def broken():
        raise RuntimeError(SECRET)

    return Door(app, TOKEN, PORT, errors.append, clock=lambda: 0.0)


@pytest.fixture
def client(door):
    return TestClient(door, base_url=f"http://{HOST}", raise_server_exceptions=False)


def test_the_page_itself_is_answered_with_every_header(client):
    answer = client.get(f"/{TOKEN}/page")
    assert answer.status_code == 200 and answer.json() == SECRET
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(("path", "headers", "status"), [
    (f"/{TOKEN}/page", {"host": "attacker.example"}, 400),
    (f"/{TOKEN}/page", {"host": f"127.0.0.1:{PORT + 1}"}, 400),
    (f"/{TOKEN}/page", {"host": f"127.0.0.1.attacker.example:{PORT}"}, 400),
    (f"/{TOKEN}/page", {"origin": "http://attacker.example"}, 403),
    (f"/{TOKEN}/page", {"origin": "null"}, 403),
    (f"/{TOKEN}/page", {"origin": f"http://127.0.0.1:{PORT + 1}"}, 403),
    (f"/{TOKEN}/page", {"sec-fetch-site": "cross-site"}, 403),
    (f"/{TOKEN}/page", {"sec-fetch-site": "same-site"}, 403),
    (f"/{TOKEN}/page", {"upgrade": "websocket", "connection": "upgrade"}, 403),
    ("/", {}, 404), ("/page", {}, 404), (f"/{TOKEN}x/page", {}, 404), (f"/{TOKEN[:-1]}/page", {}, 404), ("/wrong/page", {}, 404),
    (f"/wrong/{TOKEN}/page", {}, 404),
    (f"/{TOKEN}/%2e%2e/%2e%2e/etc/passwd", {}, 404), (f"/{TOKEN}/..%2f..%2fetc/passwd", {}, 404), (f"/{TOKEN}/..\\..\\etc", {}, 404),
    (f"/{TOKEN}//etc/passwd", {}, 404), (f"/{TOKEN}/static/%00", {}, 404),
    (f"/{TOKEN}/page?{'x' * 4000}", {}, 414), (f"/{TOKEN}/{'x' * 4000}", {}, 414),
])
def test_a_stranger_is_refused_and_learns_nothing(client, path, headers, status):
    answer = client.get(path, headers=headers)
    assert answer.status_code == status
    assert answer.content == b""
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_a_websocket_from_anywhere_is_closed(client):
    for origin in (f"http://{HOST}", "http://attacker.example"):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"/{TOKEN}/page", headers={"origin": origin}):
            pass


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client, method):
    assert client.request(method, f"/{TOKEN}/page").status_code == 405


def test_a_form_of_another_site_is_refused(client):
    answer = client.post(f"/{TOKEN}/api/echo", content="a=1", headers={"content-type": "application/x-www-form-urlencoded"})
    assert (answer.status_code, answer.content) == (415, b"")
    assert client.post(f"/{TOKEN}/api/echo", content="{}", headers={"content-type": "text/plain"}).status_code == 415


def test_a_hundred_megabytes_are_refused_before_they_are_read(client):
    head = {"content-type": "application/json"}
    assert client.post(f"/{TOKEN}/api/echo", content=b"x" * (MOST_BODY + 1), headers=head).status_code == 413
    assert client.post(f"/{TOKEN}/api/echo", content=b"x" * MOST_BODY, headers=head).json()["length"] == MOST_BODY
    assert client.post(f"/{TOKEN}/api/echo", content=b"1", headers={**head, "content-length": "a lot"}).status_code == 413


def test_a_body_that_hides_its_length_is_cut(door):
    """Chunks of 1 MB without a length, a hundred of them: no more are taken than may be."""
    taken, sent = [], []

    async def receive():
        taken.append(1)
        return {"type": "http.request", "body": b"x" * 2**20, "more_body": len(taken) < 100}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": f"/{TOKEN}/api/echo", "raw_path": f"/{TOKEN}/api/echo".encode(), "query_string": b"",
             "headers": [(b"host", HOST.encode()), (b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")],
             "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", PORT), "client": ("127.0.0.1", 1), "root_path": ""}
    asyncio.run(door(scope, receive, send))
    assert len(taken) == 1
    assert sent[0]["status"] in (400, 413)
    assert SECRET.encode() not in b"".join(m.get("body", b"") for m in sent)


def test_ten_thousand_requests_are_not_all_answered(client, door):
    answers = [client.get(f"/{TOKEN}/page").status_code for _ in range(int(BURST) + 50)]
    assert answers[: int(BURST)] == [200] * int(BURST) and set(answers[int(BURST):]) == {429}
    strangers = {door.refuse({"type": "http", "method": "GET", "path": "/guess", "raw_path": b"/guess", "query_string": b"",
                              "headers": [(b"host", HOST.encode())]}) for _ in range(10_000)}
    assert strangers == {404}
    assert door.free < 1.0  # strangers take nothing from the page's own share, and give nothing back


def test_an_error_inside_says_nothing_of_itself(client, errors):
    answer = client.get(f"/{TOKEN}/broken")
    assert answer.status_code == 500
    assert SECRET not in answer.text and "Traceback" not in answer.text
    assert [str(error) for error in errors] == [SECRET]


def test_only_this_machine_is_listened_to_and_every_launch_has_its_own_token():
    one, other = listen(), listen()
    try:
        assert one.socket.getsockname()[0] == other.socket.getsockname()[0] == "127.0.0.1"
        assert one.token != other.token and len(one.token) >= 32
        assert one.address == f"http://127.0.0.1:{one.port}/{one.token}/"
    finally:
        one.socket.close()
        other.socket.close()


def test_a_port_in_use_is_a_fault_in_words():
    from interlope.errors import BadInput

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadInput, match="expected a free port"):
            listen(taken.getsockname()[1])


@pytest.fixture
def served(door):
    """The door behind a server of this machine."""
    place = listen()
    door.hosts = (f"127.0.0.1:{place.port}",)
    server = uvicorn.Server(configure(door))
    thread = threading.Thread(target=lambda: server.run(sockets=[place.socket]), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{place.port}"
    server.should_exit = True
    thread.join(10)
    place.socket.close()


def test_a_server_refuses_a_hundred_megabytes_in_chunks(served):
    chunks = (b"x" * 2**20 for _ in range(100))
    try:
        answer = httpx2.post(f"{served}/{TOKEN}/api/echo", content=chunks, headers={"content-type": "application/json"}, timeout=60)
    except httpx2.TransportError:
        return  # the connection was closed while it was sending
    assert answer.status_code == 413 and SECRET not in answer.text


def test_a_server_answers_its_page_and_no_raw_stranger(served):
    assert httpx2.get(f"{served}/{TOKEN}/page", timeout=60).json() == SECRET
    port = int(served.rpartition(":")[2])
    for lines in (f"GET /{TOKEN}/page HTTP/1.1\r\nHost: attacker.example\r\n\r\n", f"GET /{TOKEN}/page HTTP/1.1\r\n\r\n",
                  f"GET /{TOKEN}/../page HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                  f"GET http://attacker.example/{TOKEN}/page HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", "\x00\x01\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), 10) as raw:
            raw.sendall(lines.encode())
            raw.shutdown(socket.SHUT_WR)
            got = b"".join(iter(lambda: raw.recv(4096), b""))
        assert SECRET.encode() not in got and b"uvicorn" not in got
        assert b" 200 " not in got.split(b"\r\n")[0]


def test_headers_name_nothing_of_the_machine(client):
    text = json.dumps(dict(client.get(f"/{TOKEN}/page").headers))
    assert "uvicorn" not in text and "python" not in text.lower()


def connect(served: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(served.rpartition(":")[2])), 20)


def test_idle_connections_lock_nobody_out(served):
    """More strangers than may be connected, silent or in the middle of a head: the page is answered, and the oldest of them are closed."""
    strangers = [connect(served) for _ in range(2 * MOST_AT_ONCE)]
    try:
        for i, stranger in enumerate(strangers[-MOST_AT_ONCE:]):
            stranger.sendall(b"GET / HTTP/1.1\r\nHost:" if i % 2 else b"")
        for _ in range(5):
            assert httpx2.get(f"{served}/{TOKEN}/page", timeout=60).json() == SECRET
        assert strangers[0].recv(100) == b""
    finally:
        for stranger in strangers:
            stranger.close()


def test_a_page_that_was_answered_stays_connected_before_strangers(served):
    with httpx2.Client(timeout=60) as page:
        strangers = []
        try:
            for _ in range(3):
                assert page.get(f"{served}/{TOKEN}/page").json() == SECRET
                strangers += [connect(served) for _ in range(MOST_AT_ONCE)]
            assert page.post(f"{served}/{TOKEN}/api/echo", json={}).json()["secret"] == SECRET
        finally:
            for stranger in strangers:
                stranger.close()


def test_a_connection_that_asks_for_nothing_is_closed(served, monkeypatch):
    monkeypatch.setattr("interlope.explorer.connections.SECONDS_TO_ASK", 0.05)
    for begun in (b"", b"GET /"):
        with connect(served) as silent:
            silent.sendall(begun)
            try:
                assert silent.recv(100) == b""
            except ConnectionResetError:
                pass  # closed as well
