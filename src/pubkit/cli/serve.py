"""Showing a folder in the browser, on this machine only."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from pubkit.cli.console import say
from pubkit.errors import WriteError

HOST = "127.0.0.1"


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line a request, and to pages of this machine only."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name of the base class
        """Say nothing."""

    def parse_request(self) -> bool:
        """Refuse other names of this machine: a page elsewhere may point its own name at 127.0.0.1."""
        if not super().parse_request():
            return False
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host not in (HOST, "localhost"):
            self.send_error(403)
            return False
        return True

    def list_directory(self, path: object) -> None:
        """Show no folders."""
        self.send_error(404)


def serve(folder: str, port: int) -> ThreadingHTTPServer:
    """Serve a folder in a thread, and return the server; `shutdown()` ends it.

    Args:
        folder: What to serve.
        port: Port; 0 for any that is free.

    Raises:
        WriteError: The port is taken.
    """
    try:
        server = ThreadingHTTPServer((HOST, port), partial(_Quiet, directory=folder))
    except OSError as error:
        raise WriteError(
            f"the port cannot be used ({error.strerror or error})",
            hint="choose another with --port",
            where=f"{HOST}:{port}",
        ) from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"http://{HOST}:{server.server_address[1]}/  (Ctrl-C ends it)")
    return server
