"""`gather --evidence DIR`: copies of everything that was read, so that each finding can be checked again."""

import hashlib
import json
import re
from functools import partial

import pytest
from door import osaid_audit
from hub import world
from hub.repos import DROP, Repo
from hub.world import card

import osaid_audit as library
from osaid_audit.errors import UsageError

pytest_plugins = ("hub.fixtures",)

TOKEN = "hf_never_kept_0123456789"


@pytest.fixture
def ask(ask_at, local_hub):
    return partial(ask_at, local_hub)


@pytest.fixture
def kept(ask, tmp_path):
    """Gather with evidence; the dossier and the index."""

    def run(name, *arguments):
        file, folder = tmp_path / "dossier.json", tmp_path / "copies"
        ran = ask("gather", name, "-o", file, "--evidence", folder, *arguments)
        assert ran.code == 0, ran.err
        return json.loads(file.read_text()), json.loads((folder / "index.json").read_text())["files"]

    return run


def copies(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "index.json")


def places(index):
    return [place for each in index.values() for place in each]


def sources(value):
    """Every source anywhere in a dossier."""
    if isinstance(value, dict):
        if "sha256" in value:
            yield value
        for each in value.values():
            yield from sources(each)
    elif isinstance(value, list):
        for each in value:
            yield from sources(each)


@pytest.mark.parametrize("name", [world.OPEN, world.FINETUNE, world.CONFLICT, world.DIFFUSION, world.BARE])
def test_every_source_of_a_dossier_has_its_copy(kept, tmp_path, name):
    dossier, index = kept(name)
    named = {source["sha256"] for source in sources(dossier)}
    assert named
    assert named <= set(index)
    for digest in named:
        body = (tmp_path / "copies" / digest[:2] / digest).read_bytes()
        assert hashlib.sha256(body).hexdigest() == digest


def test_a_quoted_line_stands_in_the_copy(kept, tmp_path):
    dossier, _ = kept(world.OPEN)
    checked = 0
    for source in sources(dossier):
        if "line" in source and "quote" in source:
            digest = source["sha256"]
            text = (tmp_path / "copies" / digest[:2] / digest).read_text()
            assert source["quote"].split()[0] in text.splitlines()[source["line"] - 1]
            checked += 1
    assert checked


def test_the_index_says_where_and_when_each_was_read(kept, local_hub, tmp_path):
    link = local_hub.page("/terms.txt", "Our terms.")
    front = f"license: other\nlicense_name: house\nlicense_link: {link}\nbase_model: {world.OPEN}"
    local_hub.add(Repo("own/tuned", files={"README.md": card(front)}))
    _, index = kept("own/tuned", "--allow-host", "127.0.0.1")
    read = {(place["path"], place.get("revision")) for place in places(index)}
    own, base = local_hub.repo("own/tuned").sha, local_hub.repo(world.OPEN).sha
    assert {("README.md", own), ("README.md", base), ("LICENSE", base), (link, None)} <= read
    assert {("api/models/own/tuned", own), (f"api/models/{world.OPEN}", base)} <= read
    assert all(
        re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", place["gathered_at"]) for place in places(index)
    )
    assert len(copies(tmp_path / "copies")) == len(index)


def test_what_was_not_read_has_no_copy(kept):
    _, index = kept(world.GATED)
    assert {place["path"] for place in places(index)} == {f"api/models/{world.GATED}"}


def test_the_pages_of_a_long_listing_are_kept_too(kept, local_hub):
    local_hub.repo(world.OPEN).info["siblings"] = DROP
    local_hub.page_size = 2
    _, index = kept(world.OPEN)
    assert len([place for place in places(index) if place["path"].endswith("/tree")]) == 2


def test_a_second_gathering_keeps_what_is_there(kept, tmp_path):
    _, first = kept(world.OPEN)
    before = {path: path.stat().st_mtime_ns for path in copies(tmp_path / "copies")}
    index = tmp_path / "copies" / "index.json"
    index.write_text(re.sub(r"20\d\d-", "1999-", index.read_text()))
    _, again = kept(world.OPEN)
    assert {path: path.stat().st_mtime_ns for path in copies(tmp_path / "copies")} == before
    assert all(place["gathered_at"].startswith("1999-") for place in places(again))
    _, both = kept(world.RENAMED)
    assert set(first) < set(both)
    assert not list((tmp_path / "copies").rglob(".new-*"))


def test_the_token_is_in_no_file(kept, local_hub, tmp_path):
    """Not even when the endpoint sends it back."""
    local_hub.tokens = {TOKEN: {"*"}}
    echo = local_hub.page("/echo.txt", f"You sent {TOKEN}.")
    local_hub.add(Repo("sly/echo", files={"README.md": card(f"license: other\nlicense_link: {echo}")}))
    _, index = kept("sly/echo", "--token", TOKEN, "--allow-host", "127.0.0.1")
    assert any(place["path"] == "README.md" for place in places(index))
    assert not any(place["path"] == echo for place in places(index))
    whole = b"".join(path.read_bytes() for path in (tmp_path / "copies").rglob("*") if path.is_file())
    assert TOKEN.encode() not in whole


def test_names_from_outside_never_become_paths(kept, local_hub, tmp_path):
    sly = "../../../../escaped/LICENSE"
    files = {"README.md": card("license: mit"), "docs/..%2f..%2fLICENSE": "MIT", "LICENSE": world.mit_text()}
    repo = local_hub.add(Repo("sly/paths", files=files))
    repo.info["siblings"] = [{"rfilename": sly, "size": 3}, *repo.siblings(blobs=True)]
    kept("sly/paths")
    for path in copies(tmp_path / "copies"):
        assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{64}", str(path.relative_to(tmp_path / "copies")))
    assert not list(tmp_path.parent.rglob("escaped"))


def test_a_folder_that_cannot_be_is_refused_before_anything_is_asked(ask, local_hub, tmp_path):
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "no" / "such"):
        ran = ask("gather", world.OPEN, "-o", tmp_path / "d.json", "--evidence", folder)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 2)
    assert local_hub.seen == []
    assert not (tmp_path / "d.json").exists()


DAMAGED = [
    b"\xff",
    b"[]",
    b"[" * 100_000,
    b'{"schema_version": "2", "files": {}}',
    b'{"schema_version": "1", "files": {"../x": []}}',
    b'{"schema_version": "1", "files": {"' + b"a" * 64 + b'": [{"url": 3}]}}',
]


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_index_is_not_written_over(ask, local_hub, tmp_path, damage):
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "index.json").write_bytes(damage)
    ran = ask("gather", world.OPEN, "-o", tmp_path / "d.json", "--evidence", folder)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (3, "", 2)
    assert "index of evidence" in ran.err
    assert (folder / "index.json").read_bytes() == damage
    assert local_hub.seen == []


def test_a_copy_that_is_not_what_its_name_says_is_told(ask, kept, tmp_path):
    kept(world.OPEN)
    spoilt = copies(tmp_path / "copies")[0]
    spoilt.write_bytes(b"something else")
    ran = ask("gather", world.OPEN, "--evidence", tmp_path / "copies")
    assert (ran.code, ran.out) == (2, "")
    assert spoilt.name in ran.err
    assert spoilt.read_bytes() == b"something else"


def test_a_dossier_has_nothing_to_copy(ask, capsys, kept, tmp_path):
    kept(world.OPEN)
    ran = ask("gather", tmp_path / "dossier.json", "--evidence", tmp_path / "copies")
    assert (ran.code, ran.out) == (2, "")
    assert "no copies" in ran.err
    bundled = ["google-bert/bert-base-uncased", "--offline", "--cache-dir", tmp_path / "none"]
    ran = osaid_audit(capsys, "gather", *bundled, "--evidence", tmp_path / "copies")
    assert (ran.code, ran.out) == (3, "")
    assert "no copies" in ran.err
    assert osaid_audit(capsys, "gather", *bundled).code == 0


def test_offline_the_copies_come_from_the_cache(kept, local_hub):
    _, online = kept(world.FINETUNE)
    asked = len(local_hub.seen)
    _, offline = kept(world.FINETUNE, "--offline")
    assert set(offline) == set(online)
    assert len(local_hub.seen) == asked


def test_the_library_keeps_evidence_too(local_hub, tmp_path):
    where = {"endpoint": local_hub.url, "cache_dir": tmp_path / "cache"}
    library.gather(world.OPEN, evidence=tmp_path / "copies", **where)
    assert copies(tmp_path / "copies")
    with pytest.raises(UsageError, match="folder"):
        library.gather(world.OPEN, evidence=tmp_path / "cache" / "no" / "such", **where)
