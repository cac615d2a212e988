"""`pubkit page`: what it writes, and that it watches and serves as it says."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request

import pytest

from pubkit.cli.run import run
from pubkit.cli.serve import serve
from pubkit.cli.watch import watch
from pubkit.errors import ReadError, WriteError

BIB = """@article{a, author = {Okafor, Ada and Li, Bo}, title = {Maps}, journal = {J}, year = 2020}
@book{b, author = {Okafor, Ada}, title = {Atlas}, publisher = {P}, year = 2021}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(BIB)
    return tmp_path


def test_options_reach_the_page(folder, capsys):
    arguments = ["page", "refs.bib", "-o", "site", "--owner", "Ada Okafor", "--group-by", "type",
                 "--lang", "de", "--heading", "Bücher=Monografien",
                 "--base-url", "https://example.org", "--paper-pages",
                 "--title", "Schriften", "--no-script"]  # fmt: skip
    assert run(arguments) == 0
    html = (folder / "site/index.html").read_text(encoding="utf-8")
    for part in ('lang="de"', "Schriften</h1>", ">Monografien</h2>", "Zeitschriftenartikel", "highlight"):
        assert part in html
    assert "<script>" not in html
    assert (folder / "site/papers/a.html").exists()
    assert "wrote site: 2 papers, feed.xml, index.html" in capsys.readouterr().err
    assert run(arguments) == 2  # nothing is overwritten unasked
    assert "exists already" in capsys.readouterr().err
    assert run([*arguments, "--force"]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["page", "none.bib"], "no such file"),
        (["page", "refs.bib", "--heading", "x"], "is not OLD=NEW"),
        (["page", "refs.bib", "--lang", "tlh"], "choose one of en, de"),
        (["page", "refs.bib", "--style", "nonesuch"], "nonesuch"),
        (["page", "refs.bib", "--group-by", "nonesuch"], "group by year, type or a field"),
        (["page", "refs.bib", "--base-url", "ftp://x"], "no http(s) address"),
    ],
)
def test_bad_use(folder, capsys, arguments, message):
    assert run(arguments) == 2
    assert message in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_watching(folder, capsys):
    runs = []

    def job():
        runs.append(len(runs))
        if len(runs) == 1:
            (folder / "refs.bib").write_text("changed a bit")
        elif len(runs) == 2:
            (folder / "refs.bib").unlink()
            raise ReadError("half-written")

    watch(lambda: ["refs.bib"], job, pause=0.01, rounds=4)
    assert runs == [0, 1, 2]
    told = capsys.readouterr().err
    assert told.count("changed: refs.bib") == 2
    assert "error: half-written" in told


def test_an_error_of_the_first_run_ends_the_watch():
    def job():
        raise ReadError("no")

    with pytest.raises(ReadError):
        watch(list, job, pause=0.01, rounds=1)


def test_serving_is_for_this_machine_only(folder):
    (folder / "index.html").write_text("<p>here")
    (folder / "sub").mkdir()
    server = serve(str(folder), 0)
    try:
        host, port = server.server_address[:2]
        assert host == "127.0.0.1"
        base = f"http://{host}:{port}"
        with urllib.request.urlopen(base, timeout=5) as answer:  # our own server
            assert answer.read() == b"<p>here"
        for path, name, code in (("/", "evil.example", 403), ("/sub/", host, 404), ("/../x", host, 404)):
            request = urllib.request.Request(base + path, headers={"Host": f"{name}:{port}"})  # noqa: S310  # ours
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request, timeout=5)  # noqa: S310  # ours
            assert refused.value.code == code
            refused.value.close()
        with pytest.raises(WriteError, match="port cannot be used"):
            serve(str(folder), port)
    finally:
        server.shutdown()
        server.server_close()
    assert all(not thread.name.startswith("serve") for thread in threading.enumerate())
