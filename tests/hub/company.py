"""A company network: a throw-away certificate authority, and a CONNECT proxy that counts tunnels."""

import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest


def authority(folder: Path) -> tuple[Path, tuple[Path, Path]]:
    """A CA file, and certificate and key of a server named localhost; skips without the openssl command."""
    if shutil.which("openssl") is None:
        pytest.skip("the openssl command is not installed: no throw-away certificate authority can be made")
    ca, ca_key, key, request, leaf = (
        folder / name for name in ("ca.pem", "ca.key", "key.pem", "req.pem", "leaf.pem")
    )
    extensions = folder / "ext.cnf"
    extensions.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nauthorityKeyIdentifier=keyid\n")
    new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    _openssl("req", "-x509", *new, "-keyout", ca_key, "-out", ca, "-days", "2", "-subj", "/CN=Company CA",
             "-addext", "keyUsage=critical,keyCertSign,cRLSign")  # fmt: skip
    _openssl("req", *new, "-keyout", key, "-out", request, "-subj", "/CN=localhost")
    _openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key, "-CAcreateserial", "-out", leaf,
             "-days", "2", "-extfile", extensions)  # fmt: skip
    return ca, (leaf, key)


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


class Proxy:
    """A CONNECT proxy; `tunnels` lists what it was asked for, `heads` whole requests as they came."""

    def __init__(self) -> None:
        self.tunnels: list[str] = []
        self.heads: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._tunnel, args=(client,), daemon=True).start()

    def _tunnel(self, client: socket.socket) -> None:
        with client:
            head = b""
            while b"\r\n\r\n" not in head:
                part = client.recv(4096)
                if not part:
                    return
                head += part
            method, target, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
            self.heads.append(head)
            self.tunnels.append(f"{method} {target}")
            host, _, port = target.rpartition(":")
            known = host in {"localhost", "127.0.0.1"}
            if method != "CONNECT" or not known:
                client.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", int(port))) as server:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=_pump, args=(server, client), daemon=True)
                back.start()
                _pump(client, server)
                back.join(5)


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while part := source.recv(65536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
