"""The attacker, a separate process: connections from one address that send requests as fast as they are answered."""

import base64
import http.client
import json
import os
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator

from .attacks import ATTACKS, Attack

ADDRESS = "127.0.0.2"
LEAVES_AFTER = 0.05
OPERATIONS = 10


def main() -> int:
    told = json.loads(sys.stdin.readline())
    attack = next(attack for attack in ATTACKS if attack.name == told["attack"])
    counted: Counter[str] = Counter()
    until = time.monotonic() + told["seconds"]
    ways = {"post": _post, "get": _get, "leave": _leave, "unread": _unread}
    way = (ways | {"socket": _socket, "unread sockets": _unread_socket})[attack.way]
    bodies = _shared(attack.bodies(told["largest"]))

    def work() -> None:
        while time.monotonic() < until:
            try:
                way(told["port"], attack, bodies, until, counted)
            except (OSError, http.client.HTTPException, ValueError) as error:
                counted[type(error).__name__] += 1
                time.sleep(0.05)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(told["connections"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()) + 1)
    print(json.dumps(counted))
    sys.stdout.flush()
    os._exit(0)  # Outstanding responses are not awaited.


def _shared(bodies: Iterator[str]) -> Iterator[str]:
    """The same requests, to be drawn from by several threads."""
    lock = threading.Lock()
    while True:
        with lock:
            yield next(bodies)


def _connect(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(ADDRESS, 0))


def _post(port: int, attack: Attack, bodies: Iterator[str], until: float, counted: Counter[str]) -> None:
    connection = _connect(port)
    while time.monotonic() < until:
        connection.request("POST", "/graphql", _next(bodies), {"content-type": "application/json", **attack.headers})
        answer = connection.getresponse()
        text = answer.read()
        counted[_outcome(answer.status, text)] += 1
        if answer.status in (429, 503):
            time.sleep(0.02)


def _get(port: int, attack: Attack, bodies: Iterator[str], until: float, counted: Counter[str]) -> None:
    connection = _connect(port)
    while time.monotonic() < until:
        connection.request("GET", attack.path, headers=attack.headers)
        answer = connection.getresponse()
        answer.read()
        counted[str(answer.status)] += 1


def _unread(port: int, attack: Attack, bodies: Iterator[str], until: float, counted: Counter[str]) -> None:
    """Asks on one connection after the other, and keeps them."""
    kept = []
    while time.monotonic() < until:
        connection = _connect(port)
        connection.request("POST", "/graphql", _next(bodies), {"content-type": "application/json", **attack.headers})
        kept.append(connection)
        counted["asked"] += 1
        time.sleep(0.1)


def _unread_socket(port: int, attack: Attack, bodies: Iterator[str], until: float, counted: Counter[str]) -> None:
    kept = []
    while time.monotonic() < until:
        kept.append(_open(port))
        for number in range(OPERATIONS):
            _say(kept[-1].sock, {"type": "subscribe", "id": str(number), "payload": json.loads(_next(bodies))})
            counted["asked"] += 1
        time.sleep(1)


def _leave(port: int, attack: Attack, bodies: Iterator[str], until: float, counted: Counter[str]) -> None:
    connection = _connect(port)
    connection.request("POST", "/graphql", _next(bodies), {"content-type": "application/json", **attack.headers})
    time.sleep(LEAVES_AFTER)
    connection.close()
    counted["left"] += 1


def _open(port: int) -> http.client.HTTPConnection:
    """A WebSocket that has introduced itself."""
    connection = _connect(port)
    connection.connect()
    key = base64.b64encode(os.urandom(16)).decode()
    head = (
        f"GET /graphql/ws HTTP/1.1\r\nhost: 127.0.0.1\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
        f"sec-websocket-version: 13\r\nsec-websocket-key: {key}\r\n"
        f"sec-websocket-protocol: graphql-transport-ws\r\n\r\n"
    )
    connection.sock.sendall(head.encode())
    said = b""
    while not said.endswith(b"\r\n\r\n"):
        byte = connection.sock.recv(1)
        if not byte:
            raise OSError("closed")
        said += byte
    _say(connection.sock, {"type": "connection_init"})
    return connection


def _socket(port: int, attack: Attack, bodies: Iterator[str], until: float, counted: Counter[str]) -> None:
    connection = _open(port)
    wire, stream = connection.sock, connection.sock.makefile("rb")
    number = 0

    def ask() -> None:
        nonlocal number
        number += 1
        _say(wire, {"type": "subscribe", "id": str(number), "payload": json.loads(_next(bodies))})

    for _ in range(OPERATIONS):
        ask()
    while time.monotonic() < until:
        text = _hear(stream)
        kind = json.loads(text).get("type") if text else None
        if kind in ("next", "error"):
            counted[_outcome(200, text)] += 1
        if kind in ("complete", "error"):
            if b"RATE_LIMITED" in text or b"UNAVAILABLE" in text:
                time.sleep(0.02)
            ask()


def _say(wire: "object", message: object) -> None:
    payload, mask = json.dumps(message).encode(), os.urandom(4)
    masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
    if len(payload) < 126:
        length = bytes([0x80 | len(payload)])
    elif len(payload) < 1 << 16:
        length = b"\xfe" + struct.pack(">H", len(payload))
    else:
        length = b"\xff" + struct.pack(">Q", len(payload))
    wire.sendall(b"\x81" + length + mask + masked)  # type: ignore[attr-defined]


def _hear(stream: "object") -> bytes:
    """The text of one message."""
    text, last = b"", False
    while not last:
        head = stream.read(2)  # type: ignore[attr-defined]
        if len(head) < 2:
            raise OSError("closed")
        last, size = bool(head[0] & 0x80), head[1] & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", stream.read(2))  # type: ignore[attr-defined]
        elif size == 127:
            (size,) = struct.unpack(">Q", stream.read(8))  # type: ignore[attr-defined]
        part = stream.read(size)  # type: ignore[attr-defined]
        if head[0] & 0x0F in (0, 1):
            text += part
    return text


def _next(bodies: Iterator[str]) -> str:
    while True:
        try:
            return next(bodies)
        except ValueError:  # another thread is drawing
            time.sleep(0)


def _outcome(status: int, text: bytes) -> str:
    """How an answer ended: its status, and the code of its first error."""
    at = text.find(b'"code":"')
    code = text[at + 8 : text.find(b'"', at + 8)].decode() if at >= 0 else "answered"
    return code if status == 200 else f"{status} {code}"


if __name__ == "__main__":
    sys.exit(main())
