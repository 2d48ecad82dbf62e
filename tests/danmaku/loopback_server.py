"""A Bilibili room for the order test: its own WebSocket (RFC 6455) and its own packets, standard library only.

Usage: loopback_server.py --messages N --batch 1|20|mixed --codec zlib|brotli [--frames FILE]
Brotli comes from the PyPI package `brotli` where it is installed; else from FILE, a row of ready frames, each with
its length before it (u32, big-endian). Prints one JSON line with the port. Serves one client, then ends.
"""
import argparse
import base64
import hashlib
import json
import os
import socket
import struct
import sys
import zlib

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def packet(operation, version, body):
    return struct.pack(">IHHII", 16 + len(body), 16, version, operation, 0) + body


def comment(number):
    # A command of the size of a real one; only the text and the time change.
    extra = json.dumps({"mode": 0, "content": "m-%05d" % number, "filler": "x" * 700})
    info = [
        [0, 1, 25, 16777215, 1790000000000 + number, 1790000000, 0, "aa", 0, 0, 0, "", 0, "{}", "{}", {"extra": extra}],
        "m-%05d" % number,
        [10000 + number % 97, "viewer-%d" % (number % 97), 0, 0, 0, 10000, 1, ""],
        [],
        [1, 0, 0, ">50000", 0],
        ["", ""],
        0,
        0,
        None,
        {"ts": 1790000000, "ct": "AA"},
    ]
    return json.dumps({"cmd": "DANMU_MSG", "info": info}, ensure_ascii=False).encode()


def batches(count, batch):
    """Sizes of the frames; `mixed` puts small frames behind big ones, where unordered readers turn them round."""
    sizes = {"1": [1], "20": [20], "mixed": [200, 1, 1, 20, 3, 1]}[batch]
    at = 0
    while at < count:
        size = sizes.pop(0)
        sizes.append(size)
        yield list(range(at, min(count, at + size)))
        at += size


def frames(options):
    if options.codec == "brotli":
        try:
            import brotli
        except ImportError:
            yield from ready_frames(options.frames)
            return
    for numbers in batches(options.messages, options.batch):
        joined = b"".join(packet(5, 0, comment(number)) for number in numbers)
        if options.batch == "mixed" and len(numbers) == 1:
            yield joined  # plain
        elif options.codec == "zlib":
            yield packet(5, 2, zlib.compress(joined, 6))
        else:
            yield packet(5, 3, brotli.compress(joined, quality=5))


def ready_frames(path):
    with open(path, "rb") as file:
        while head := file.read(4):
            yield file.read(struct.unpack(">I", head)[0])


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            raise ConnectionError("the client went away")
        data += part
    return data


def handshake(connection):
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        request += read_exactly(connection, 1)
    lines = request.decode().split("\r\n")
    assert lines[0].startswith("GET /sub "), lines[0]
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    raw = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    key = next(value for name, value in raw.items() if name.lower() == "sec-websocket-key")
    assert headers["upgrade"] == "websocket"
    accept = base64.b64encode(hashlib.sha1(key.encode() + GUID).digest()).decode()
    connection.sendall(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Accept: %s\r\n\r\n" % accept).encode()
    )


def read_message(connection):
    """One message of the client: (opcode, payload). A client masks what it sends."""
    first, second = read_exactly(connection, 2)
    length = second & 0x7F
    if length == 126:
        length = struct.unpack(">H", read_exactly(connection, 2))[0]
    elif length == 127:
        length = struct.unpack(">Q", read_exactly(connection, 8))[0]
    assert second & 0x80, "a client has to mask"
    mask = read_exactly(connection, 4)
    payload = bytes(byte ^ mask[index % 4] for index, byte in enumerate(read_exactly(connection, length)))
    return first & 0x0F, payload


def message(payload, opcode=2):
    length = len(payload)
    if length < 126:
        head = struct.pack(">BB", 0x80 | opcode, length)
    elif length < 65536:
        head = struct.pack(">BBH", 0x80 | opcode, 126, length)
    else:
        head = struct.pack(">BBQ", 0x80 | opcode, 127, length)
    return head + payload


def serve(options):
    listener = socket.create_server(("127.0.0.1", 0))
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    ready = [message(frame) for frame in frames(options)]
    connection, _ = listener.accept()
    handshake(connection)
    _, auth = read_message(connection)
    length, header, version, operation, _ = struct.unpack(">IHHII", auth[:16])
    body = json.loads(auth[header:])
    assert (length, operation) == (len(auth), 7), "the first packet has to be the auth packet"
    assert body["roomid"] == 5440 and body["key"] == "t", body
    connection.sendall(message(packet(8, 1, b'{"code":0}')))
    for frame in ready:
        connection.sendall(frame)
    beats = 0
    while True:
        opcode, payload = read_message(connection)
        if opcode == 8:
            connection.sendall(message(payload, 8))
            break
        if struct.unpack(">I", payload[8:12])[0] == 2:
            beats += 1
            # As on the platform: what the client sent follows, outside the packet's length.
            connection.sendall(message(packet(3, 1, struct.pack(">I", 1)) + payload[16:]))
    print(json.dumps({"beats": beats}), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--batch", choices=["1", "20", "mixed"], required=True)
    parser.add_argument("--codec", choices=["zlib", "brotli"], required=True)
    parser.add_argument("--frames")
    try:
        serve(parser.parse_args())
    except (ConnectionError, BrokenPipeError) as error:
        print(error, file=sys.stderr)
        os._exit(1)
