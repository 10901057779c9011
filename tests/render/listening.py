"""A real listener on this machine that a page must not reach: counts every connection and datagram that comes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Listener(asyncio.DatagramProtocol):
    """`port` for TCP over IPv4 and IPv6 and for UDP; `heard` is what arrived."""

    def __init__(self) -> None:
        self.port = 0
        self.heard: list[str] = []

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.heard.append(f"datagram of {len(data)} bytes")

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Counts a connection and answers as a web server would, so that whatever comes after it would come too."""
        self.heard.append("connection")
        request = await reader.read(2000)
        self.heard.append(request[:80].decode("latin-1"))
        writer.write(b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()


@asynccontextmanager
async def listening() -> AsyncGenerator[Listener]:
    """A listener on a free port of every address of this machine."""
    listener = Listener()
    hosts = ["0.0.0.0", "::"] if socket.has_dualstack_ipv6() else ["0.0.0.0"]
    first = await asyncio.start_server(listener.connected, hosts[0], 0)
    listener.port = first.sockets[0].getsockname()[1]
    servers = [first, *[await asyncio.start_server(listener.connected, host, listener.port) for host in hosts[1:]]]
    loop = asyncio.get_running_loop()
    datagrams, _ = await loop.create_datagram_endpoint(lambda: listener, ("0.0.0.0", listener.port))
    try:
        yield listener
    finally:
        datagrams.close()
        for server in servers:
            server.close()
