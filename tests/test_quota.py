"""The Hub's quota: read from every reply, shared by all threads, waited for before a request is sent."""

import threading
import time

import pytest
from hub.batch import batch, model_id
from hub.quota import Quota
from hub.server import LocalHub
from hub.world import OPEN

from osaid_audit import audit_many
from osaid_audit.gather.fetching.failures import FailureError
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.quota import Quotas, kind_of
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.unanswered import unanswered
from osaid_audit.schema.report import Report

pytest_plugins = ("hub.fixtures",)
API = "https://hub.example/api/models/org/name?blobs=true"
FILE = "https://hub.example/org/name/resolve/main/README.md"


def told(header: str) -> dict[str, str]:
    return {"ratelimit": header}


def ask(quotas: Quotas, url: str, header: str = "", status: int = 200) -> None:
    with quotas.turn(url) as note:
        note(status, told(header) if header else {})


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (API, "api"),
        ("https://hub.example/mirror/api/datasets/org/name", "api"),
        (FILE, "resolvers"),
        ("https://hub.example/datasets/o/n/resolve/main/README.md", "resolvers"),
        ("https://hub.example/api/resolve-cache/models/o/n/abc/README.md", "resolvers"),
        ("https://hub.example/org/name", "pages"),
    ],
)
def test_the_path_tells_the_bucket(url, kind):
    assert kind_of(url) == kind


def test_an_empty_bucket_stops_its_own_requests_and_no_others():
    quotas = Quotas(max_wait=60)
    ask(quotas, API, '"api";r=0;t=290', status=429)
    ask(quotas, FILE, '"resolvers";r=3;t=290')
    with pytest.raises(FailureError, match="the quota returns in 290 s"):
        ask(quotas, API)
    ask(quotas, FILE)


def test_a_wait_that_nobody_waits_is_believed_when_something_was_refused():
    """Of a server that has answered everything so far the next request is sent: its answer decides."""
    waits: list[float] = []
    quotas = Quotas(max_wait=60, waiting=waits.append)
    ask(quotas, API, '"api";r=0;t=100000')
    ask(quotas, API, '"api";r=0;t=100000', status=429)
    with pytest.raises(FailureError, match="the quota returns in 100000 s"):
        ask(quotas, API)
    assert waits == []


def test_a_false_header_stops_nothing_until_something_is_refused():
    quotas = Quotas(max_wait=60)
    for _ in range(5):
        ask(quotas, API, '"api";r=0;t=100000')
    ask(quotas, API, '"api";r=0;t=100000', status=429)
    with pytest.raises(FailureError):
        ask(quotas, API)


def test_a_server_that_breaks_off_has_neither_answered_nor_refused():
    quotas = Quotas(max_wait=60)
    ask(quotas, API, '"api";r=0;t=100000')
    ask(quotas, API, '"api";r=0;t=100000', status=503)
    assert quotas.pause(API) > 60, "still in doubt"
    ask(quotas, API, '"api";r=0;t=100000', status=429)
    with pytest.raises(FailureError):
        ask(quotas, API)


def test_in_doubt_one_request_asks_for_all():
    quotas = Quotas(max_wait=60)
    ask(quotas, API, '"api";r=0;t=290')
    sent, leave = [], threading.Event()

    def work() -> None:
        try:
            with quotas.turn(API) as note:
                sent.append(1)
                leave.wait(5)
                note(429, told('"api";r=0;t=290'))
        except FailureError:
            pass

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    time.sleep(0.2)
    leave.set()
    for worker in workers:
        worker.join(5)
    assert len(sent) == 1


def test_a_bucket_with_something_left_stops_nothing():
    quotas = Quotas(max_wait=0)
    for left in (3, 2, 1):
        ask(quotas, API, f'"api";r={left};t=290')
    ask(quotas, API)


def test_the_name_that_the_hub_gives_a_bucket_wins():
    quotas = Quotas(max_wait=60)
    ask(quotas, FILE, '"api";r=0;t=290', status=429)
    with pytest.raises(FailureError):
        ask(quotas, FILE)
    with pytest.raises(FailureError):
        ask(quotas, API)


def test_a_refusal_that_only_says_when_to_come_again_empties_the_bucket():
    quotas = Quotas(max_wait=60)
    with quotas.turn(API) as note:
        note(429, {"retry-after": "120"})
    assert 119 < quotas.pause(API) < 122
    other = Quotas(max_wait=60)
    with other.turn(API) as note:
        note(503, {"retry-after": "120"})
    assert other.pause(API) == 0


@pytest.mark.parametrize("header", ["", "soon", '"api";r=x;t=1', '"api";r=0', "r=0;t=" + "9" * 30])
def test_what_is_no_quota_stops_nothing(header):
    quotas = Quotas(max_wait=0)
    ask(quotas, API, header)
    ask(quotas, API)


def test_of_the_last_two_only_two_are_under_way():
    quotas = Quotas(max_wait=60)
    ask(quotas, API, '"api";r=2;t=200')
    entered, leave = threading.Semaphore(0), threading.Event()

    def work() -> None:
        with quotas.turn(API):
            entered.release()
            leave.wait(5)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    assert entered.acquire(timeout=5)
    assert entered.acquire(timeout=5)
    assert not entered.acquire(timeout=0.2), "the third would be sent in vain"
    leave.set()
    assert entered.acquire(timeout=5), "one came back and took nothing: there is room again"
    for worker in workers:
        worker.join(5)


def test_replies_that_overtake_each_other_do_not_fill_the_bucket():
    quotas = Quotas(max_wait=60)
    ask(quotas, API, '"api";r=0;t=200')
    bucket = quotas._buckets["api"]
    bucket.read(5, bucket.until - 0.5, time.monotonic())
    assert bucket.left == 0
    bucket.read(500, bucket.until + 300, time.monotonic())
    assert bucket.left == 500, "a new window"


def test_all_threads_wait_once_and_are_told_once():
    waits: list[float] = []
    quotas = Quotas(max_wait=60, waiting=waits.append)
    ask(quotas, API, '"api";r=0;t=1')
    start = time.monotonic()
    workers = [threading.Thread(target=ask, args=(quotas, API, '"api";r=9;t=300')) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(5)
    assert 1 <= time.monotonic() - start < 3
    assert [round(wait) for wait in waits] == [1]


def test_whoever_waits_ends_when_nobody_wants_the_answer():
    quotas = Quotas(max_wait=600)
    ask(quotas, API, '"api";r=0;t=500')
    failed = threading.Event()

    def work() -> None:
        with pytest.raises(FailureError):
            ask(quotas, API)
        failed.set()

    threading.Thread(target=work).start()
    quotas.abandon()
    assert failed.wait(5)


def test_a_batch_that_uses_up_its_quota_waits_and_sends_nothing_in_vain(tmp_path):
    """Twelve models and what they share need 27 requests of the API; ten are answered a second."""
    waits: list[float] = []
    with LocalHub(batch(12)) as hub:
        hub.quotas = {"api": Quota(10, 1.0), "resolvers": Quota(1000, 60.0)}
        models = [model_id(number) for number in range(12)]
        found = audit_many(models, endpoint=hub.url, cache_dir=tmp_path, waiting=waits.append)
        refused = hub.quotas["api"].refused
        asked = len([path for path in hub.requests() if path.startswith("/api/")])
    assert all(isinstance(each, Report) and not each.problems for each in found)
    assert (asked, refused) == (27, 0)
    assert waits


def test_a_quota_of_minutes_ends_a_single_audit_after_one_refusal(local_hub, settings_for):
    headers = {"RateLimit": '"api";r=0;t=290'}
    local_hub.fault(f"/api/models/{OPEN}", "headers", headers=headers)
    local_hub.fault("/api/datasets/", "status", status=429, headers=headers)
    settings = settings_for(local_hub, max_wait=60)
    with Hub(settings) as hub:
        gathered = fetch(OPEN, None, settings, hub=hub)
    asked = local_hub.requests()
    assert len([path for path in asked if path.startswith("/api/datasets/")]) == 1
    assert "resolve" in " ".join(asked), "files are counted apart"
    assert {each.state for each in gathered.datasets.values()} == {"unreachable"}
    assert unanswered(gathered)


def test_a_header_that_says_nothing_is_left_leaves_nothing_unread_while_all_is_answered(
    local_hub, settings_for
):
    local_hub.fault("/", "headers", headers={"RateLimit": '"api";r=0;t=100000'})
    settings = settings_for(local_hub, max_wait=60, links=False)
    start = time.monotonic()
    assert not unanswered(fetch(OPEN, None, settings))
    assert time.monotonic() - start < 30
