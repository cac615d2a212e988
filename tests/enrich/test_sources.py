"""Web sources against a stub: what each is asked, what becomes of its answers, and what goes wrong."""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

import pubkit as pk
from pubkit import registry
from pubkit.enrich import Query, Settings
from pubkit.enrich.opening import web_sources
from pubkit.enrich.transport import Clock, Transport
from pubkit.errors import ConfigError, RateLimitedError, SourceError, SourceUnavailableError
from tests.cases import Case, parametrize

ANY = re.compile(".*")
BEES = Query("On the Dances: of Bees", ("Wu", "Li"), 2020)


class FakeClock:
    """Time that passes by sleeping only."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.at, self.sleep, lambda: 1_800_000_000.0 + self.at)


@pytest.fixture(scope="session")
def make_httpserver() -> Iterator[HTTPServer]:
    """Return a stub that serves several at once: a slow answer must not hold up the next test."""
    with HTTPServer(threaded=True) as server:
        yield server


@pytest.fixture
def fake() -> FakeClock:
    return FakeClock()


@pytest.fixture
def asked(httpserver: HTTPServer, tmp_path: Path) -> Settings:
    """Return settings that send every source to the stub."""
    urls = {name: httpserver.url_for("") for name in web_sources()}
    return Settings(mailto="", keys={}, cache=tmp_path / "cache", urls=urls, timeout=5)


def source(name: str, asked: Settings, fake: FakeClock):
    return registry.load("sources", name)(asked, clock=fake.clock())


@parametrize("sources")
def test_documented_answers(case: Case, httpserver: HTTPServer, asked, fake, request) -> None:
    """A case: "crossref lookup doi 10.1000/x" or "dblp search", then the answers, each after a line of "=".

    What is told is each request as it came, and the records as entries.
    """
    call, *answers = case.input.split("\n=\n")
    left = iter(answers)
    seen: list[str] = []

    def answer(request: Request) -> Response:
        seen.append(f"asks {unquote_plus(request.full_path.rstrip('?'))}")
        text = next(left)
        kind = "application/xml" if text.startswith("<") else "application/json"
        return Response(text, content_type=kind)

    httpserver.expect_request(ANY).respond_with_handler(answer)
    name, what, *words = call.split(" ")
    made = source(name, asked, fake)
    found = made.lookup(*words) if what == "lookup" else made.search(BEES)
    told = [f"{each.source} {each.key} {each.url}\n{_shown(each.entry)}" for each in found]
    case.check("\n".join([*seen, *told]), request.config)


def _shown(entry) -> str:
    fields = "".join(f"  {name} = {{{value}}}\n" for name, value in entry.items())
    return f"@{entry.type}\n{fields}".rstrip()


# -- what goes wrong -----------------------------------------------------------------------------------------

WORK = json.dumps(
    {
        "message-type": "work",
        "message": {"DOI": "10.1000/bees", "type": "journal-article", "title": ["On the Dances of Bees"]},
    }
)


def test_busy_services_are_asked_again_when_they_say(httpserver, asked, fake):
    httpserver.expect_ordered_request("/works/10.1000/bees").respond_with_response(
        Response("", 429, headers={"Retry-After": "7"})
    )
    httpserver.expect_ordered_request("/works/10.1000/bees").respond_with_response(Response("", 503))
    httpserver.expect_ordered_request("/works/10.1000/bees").respond_with_data(WORK)
    found = source("crossref", asked, fake).lookup("doi", "10.1000/bees")
    assert found[0].entry["title"] == "On the Dances of Bees"
    assert max(fake.slept) >= 7
    httpserver.check_assertions()


def test_a_date_in_retry_after_is_read(httpserver, asked, fake):
    from email.utils import formatdate

    when = formatdate(1_800_000_000.0 + fake.at + 30, usegmt=True)
    httpserver.expect_ordered_request("/works/a").respond_with_response(
        Response("", 429, headers={"Retry-After": when})
    )
    httpserver.expect_ordered_request("/works/a").respond_with_data(WORK)
    assert source("crossref", asked, fake).lookup("doi", "a")
    assert 28 <= max(fake.slept) <= 30


def test_a_service_that_asks_for_an_hour_is_left_alone(httpserver, asked, fake):
    httpserver.expect_request("/works/a").respond_with_response(
        Response("", 429, headers={"Retry-After": "3600"})
    )
    with pytest.raises(RateLimitedError, match=r"Crossref: asks to come back in 3600 s; run it again later"):
        source("crossref", asked, fake).lookup("doi", "a")
    assert len(httpserver.log) == 1


def test_a_service_out_of_order_is_given_up(httpserver, asked, fake):
    httpserver.expect_request("/works/a").respond_with_response(Response("", 500))
    with pytest.raises(SourceUnavailableError, match="out of order"):
        source("crossref", asked, fake).lookup("doi", "a")
    assert len(httpserver.log) == asked.attempts


def _never(request: Request) -> Response:
    time.sleep(2)
    return Response(WORK)


def _drip(request: Request) -> Response:
    def slowly() -> Iterator[bytes]:
        for _ in range(30):
            time.sleep(0.1)
            yield b" " * 10

    return Response(slowly(), content_type="application/json")


@pytest.mark.parametrize("handler", [_never, _drip], ids=["no answer", "a body that drips"])
def test_slow_answers_end(httpserver, asked, handler):
    httpserver.expect_request("/works/a").respond_with_handler(handler)
    hasty = replace(asked, timeout=0.5, attempts=1)
    started = time.monotonic()
    with pytest.raises(SourceUnavailableError, match="no answer in time"):
        registry.load("sources", "crossref")(hasty).lookup("doi", "a")
    assert time.monotonic() - started < 2


@contextlib.contextmanager
def raw_server(*answers: Sequence[bytes]) -> Iterator[str]:
    """Serve answers byte for byte, the pieces of each a fifth of a second apart, as no HTTP server would."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for pieces in answers:
                with contextlib.suppress(OSError):
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(65_536)
                        for at, piece in enumerate(pieces):
                            time.sleep(0.2 if at else 0)
                            connection.sendall(piece)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def headers(*lines: str, status: str = "200 OK", body: str = WORK) -> list[bytes]:
    """Return an answer with odd headers."""
    text = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *lines])
    return [f"{text}\r\n\r\n{body}".encode()]


def test_headers_that_drip_end(asked):
    drip = [bytes([byte]) for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100]
    with raw_server(drip) as url:
        hasty = replace(asked, timeout=0.5, attempts=1, urls={"crossref": url})
        started = time.monotonic()
        with pytest.raises(SourceUnavailableError, match="no answer in time"):
            registry.load("sources", "crossref")(hasty).lookup("doi", "a")
        assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "line",
    [
        "X-Rate-Limit-Limit: " + "9" * 5000 + "\r\nX-Rate-Limit-Interval: 1s",
        "X-Rate-Limit-Limit: 5\r\nX-Rate-Limit-Interval: " + "9" * 400 + "s",
        "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: \u00b2",
        "Retry-After: \u00b2",
    ],
)
def test_numbers_in_headers_that_are_none_do_no_harm(asked, fake, line):
    with raw_server(headers(line)) as url:
        made = source("crossref", replace(asked, attempts=1, urls={"crossref": url}), fake)
        assert made.lookup("doi", "a")


def test_a_wait_that_is_no_number_is_our_own_wait(asked, fake):
    busy = headers("Retry-After: \u00b2", status="429 Too Many", body="")
    with raw_server(busy, headers()) as url:
        made = source("crossref", replace(asked, attempts=2, urls={"crossref": url}), fake)
        assert made.lookup("doi", "a")


@pytest.mark.parametrize(
    "target",
    ["http://[", "https://doi.org:22/x", "https://user@doi.org/x", "https://doi.org:99999999/x"],
)
def test_redirects_to_odd_addresses_are_told(asked, fake, target):
    moved = headers(f"Location: {target}", status="302 Found", body="")
    with raw_server(moved) as url, pytest.raises(SourceUnavailableError, match="redirects to"):
        source("crossref", replace(asked, attempts=1, urls={"crossref": url}), fake).lookup("doi", "a")


def test_waiting_for_ones_turn_is_no_time_of_the_service(httpserver, asked, fake):
    wait = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "45"}
    httpserver.expect_request(ANY).respond_with_data(WORK, headers=wait)
    made = source("crossref", asked, fake)
    assert asked.timeout < 45
    assert made.lookup("doi", "a")
    assert made.lookup("doi", "b")
    assert max(fake.slept) >= 44


def test_half_a_surrogate_pair_is_asked_for_like_anything(httpserver, asked, fake):
    httpserver.expect_request(ANY).respond_with_data(WORK)
    made = source("crossref", asked, fake)
    assert made.lookup("doi", "10.1000/\ud800")
    assert made.search(Query("Bees \ud800 and Wasps"))


def _huge(request: Request) -> Response:
    return Response((b"x" * (1 << 20) for _ in range(200)), content_type="application/json")


def _bomb(request: Request) -> Response:
    packed = gzip.compress(b"\0" * 200_000_000, 1)
    return Response(packed, headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize("handler", [_huge, _bomb])
def test_answers_of_200_mb_are_refused(httpserver, asked, fake, handler):
    httpserver.expect_request("/works/a").respond_with_handler(handler)
    with pytest.raises(SourceUnavailableError, match="more than 20000000 bytes"):
        source("crossref", asked, fake).lookup("doi", "a")


def test_packed_answers_are_read(httpserver, asked, fake):
    httpserver.expect_request("/works/a").respond_with_data(
        gzip.compress(WORK.encode()), headers={"Content-Encoding": "gzip"}
    )
    assert source("crossref", asked, fake).lookup("doi", "a")


@pytest.mark.parametrize("name", web_sources())
@pytest.mark.parametrize(
    "body",
    [WORK[:60], "<!DOCTYPE html><html><body>Sign in</body></html>", "[" * 100_000, "", '"text"'],
    ids=["cut off", "a web page", "nested", "empty", "another shape"],
)
def test_answers_that_are_no_answers(httpserver, asked, fake, name, body):
    httpserver.expect_request(ANY).respond_with_data(body)
    with pytest.raises(SourceError, match=r"broken|instead of data|something else than it documents"):
        source(name, asked, fake).search(BEES)


@pytest.mark.parametrize(
    "target", ["https://evil.example/x", "http://doi.org/x", "https://169.254.169.254/x"]
)
def test_redirects_to_others_are_not_followed(httpserver, asked, fake, target):
    httpserver.expect_request("/works/a").respond_with_response(
        Response("", 302, headers={"Location": target})
    )
    with pytest.raises(SourceUnavailableError, match=r"redirects to .*, which is not its own"):
        source("crossref", asked, fake).lookup("doi", "a")


def test_redirects_within_the_service_are_followed_but_not_for_ever(httpserver, asked, fake):
    httpserver.expect_request("/works/a").respond_with_response(
        Response("", 301, headers={"Location": "/works/b"})
    )
    httpserver.expect_request("/works/b").respond_with_data(WORK)
    httpserver.expect_request("/works/c").respond_with_response(
        Response("", 301, headers={"Location": "/works/c"})
    )
    assert source("crossref", asked, fake).lookup("doi", "a")
    with pytest.raises(SourceUnavailableError, match="in a circle"):
        source("crossref", asked, fake).lookup("doi", "c")


@pytest.mark.parametrize("status", [400, 401, 403])
def test_refusals_are_told(httpserver, asked, fake, status):
    httpserver.expect_request("/works/a").respond_with_response(Response("", status))
    with pytest.raises(SourceUnavailableError, match=f"status {status}"):
        source("crossref", asked, fake).lookup("doi", "a")


@pytest.mark.parametrize("name", web_sources())
def test_what_nobody_knows_is_no_error(httpserver, asked, fake, name):
    httpserver.expect_request(ANY).respond_with_response(Response("", 404))
    made = source(name, asked, fake)
    assert not made.search(BEES)
    assert not [found for kind in made.kinds for found in made.lookup(kind, "12345")]


# -- cache, manners, secrets ---------------------------------------------------------------------------------


def test_a_run_that_dies_half_way_repeats_nothing(httpserver, asked, fake):
    httpserver.expect_request("/works/a").respond_with_data(WORK)
    httpserver.expect_request("/works/b").respond_with_response(Response("", 404))
    httpserver.expect_request("/works/c").respond_with_response(Response("", 500))
    for _ in range(2):
        made = source("crossref", replace(asked, attempts=1), fake)
        assert made.lookup("doi", "a")
        assert not made.lookup("doi", "b")
        with pytest.raises(SourceUnavailableError):
            made.lookup("doi", "c")
    paths = [request.path for request, _ in httpserver.log]
    assert paths == ["/works/a", "/works/b", "/works/c", "/works/c"], "errors alone are asked again"


@pytest.mark.parametrize("body", ["<html>maintenance</html>", WORK[:40], '"text"'])
def test_an_answer_that_is_none_is_not_kept(httpserver, asked, fake, body):
    httpserver.expect_oneshot_request("/works/a").respond_with_data(body)
    made = source("crossref", asked, fake)
    with pytest.raises(SourceError):
        made.lookup("doi", "a")
    httpserver.expect_request("/works/a").respond_with_data(WORK)
    assert made.lookup("doi", "a"), "asked anew, not taken from the cache"


def test_keys_are_in_no_log(httpserver, asked, fake, caplog):
    caplog.set_level("DEBUG")
    httpserver.expect_request("/works").respond_with_json({"results": []})
    told = replace(asked, mailto="ada@example.org", keys={"openalex": "s3cret"})
    source("openalex", told, fake).search(BEES)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("werkzeug")]
    assert not any("s3cret" in message for message in ours)


def test_answers_grow_old(httpserver, asked, fake):
    httpserver.expect_request("/works/a").respond_with_data(WORK)
    httpserver.expect_request("/works/b").respond_with_response(Response("", 404))
    made = source("crossref", replace(asked, ttl=1000), fake)
    for pause in (0, 500, 600):
        fake.at += pause
        made.lookup("doi", "a")
        made.lookup("doi", "b")
    paths = [request.path for request, _ in httpserver.log]
    assert paths.count("/works/a") == 2
    assert paths.count("/works/b") == 3, "that nothing is known is believed for a tenth of the time"


def test_refresh_asks_anew(httpserver, asked, fake):
    httpserver.expect_request("/works/a").respond_with_data(WORK)
    for refresh in (False, True):
        source("crossref", replace(asked, refresh=refresh), fake).lookup("doi", "a")
    assert len(httpserver.log) == 2


@pytest.mark.parametrize("damage", [b"", b"no database" * 500])
def test_a_damaged_cache_is_begun_anew(httpserver, asked, fake, damage):
    asked.cache.mkdir()
    (asked.cache / "answers.sqlite").write_bytes(damage)
    httpserver.expect_request("/works/a").respond_with_data(WORK)
    for _ in range(2):
        assert source("crossref", asked, fake).lookup("doi", "a")
    assert len(httpserver.log) == 1


def test_who_asks_is_said_and_not_kept(httpserver, asked, fake):
    httpserver.expect_request("/works").respond_with_json({"results": []})
    told = replace(asked, mailto="ada@example.org", keys={"openalex": "s3cret"})
    source("openalex", told, fake).search(BEES)
    request = httpserver.log[0][0]
    assert request.headers["User-Agent"].startswith(f"pubkit/{pk.__version__} (https://")
    assert "mailto:ada@example.org" in request.headers["User-Agent"]
    assert request.args["api_key"] == "s3cret"
    assert "s3cret" not in repr(told)
    kept = b"".join(path.read_bytes() for path in asked.cache.iterdir())
    assert b"s3cret" not in kept
    assert b"ada@" not in kept


def test_requests_keep_their_distance(httpserver, asked, fake):
    httpserver.expect_request("/query").respond_with_data("<feed></feed>")
    made = source("arxiv", asked, fake)
    for number in range(3):
        made.lookup("arxiv", f"1901.0000{number}")
    assert [round(seconds) for seconds in fake.slept] == [3, 3]


def test_the_pace_that_headers_ask_for_is_taken(httpserver, asked, fake):
    headers = {"X-Rate-Limit-Limit": "2", "X-Rate-Limit-Interval": "10s"}
    httpserver.expect_request(ANY).respond_with_data(WORK, headers=headers)
    made = source("crossref", asked, fake)
    for doi in "abc":
        made.lookup("doi", doi)
    assert max(fake.slept) >= 4.9


@pytest.mark.parametrize("mailto", ["no address", "a@b\r\nX-Evil: 1", "<a@b>"])
def test_an_address_that_is_none_is_refused(asked, fake, mailto):
    with pytest.raises(ConfigError, match="e-mail address"):
        source("crossref", replace(asked, mailto=mailto), fake)


@pytest.mark.parametrize(
    "url", ["http://api.crossref.org", "ftp://x", "file:///etc/passwd", "http://127.0.0.1.evil.example"]
)
def test_only_https_is_spoken(asked, url):
    with pytest.raises(ConfigError, match="must be https"):
        Transport("Crossref", url, asked)


def test_a_whole_run(httpserver, asked, tmp_path):
    """From the list to the completed list, through a stub of Crossref that first is busy."""
    busy = iter([True])

    def answer(request: Request) -> Response:
        if next(busy, False):
            return Response("", 503)
        work = {
            "DOI": "10.1000/bees", "type": "journal-article", "title": ["On the Dances of Bees"],
            "author": [{"family": "Wu", "given": "Tianhao"}], "issued": {"date-parts": [[2020]]},
            "container-title": ["Journal of Bees"],
        }  # fmt: skip
        namesake = {**work, "DOI": "10.1000/other", "author": [{"family": "Okafor", "given": "Ada"}]}
        return Response(json.dumps({"message-type": "work-list", "message": {"items": [namesake, work]}}))

    httpserver.expect_request("/works").respond_with_handler(answer)
    mine = pk.read_string("@article{k, title = {On the dances of bees}, author = {T. Wu}, year = 2021}")
    done = pk.enrich(mine, "crossref", settings=asked)
    assert done.library["k"]["doi"] == "10.1000/bees"
    assert [(f.field, f.ours, f.theirs) for f in done.findings] == [("date", "2021", "2020")]


NAMES = [
    "message",
    "items",
    "title",
    "author",
    "family",
    "given",
    "DOI",
    "issued",
    "date-parts",
    "results",
    "authorships",
    "data",
    "attributes",
    "creators",
    "titles",
    "esearchresult",
    "idlist",
    "result",
    "hits",
    "hit",
    "info",
    "authors",
    "text",
    "venue",
    "docs",
    "key",
    "journal",
    "externalIds",
    "paperId",
    "publicationTypes",
    "name",
    "type",
    "year",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", web_sources())
@given(value=JSON)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_gives_records_or_an_error_of_ours(monkeypatch, asked, fake, name, value):
    body = json.dumps(value).encode()
    monkeypatch.setattr(Transport, "get", lambda self, path, params, read, **who: read(body))
    made = source(name, replace(asked, cache=None), fake)
    for ask in (
        lambda: made.search(BEES),
        *(lambda kind=kind: made.lookup(kind, "1") for kind in made.kinds),
    ):
        try:
            for found in ask():
                pk.write_string(pk.Library((found.entry,)), "bibtex")
        except SourceError:
            pass
