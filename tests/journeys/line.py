"""A line between a browser and the service that can be cut: for pages and their workers alike."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Line:
    """Listens on a port of its own and passes everything on, until it is cut."""

    def __init__(self, far: tuple[str, int]) -> None:
        self.far = far
        self.is_cut = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def cut(self) -> None:
        self.is_cut = True
        for end in list(self.open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = False

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self.listener.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(self.far)
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        self.open.add(source)
        with suppress(OSError):
            while not self.is_cut and (data := source.recv(65_536)):
                target.sendall(data)
        self.open.discard(source)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        source.close()


@contextmanager
def line_to(address: str) -> Iterator[Line]:
    host, _, port = address.removeprefix("http://").partition(":")
    line = Line((host, int(port)))
    try:
        yield line
    finally:
        line.cut()
        line.listener.close()
