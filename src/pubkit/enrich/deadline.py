"""A time limit for a request in all: httpx limits each read, which bytes that drip in never reach."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx


class Deadline:
    """The moment by which the request of the present thread must be over.

    Args:
        now: Gives seconds, for measuring.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._local = threading.local()

    def begin(self, seconds: float) -> None:
        """Let the present thread's request take so long."""
        self._local.end = self._now() + seconds

    def left(self, timeout: float | None) -> float:
        """Return how long one step may take: its own limit, or what is left of the whole.

        Raises:
            httpcore.ReadTimeout: Nothing is left.
        """
        left: float = self._local.end - self._now()
        if left <= 0:
            raise httpcore.ReadTimeout("the time of the whole request is over")
        return left if timeout is None else min(timeout, left)


def watch(client: httpx.Client, deadline: Deadline) -> None:
    """Let a client keep a deadline, whatever way its requests take (proxies of the environment, too).

    httpx has no way to name a network backend, so it is set where httpx keeps it; the tests of answers that
    drip fail where a later httpx keeps it elsewhere.
    """
    for each in (client._transport, *client._mounts.values()):
        if isinstance(each, httpx.HTTPTransport):
            each._pool._network_backend = _Backend(deadline)


class _Backend(httpcore.SyncBackend):
    """Connects as usual; what is read and written is timed."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        made = super().connect_tcp(host, port, self._deadline.left(timeout), local_address, socket_options)
        return _Stream(made, self._deadline)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._stream.read(max_bytes, self._deadline.left(timeout))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
