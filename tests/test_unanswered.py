"""What did not answer may answer later and is asked for again; a final answer is an answer."""

import csv
import io
import socket

import pytest
from door import osaid_audit
from github.server import Answer, Code, LocalGitHub
from hub.repos import DROP, Repo
from hub.world import DATASET_OPEN, OPEN, apache_text, card

from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.raw import Missed
from osaid_audit.gather.reading.assembly import assemble
from osaid_audit.gather.unanswered import unanswered
from osaid_audit.schema.unread import out_of_reach

pytest_plugins = ("hub.fixtures",)
LINKED = "some/model"
FINAL = (400, 401, 402, 403, 404, 405, 406, 410, 418, 451)
PASSING = (408, 425, 429, 500, 502, 503, 504, 521)


@pytest.fixture
def asked(settings_for):
    """Whether something may answer later, of everything gathered, and as the report tells it."""

    def run(hub, model, **options):
        options = {"allow_hosts": ("127.0.0.1",), "max_wait": 0.5, "timeout": 1.0} | options
        gathered = fetch(model, None, settings_for(hub, **options))
        return unanswered(gathered), bool(out_of_reach(assemble(gathered).problems))

    return run


def linked(hub, link, body="# Model\n"):
    front = f"license: other\nlicense_link: {link}"
    hub.add(Repo(LINKED, files={"README.md": card(front, body), "LICENSE": apache_text()}))


@pytest.mark.parametrize(
    ("path", "fault", "passes"),
    [
        (f"/api/datasets/{DATASET_OPEN}", {"kind": "status", "status": 500}, True),
        (f"{OPEN}/resolve/.*README.md", {"kind": "close"}, True),
        (f"{OPEN}/resolve/.*README.md", {"kind": "status", "status": 404}, False),
        ("/nothing", {"kind": "status", "status": 500}, False),
    ],
    ids=["dataset", "card", "gone", "all well"],
)
def test_what_did_not_answer_may_answer_later(local_hub, settings_for, path, fault, passes):
    local_hub.fault(path, **fault)
    settings = settings_for(local_hub, links=False)
    assert unanswered(fetch(OPEN, None, settings)) is passes


@pytest.mark.parametrize("status", [*FINAL, *PASSING])
def test_of_a_dead_link_off_the_hub_only_what_passes_is_asked_again(local_hub, asked, status):
    linked(local_hub, local_hub.page("/terms", "no", status=status))
    assert asked(local_hub, LINKED) == (status in PASSING,) * 2


@pytest.mark.parametrize(("status", "later"), [(451, False), (405, False), (503, True), (408, True)])
def test_nobody_is_told_to_come_again_for_a_final_answer(local_hub, settings_for, status, later):
    linked(local_hub, local_hub.page("/terms", "no", status=status))
    settings = settings_for(local_hub, allow_hosts=("127.0.0.1",), max_wait=0.5, timeout=1.0)
    problems = assemble(fetch(LINKED, None, settings)).problems
    (told,) = [each.next.en for each in problems if each.what.endswith("/terms")]
    assert ("Audit again later" in told) is later
    assert ("a later audit is answered the same" in told) is not later


@pytest.mark.parametrize("place", ["/loop", "gopher://x", ""])
def test_a_redirect_that_leads_nowhere_is_a_final_answer(local_hub, asked, place):
    linked(local_hub, local_hub.page("/loop", "", status=302, Location=place))
    assert asked(local_hub, LINKED) == (False, False)


@pytest.mark.parametrize("kind", ["close", "truncate", "slow"])
def test_a_page_that_does_not_come_may_come_later(local_hub, asked, kind):
    linked(local_hub, local_hub.page("/terms", "x" * 1000))
    local_hub.fault("/terms", kind, seconds=2.0)
    assert asked(local_hub, LINKED) == (True, True)


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no such name"), False),
        (UnicodeError("no name can be so"), False),
        (socket.gaierror(socket.EAI_AGAIN, "nobody answers"), True),
        (OSError(24, "too many open files"), True),
    ],
    ids=["no such name", "no name", "nobody to ask", "no socket"],
)
def test_a_name_that_does_not_exist_is_told_from_one_that_nobody_could_look_up(
    local_hub, asked, monkeypatch, error, passes
):
    real = socket.getaddrinfo

    def look_up(host, *rest, **options):
        if host == "terms.example":
            raise error
        return real(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    linked(local_hub, "https://terms.example/LICENSE")
    assert asked(local_hub, LINKED) == (passes, passes)


@pytest.mark.parametrize("status", [*FINAL, *PASSING])
def test_a_host_of_code_that_refuses_for_good_is_not_asked_again(local_hub, asked, status):
    """403 may be a limit of GitHub's that passes; 401 to one without a token is none."""
    linked(local_hub, "LICENSE", "# Model\n\nTraining code: https://github.com/acme/train\n")
    with LocalGitHub([Code("acme/train", {"train.py": ""})]) as github:
        github.canned["/repos/acme/train/commits/HEAD"] = Answer(status, {}, b"{}")
        found = asked(local_hub, LINKED, github_endpoint=github.url)
    assert found == (status in {403, *PASSING},) * 2


@pytest.mark.parametrize(("status", "passes"), [(503, True), (404, False), (200, False)])
def test_a_list_of_files_that_did_not_come_is_asked_for_again(local_hub, asked, status, passes):
    """Of a model and of its base: what a list does not name is taken for missing."""
    local_hub.repo(OPEN).info["siblings"] = DROP
    local_hub.add(Repo("tuned/model", files={"README.md": card(f"license: mit\nbase_model: {OPEN}")}))
    if status != 200:
        local_hub.fault(f"/{OPEN}/tree/", "status", status=status)
    assert asked(local_hub, OPEN) == (passes, passes)
    assert asked(local_hub, "tuned/model")[0] is passes


def test_a_file_that_the_list_names_in_vain_is_not_asked_for_again(local_hub, asked, settings_for):
    local_hub.repo(OPEN).info["siblings"] = [{"rfilename": path} for path in ("README.md", "NOTICE")]
    missed = fetch(OPEN, None, settings_for(local_hub)).subject.files["NOTICE"]
    assert isinstance(missed, Missed)
    assert missed.state == "unreachable"
    assert asked(local_hub, OPEN) == (False, False)


@pytest.mark.parametrize(("status", "passes"), [(410, False), (451, False), (503, True)])
def test_a_batch_goes_on_without_asking_again_for_what_is_gone(capsys, local_hub, tmp_path, status, passes):
    linked(local_hub, local_hub.page("/terms", "no", status=status))

    def run(cache):
        local_hub.forget()
        place = ["--endpoint", local_hub.url, "--allow-host", "127.0.0.1"]
        kept = ["--cache-dir", tmp_path / cache, "--run", tmp_path / "run"]
        ran = osaid_audit(capsys, LINKED, *place, *kept, "-f", "csv")
        (row,) = csv.DictReader(io.StringIO(ran.out))
        assert row["osaid_1_0"], "what was read is judged"
        return bool(local_hub.seen), "read in part" in ran.err, bool(row["problem"])

    assert run("one") == (True, passes, passes)
    assert run("two") == (passes, passes, passes)
