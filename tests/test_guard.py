"""The guard of conftest.py: tests stay on this machine, and know nothing of whoever runs them."""

import os
import socket
import threading

import pytest
from conftest import is_local

ELSEWHERE = ("192.0.2.1", 443)  # kept for documentation by RFC 5737: nobody is there


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_this_machine_is_local(host):
    assert is_local((host, 80))


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "0.0.0.0", "2001:db8::1", "huggingface.co", ""])
def test_every_other_place_is_not(host):
    assert not is_local((host, 80))


def test_a_connection_to_another_machine_fails_the_test():
    with socket.socket() as one, pytest.raises(pytest.fail.Exception, match="stay on this machine"):
        one.connect(ELSEWHERE)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one,
        pytest.raises(pytest.fail.Exception, match="stay on this machine"),
    ):
        one.sendto(b"", ELSEWHERE)


def test_code_that_catches_every_error_does_not_hide_it():
    def patient() -> None:
        try:
            with socket.socket() as one:
                one.connect(ELSEWHERE)
        except Exception:  # noqa: BLE001 - the point of the test
            return

    with pytest.raises(pytest.fail.Exception):
        patient()


def accept_one(server: socket.socket) -> None:
    with server.accept()[0]:
        pass


def test_a_connection_on_this_machine_works():
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=accept_one, args=(server,))
        thread.start()
        with socket.create_connection(server.getsockname(), timeout=5) as one:
            assert one.recv(1) == b""
        thread.join()


def test_no_token_setting_or_cache_of_the_machine_is_seen():
    seen = [name for name in os.environ if name.startswith(("OSAID_AUDIT_", "HF_", "HUGGING_FACE_"))]
    assert sorted(seen) == ["HF_HOME", "HF_HUB_DISABLE_TELEMETRY"]
    assert "osaid-audit-tests-" in os.environ["HF_HOME"]
    assert "osaid-audit-tests-" in os.environ["XDG_CACHE_HOME"]
