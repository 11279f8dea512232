"""What the endpoint does not let itself be made to do."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.serve.client import Site
from tests.serve.conftest import serving

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_an_endless_query_is_stopped_in_time_and_others_go_on(site: Site) -> None:
    start = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        endless = [pool.submit(site.get, ENDLESS) for _ in range(4)]
        answers = [one.result() for one in endless]
    assert {one.status for one in answers} <= {504, 503}
    assert sum(one.status == 504 for one in answers) >= 2
    assert "over 2 seconds" in next(one.text for one in answers if one.status == 504)
    assert time.monotonic() - start < 12
    assert site.get("ASK {}").status == 200


def test_an_answer_too_large_is_refused_and_a_large_one_comes_whole(site: Site) -> None:
    pairs = "SELECT ?s ?x { ?s ?p ?o . ?x ?y ?z } LIMIT "
    refused = site.get(f"{pairs} 100000")
    assert (refused.status, "2,097,152 bytes" in refused.text) == (422, True)
    whole = site.get(f"{pairs} 9000", "text/csv")
    assert whole.status == 200
    assert len(whole.body) > 1 << 20
    assert len(whole.text.splitlines()) == 9001


@pytest.mark.parametrize("declared", [True, False])
def test_a_request_too_large_is_refused_whether_it_says_so_or_not(site: Site, declared: bool) -> None:
    body = b"ASK {} #" + b"x" * 70_000
    headers = {"Content-Type": "application/sparql-query"}
    if declared:
        answer = site.send("POST", "/sparql", body, headers)
        assert (answer.status, "65,536 bytes" in answer.text) == (413, True)
        return
    head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: " + (
        "application/sparql-query\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", urlsplit(site.address).port or 0), timeout=10) as raw:
        raw.sendall(head.encode() + f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 413")


def test_nesting_without_end_harms_nobody(site: Site) -> None:
    deep = "SELECT * { FILTER(" + "(" * 9_000 + "1" + ")" * 9_000 + ") }"
    assert site.post({"query": deep}).status in (400, 500, 504)
    assert site.get("ASK {}").status == 200


@pytest.mark.parametrize("text", ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "ASK { SERVICE:a{} }"])
def test_service_is_refused_with_a_clear_line(site: Site, text: str) -> None:
    answer = site.get(text)
    assert answer.status == 403
    assert answer.text.startswith("SERVICE is refused")


def test_updates_are_refused_where_nothing_allows_them(site: Site) -> None:
    for update in ("DROP ALL", "LOAD <http://127.0.0.1:9/>"):
        answer = site.post({"update": update})
        assert (answer.status, "only reads" in answer.text) == (403, True)
    assert site.post({"query": "DROP ALL"}).status == 400
    assert site.get("ASK { ?s ?p ?o }").text.endswith("true}")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[", "localhost@evil"]
)
def test_a_host_of_another_name_is_refused(site: Site, host: str) -> None:
    answer = site.send("GET", "/sparql?query=ASK%7B%7D", headers={"Host": host})
    assert (answer.status, answer.kind) == (421, "text/plain")
    assert site.send("GET", "/", headers={"Host": host}).status == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1234", "127.0.0.1", "[::1]:80"])
def test_the_names_of_this_machine_are_known(site: Site, host: str) -> None:
    assert site.send("GET", "/sparql?query=ASK%7B%7D", headers={"Host": host}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
    ],
)
def test_pages_of_other_sites_may_not_ask(site: Site, headers: dict[str, str]) -> None:
    answer = site.send("GET", "/sparql?query=ASK%7B%7D", headers=headers)
    assert answer.status == 403
    assert "access-control-allow-origin" not in answer.headers


def test_its_own_page_and_a_link_may(site: Site) -> None:
    host = urlsplit(site.address).netloc
    own = {"Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    for headers in (own, link):
        assert site.send("GET", "/sparql?query=ASK%7B%7D", headers={"Host": host, **headers}).status == 200


def test_every_answer_bears_the_security_headers(site: Site) -> None:
    for path in ("/", "/sparql?query=ASK%7B%7D", "/sparql", "/nowhere", "/graph.html"):
        headers = site.send("GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "server" not in headers


def test_allowed_origins_and_names_are_allowed_and_no_others(folder: Path, tmp_path: Path) -> None:
    options = ("--allow-origin", "https://desk.example", "--allow-host", "graph.example", "--workers", "1")
    with serving(folder, *options) as site:
        ask = "/sparql?query=ASK%7B%7D"
        allowed = site.send("GET", ask, headers={"Origin": "https://desk.example", "Host": "graph.example"})
        assert allowed.status == 200
        assert allowed.headers["access-control-allow-origin"] == "https://desk.example"
        other = site.send("GET", ask, headers={"Origin": "https://evil.example", "Host": "graph.example"})
        assert other.status == 403
        assert "access-control-allow-origin" not in other.headers
        preflight = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
        assert "access-control-allow-origin" not in site.send("OPTIONS", "/sparql", headers=preflight).headers


def test_too_many_at_once_are_told_to_come_again(folder: Path) -> None:
    with (
        serving(folder, "--workers", "1", "--queue", "1", "--timeout", "2") as site,
        ThreadPoolExecutor(6) as pool,
    ):
        answers = [one.result() for one in [pool.submit(site.get, ENDLESS) for _ in range(6)]]
        busy = [one for one in answers if one.status == 503]
        assert len(busy) >= 3
        assert all(one.headers["retry-after"] for one in busy)


def test_a_query_whose_client_went_away_is_called_off(folder: Path) -> None:
    with serving(folder, "--workers", "1", "--timeout", "20") as site:
        with socket.create_connection(("127.0.0.1", urlsplit(site.address).port or 0), timeout=10) as raw:
            body = f"query={ENDLESS.replace(' ', '+')}"
            raw.sendall(
                f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            time.sleep(1)
        start = time.monotonic()
        assert site.get("ASK {}").status == 200
        assert time.monotonic() - start < 10
