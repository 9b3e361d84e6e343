"""A server that answers with raw bytes, for what no HTTP library would send."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def rude(speak: Callable[[Callable[[bytes], None]], None]) -> Iterator[str]:
    """Answer every request by calling `speak(send)`; yields the address, stops at the end."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(client,), daemon=True).start()

    def answer(client: socket.socket) -> None:
        def send(part: bytes) -> None:
            if over.is_set():
                raise ConnectionAbortedError
            client.sendall(part)

        with client:
            try:
                client.recv(65536)
                speak(send)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
