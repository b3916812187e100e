# SPDX-License-Identifier: LGPL-2.1-or-later
"""A small RTSP client for tests: raw enough to misbehave with."""

import base64
import re
import socket
import ssl
import struct
import time


class Closed(Exception):
    """The server closed the connection."""


class Response:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def __repr__(self):
        return "<%d %r>" % (self.status, self.headers)


class Client:
    def __init__(self, host, port, timeout=10, tls=None, rcvbuf=None,
                 source=None):
        self.sock = socket.socket()
        if source:
            self.sock.bind((source, 0))
        if rcvbuf:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, rcvbuf)
        self.sock.settimeout(timeout)
        self.sock.connect((host, port))
        if tls:
            self.sock = tls.wrap_socket(self.sock, server_hostname=host)
        self.base = "%s://%s:%d" % ("rtsps" if tls else "rtsp", host, port)
        self.buf = b""
        self.cseq = 0
        self.session = None
        self.auth = None
        self.packets = []           # (channel, bytes, arrival)
        self.sdp = ""

    def login(self, user, password):
        token = base64.b64encode(("%s:%s" % (user, password)).encode())
        self.auth = "Basic " + token.decode()

    def close(self):
        self.sock.close()

    def send_raw(self, data):
        self.sock.sendall(data)

    def fill(self):
        data = self.sock.recv(65536)
        if not data:
            raise Closed()
        self.buf += data

    def need(self, n):
        while len(self.buf) < n:
            self.fill()

    def read_one(self):
        """An interleaved packet as (channel, bytes), or a Response."""
        self.need(1)
        if self.buf[0:1] == b"$":
            self.need(4)
            channel, length = struct.unpack(">BH", self.buf[1:4])
            self.need(4 + length)
            data = self.buf[4:4 + length]
            self.buf = self.buf[4 + length:]
            return (channel, data)
        while b"\r\n\r\n" not in self.buf:
            self.fill()
        head, self.buf = self.buf.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        headers = {}
        for line in lines[1:]:
            key, _, value = line.partition(":")
            headers[key.strip().lower()] = value.strip()
        length = int(headers.get("content-length", 0))
        self.need(length)
        body = self.buf[:length].decode("latin-1")
        self.buf = self.buf[length:]
        return Response(status, headers, body)

    def response(self):
        while True:
            got = self.read_one()
            if isinstance(got, Response):
                return got
            self.packets.append((got[0], got[1], time.monotonic()))

    def send(self, method, url, headers=None, body=""):
        self.cseq += 1
        lines = ["%s %s RTSP/1.0" % (method, url), "CSeq: %d" % self.cseq]
        if self.session and not (headers and "Session" in headers):
            lines.append("Session: " + self.session)
        if self.auth:
            lines.append("Authorization: " + self.auth)
        for key, value in (headers or {}).items():
            if value is not None:
                lines.append("%s: %s" % (key, value))
        if body:
            lines.append("Content-Length: %d" % len(body))
        self.send_raw(("\r\n".join(lines) + "\r\n\r\n" + body).encode())

    def request(self, method, url, headers=None, body=""):
        self.send(method, url, headers, body)
        return self.response()

    def describe(self, name):
        self.url = self.base + "/" + name
        answer = self.request("DESCRIBE", self.url,
                              {"Accept": "application/sdp"})
        if answer.status == 200:
            self.sdp = answer.body
            self.content_base = answer.headers.get("content-base",
                                                   self.url + "/")
        return answer

    def controls(self):
        found = re.findall(r"^a=control:(.+?)\r?$",
                           self.sdp[self.sdp.index("m="):], re.M)
        return [c if "://" in c else self.content_base + c for c in found]

    def setup(self, control, transport):
        answer = self.request("SETUP", control, {"Transport": transport})
        if answer.status == 200 and "session" in answer.headers:
            self.session = answer.headers["session"].split(";")[0]
        return answer

    def play_tcp(self, name):
        """DESCRIBE, SETUP of all streams, PLAY; the PLAY answer."""
        answer = self.describe(name)
        if answer.status != 200:
            return answer
        for i, control in enumerate(self.controls()):
            answer = self.setup(control, "RTP/AVP/TCP;unicast;interleaved="
                                "%d-%d" % (2 * i, 2 * i + 1))
            if answer.status != 200:
                return answer
        return self.request("PLAY", self.url, {"Range": "npt=0-"})

    def collect(self, seconds):
        """Reads packets for some time; all packets so far."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            got = self.read_one()
            if not isinstance(got, Response):
                self.packets.append((got[0], got[1], time.monotonic()))
        return self.packets


def rtp_header(data):
    """(payload type, marker, sequence number, timestamp, ssrc)"""
    _, second, seq, ts, ssrc = struct.unpack(">BBHII", data[:12])
    return second & 0x7f, second >> 7, seq, ts, ssrc


def sender_report(data):
    """(ssrc, NTP seconds, RTP timestamp) of a leading SR, or None"""
    if len(data) < 28 or data[1] != 200:
        return None
    ssrc, high, low, ts = struct.unpack(">IIII", data[4:20])
    return ssrc, high + low / 2.0 ** 32, ts


def tls_context():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
