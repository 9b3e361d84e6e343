"""Several models at once: what threads share must be whole before anybody uses it, and be asked for once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from hub.world import OPEN

from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.visits import open_repository
from osaid_audit.licenses import expression

pytest_plugins = ("hub.fixtures",)


def test_a_license_expression_is_read_by_many_threads_at_once():
    """The parser fills its table of names at the first use; half a table gives half an answer."""
    wanted = expression.parse("MIT OR Apache-2.0")
    for _ in range(5):
        expression._licensing.cache_clear()
        start = Barrier(8)

        def read(_number, start=start):
            start.wait()
            return expression.parse("MIT OR Apache-2.0")

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(read, range(8))) == {wanted}


def test_a_repository_is_opened_once_in_a_run(local_hub, settings_for):
    """Also when the first opening has already put its info reply into the cache."""
    with Hub(settings_for(local_hub)) as hub:
        first = open_repository(hub, OPEN, None, 1, "revalidate")
        assert first.info.result().commit
        first.readme.result()
        assert open_repository(hub, OPEN, None, 2, "an hour") is first
        assert open_repository(hub, OPEN, "v1.0", 1, "revalidate") is not first
    assert len([path for path in local_hub.requests() if path.endswith("resolve/main/README.md")]) == 1
