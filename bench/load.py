"""Many clients on kept-alive connections: how many answers a second, and how long the slow ones take."""

import multiprocessing
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Request = Callable[[int, int], bytes]


@dataclass(frozen=True)
class Result:
    """Answers, how many of them were refusals, and each one's seconds."""

    answers: int
    refused: int
    seconds: float
    p50: float
    p95: float
    rate: float


def run(port: int, request: Request, *, clients: int, seconds: float) -> Result:
    """Let every client, a process of its own, send one request after the other until time is up."""
    queue: multiprocessing.Queue[tuple[list[float], int]] = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=_client, args=(port, request, number, seconds, queue))
        for number in range(clients)
    ]
    started = time.perf_counter()
    for worker in workers:
        worker.start()
    reports = [queue.get(timeout=seconds + 60) for _ in workers]
    elapsed = time.perf_counter() - started
    for worker in workers:
        worker.join()
    times = sorted(took for found, _ in reports for took in found)
    steps = quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    lasted = min(elapsed, seconds)
    refused = sum(refused for _, refused in reports)
    return Result(len(times), refused, lasted, steps[49], steps[94], len(times) / lasted)


def middle(results: Sequence[Result]) -> Result:
    """Each figure's median over several rounds."""
    return Result(
        sum(result.answers for result in results) // len(results),
        sum(result.refused for result in results),
        median(result.seconds for result in results),
        median(result.p50 for result in results),
        median(result.p95 for result in results),
        median(result.rate for result in results),
    )


def _client(
    port: int,
    request: Request,
    number: int,
    seconds: float,
    queue: "multiprocessing.Queue[tuple[list[float], int]]",
) -> None:
    times: list[float] = []
    refused = turn = 0
    end = time.perf_counter() + seconds
    connection = _connect(port)
    while time.perf_counter() < end:
        started = time.perf_counter()
        try:
            connection.sendall(request(number, turn))
            status, keep = _answer(connection)
        except OSError:
            connection.close()
            connection = _connect(port)
            continue
        times.append(time.perf_counter() - started)
        refused += status >= 400
        turn += 1
        if not keep:
            connection.close()
            connection = _connect(port)
    connection.close()
    queue.put((times, refused))


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _answer(connection: socket.socket) -> tuple[int, bool]:
    """The status of one answer, read to its end; whether the connection stays open."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    fields = dict(line.split(b": ", 1) for line in lines[1:] if b": " in line)
    if fields.get(b"transfer-encoding") == b"chunked":
        while not body.endswith(b"0\r\n\r\n"):
            body += _more(connection)
    else:
        missing = int(fields.get(b"content-length", b"0")) - len(body)
        while missing > 0:
            missing -= len(_more(connection))
    return int(lines[0].split()[1]), fields.get(b"connection") != b"close"


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("closed in the middle of an answer")
    return data


def get(path: str, headers: Sequence[str]) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", *headers, "", ""]).encode()


def post(path: str, body: bytes, headers: Sequence[str]) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *headers,
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + body
