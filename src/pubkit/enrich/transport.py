"""Asking a web service: politely, with limits, and only itself.

Every request has a time limit in all, a limit on the size of its answer, and a User-Agent that says who asks.
Only https is spoken (http with this machine alone), redirects lead to the service itself or to doi.org or
nowhere, and what is answered too fast, too often or not at all is tried again later, as the service asks.
"""

from __future__ import annotations

import json
import logging
import random
import re
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode, urljoin, urlsplit

from pubkit.enrich.cache import Cache
from pubkit.errors import ConfigError, PluginError, RateLimitedError, SourceError, SourceUnavailableError

if TYPE_CHECKING:
    import httpx

    from pubkit.enrich.settings import Settings

_HOME = "https://pypi.org/project/pubkit/"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_EVERYWHERE = frozenset({"doi.org", "dx.doi.org"})
_MOST_REDIRECTS = 3
_BUSY = frozenset({429, 500, 502, 503, 504})
_NOT_FOUND = frozenset({404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TOO_MANY = 429
_OK = 200
_CONNECT = 10.0  # seconds for a connection
_LONGEST_WAIT = 60.0  # seconds; a service that asks for more is left alone
_MAILTO = re.compile(r"[^\s<>,;()\"\x00-\x1f\x7f]+@[^\s<>,;()\"\x00-\x1f\x7f]+")
# Numbers in headers: no other digits than these, and no more than make sense.
_NUMBER = re.compile(r"[0-9]{1,12}")
_INTERVAL = re.compile(r"([0-9]{1,12})s?")
_KEY = re.compile(r"(api_key=|mailto=|email=)[^&\s]+")
_SHOWN = 100
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, as tests can replace it.

    Attributes:
        now: Seconds, for measuring.
        sleep: Waits.
        today: Seconds of the time of day.
    """

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    today: Callable[[], float] = time.time


class Transport:
    """Asks one web service.

    Args:
        source: The name for people.
        url: Address of the service.
        settings: Limits, cache and address of the user.
        interval: Seconds between two requests at least.
        hosts: Further hosts of the service itself, to which it may redirect.
        clock: Time.

    Raises:
        ConfigError: The address is not https, or `mailto` is no address.
        PluginError: httpx is not installed.
    """

    def __init__(
        self,
        source: str,
        url: str,
        settings: Settings,
        *,
        interval: float = 0.0,
        hosts: Iterable[str] = (),
        clock: Clock | None = None,
    ) -> None:
        self._source, self._url, self._settings = source, url.rstrip("/"), settings
        self._interval, self._clock = interval, clock or Clock()
        _check_address(source, url)
        host = urlsplit(url).hostname or ""
        self._local = host in _LOOPBACK
        self._hosts = frozenset({host, *hosts}) | _EVERYWHERE
        self._client = _client(_agent(settings.mailto), settings.timeout)
        from pubkit.enrich.deadline import Deadline, watch

        self._deadline = Deadline(self._clock.now)
        watch(self._client, self._deadline)
        self._cache = Cache(settings.cache, settings.ttl, self._clock.today)
        self._turn = threading.Lock()
        self._next = 0.0

    def get(
        self,
        path: str,
        params: Mapping[str, str] | None,
        read: Callable[[bytes], _Read],
        *,
        secret: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> _Read | None:
        """Return what the service answers; None where it knows nothing of what was asked for.

        Args:
            path: Path below the service's address, each part escaped (see `segment`).
            params: Parameters that say what is asked.
            read: Makes something of the answer. An answer for which it raises a SourceError is not kept: a
                page about maintenance, sent with the status of success, must not outlive the maintenance.
            secret: Parameters that say who asks: keys and addresses. They are no part of what is cached.
            headers: Headers that say who asks.

        Raises:
            RateLimitedError: The service asks to come back later than can be waited for.
            SourceUnavailableError: It does not answer, or not as it should.
            SourceError: `read` raised it.
        """
        told = _encoded(dict(sorted((params or {}).items())))
        request = f"{self._url}/{path}?{told}"
        if not self._settings.refresh and (kept := self._cache.get(request)) is not None:
            with suppress(SourceError):  # what cannot be read is asked for anew
                return None if kept[0] is None else read(kept[0])
        url = f"{self._url}/{path}"
        query = _encoded({**(params or {}), **(secret or {})})
        body = self._tried(f"{url}?{query}" if query else url, headers or {})
        found = None if body is None else read(body)
        self._cache.put(request, body)
        return found

    # -- one request, tried again ----------------------------------------------------------------------------

    def _tried(self, url: str, headers: Mapping[str, str]) -> bytes | None:
        import httpx

        error: SourceError = self._failed("was not asked", "allow at least one attempt")
        for attempt in range(self._settings.attempts):
            wait = 2.0**attempt * random.uniform(0.5, 1.0)  # noqa: S311  # jitter, no secret
            try:
                status, answered, body = self._ask(url, headers)
            except httpx.TimeoutException:
                error = self._failed("gave no answer in time", "try again later")
            except httpx.HTTPError as problem:
                error = self._failed(f"cannot be reached ({type(problem).__name__})", "check the network")
            else:
                self._heed(answered)
                if status == _OK:
                    return body
                if status in _NOT_FOUND:
                    return None
                if status not in _BUSY:
                    raise self._failed(
                        f"refused the request with status {status}",
                        "check the key of this source" if status in (401, 403) else "report it if it goes on",
                    )
                asked = _retry_after(answered, self._clock.today())
                if status == _TOO_MANY:
                    error = RateLimitedError(
                        f"asks to come back in {asked or wait:.0f} s",
                        hint="run it again later: what was answered is kept",
                        where=self._source,
                    )
                else:
                    error = self._failed(f"is out of order (status {status})", "try again later")
                if asked is not None and asked > _LONGEST_WAIT:
                    raise error
                wait = max(wait, asked or 0.0)
            if attempt + 1 < self._settings.attempts:
                self._clock.sleep(wait)
        raise error

    def _ask(self, url: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        """Send one request, follow it within the service, and read its answer up to the limits."""
        left = self._settings.timeout
        for _ in range(_MOST_REDIRECTS + 1):
            self._wait_for_turn()  # which is our own doing: the time of the service begins behind it
            started = self._clock.now()
            self._deadline.begin(left)
            with self._client.stream("GET", url, headers=dict(headers)) as response:
                self._client.cookies.clear()
                if response.status_code not in _REDIRECTS:
                    body = self._read(response) if response.status_code == _OK else b""
                    return response.status_code, response.headers, body
                target = self._allowed(url, response.headers.get("location", ""))
            left -= self._clock.now() - started
            if urlsplit(target).hostname != urlsplit(url).hostname:
                headers = {}  # a key is for the service alone
            url = target
        raise self._failed("redirects in a circle", "report it if it goes on")

    def _allowed(self, url: str, location: str) -> str:
        """Return the address that a redirect leads to."""
        try:
            target = urljoin(url, location)
            parts = urlsplit(target)
        except ValueError:  # such as "http://["
            raise self._failed("redirects to what is no address", "report it if it goes on") from None
        local = self._local and parts.hostname in _LOOPBACK and parts.netloc == urlsplit(self._url).netloc
        own = parts.hostname in self._hosts and parts.netloc == parts.hostname and parts.scheme == "https"
        if own or local:  # the usual port and no name of a user, but for a stand-in on this machine
            return target
        shown = f"{parts.scheme}://{parts.hostname or ''}"[:_SHOWN]
        raise self._failed(f"redirects to {shown}, which is not its own", "report it if it goes on")

    def _read(self, response: httpx.Response) -> bytes:
        """Return the body, unpacked here so that a small answer cannot become a large one unseen."""
        limit = self._settings.max_bytes
        packed = response.headers.get("content-encoding", "").strip().lower()
        unpack = zlib.decompressobj(wbits=47) if packed in ("gzip", "x-gzip", "deflate") else None
        if packed not in ("", "identity") and unpack is None:
            raise self._failed(f"answers in {packed[:20]}, which was not asked for", "report it")
        body = bytearray()
        try:
            for chunk in response.iter_raw():
                body += unpack.decompress(chunk, limit + 1 - len(body)) if unpack else chunk
                if len(body) > limit:
                    raise self._failed(f"answers with more than {limit} bytes", "ask for less")
        except zlib.error:
            raise self._failed("answers with bytes that cannot be unpacked", "try again later") from None
        return bytes(body)

    # -- pace ------------------------------------------------------------------------------------------------

    def _wait_for_turn(self) -> None:
        with self._turn:
            now = self._clock.now()
            wait, self._next = self._next - now, max(now, self._next) + self._interval
        if wait > 0:
            self._clock.sleep(wait)

    def _heed(self, headers: Mapping[str, str]) -> None:
        """Take the pace that the headers of an answer ask for: Crossref's, and those of many others."""
        most, span = headers.get("x-rate-limit-limit", ""), headers.get("x-rate-limit-interval", "")
        if _NUMBER.fullmatch(most) and int(most) and (found := _INTERVAL.fullmatch(span)):
            self._interval = max(self._interval, min(int(found[1]) / int(most), _LONGEST_WAIT))
        if headers.get("x-ratelimit-remaining", "").strip() == "0":
            reset = headers.get("x-ratelimit-reset", "").strip()
            seconds = float(reset) if _NUMBER.fullmatch(reset) else 1.0
            today = self._clock.today()
            seconds = seconds - today if seconds > today / 2 else seconds  # a time of day, or a span
            with self._turn:
                soonest = self._clock.now() + min(max(seconds, 0.0), _LONGEST_WAIT)
                self._next = max(self._next, soonest)

    def _failed(self, message: str, hint: str) -> SourceUnavailableError:
        return SourceUnavailableError(message, hint=hint, where=self._source)


# -- answers -------------------------------------------------------------------------------------------------


def read_json(body: bytes, source: str) -> Any:
    """Return the value of an answer in JSON.

    Raises:
        SourceUnavailableError: It is a web page, cut off, or no JSON.
    """
    hint = "try again later; report it if it goes on"
    head = body[:_SHOWN].lstrip().lower()
    if head.startswith(b"<"):
        raise SourceUnavailableError("answered with a web page instead of data", hint=hint, where=source)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise SourceUnavailableError("answered with JSON that is broken", hint=hint, where=source) from None


def segment(text: str) -> str:
    """Return a text as one part of a path.

    >>> segment("10.1000/a b")
    '10.1000%2Fa%20b'
    """
    return quote(text, safe="", errors="replace")


def _encoded(params: Mapping[str, str]) -> str:
    return urlencode(params, errors="replace")  # half a surrogate pair is no reason to fail


class _NoKeys(logging.Filter):
    """Blanks keys and addresses of people in the log of httpx, which tells whole addresses of requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                _KEY.sub(r"\1…", str(each)) if "=" in str(each) else each for each in record.args
            )
        return True


_NO_KEYS = _NoKeys()


def _check_address(source: str, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return
    raise ConfigError("the address of a source must be https", hint="correct Settings.urls", where=source)


def _agent(mailto: str) -> str:
    from pubkit import __version__

    if mailto and not _MAILTO.fullmatch(mailto):
        raise ConfigError("mailto is no e-mail address", hint="give one such as you@example.org")
    return f"pubkit/{__version__} ({_HOME}{f'; mailto:{mailto}' if mailto else ''})"


def _client(agent: str, timeout: float) -> httpx.Client:
    try:
        import httpx
    except ImportError:
        raise PluginError(
            "web sources need the package httpx", hint="install it: pip install 'pubkit[web]'"
        ) from None
    logging.getLogger("httpx").addFilter(_NO_KEYS)  # the same one again is not added twice
    return httpx.Client(
        headers={"User-Agent": agent, "Accept-Encoding": "gzip"},
        timeout=httpx.Timeout(timeout, connect=min(_CONNECT, timeout)),
        follow_redirects=False,
    )


def _retry_after(headers: Mapping[str, str], today: float) -> float | None:
    """Return the seconds that a service asks to wait, given as a number or as a date."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if _NUMBER.fullmatch(value):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.fromtimestamp(today, UTC)).total_seconds())
