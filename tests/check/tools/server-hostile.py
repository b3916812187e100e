#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Peers that mean harm, or know no better. The server stays, and serves."""

import itertools
import random
import signal
import socket
import struct
import time
import unittest

import rtsplite
from servertest import PATIENCE, Case, have, readable, run, wait_for


def all_is_read(sock):
    """Whether the other end of the connection has read what was sent."""
    ends = ["%08X:%04X" % (struct.unpack("=I", socket.inet_aton(host))[0],
                           port)
            for host, port in (sock.getpeername(), sock.getsockname())]
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in table]
    return any(row[1:3] == ends and row[9] != "0"
               and row[4].endswith(":00000000") for row in rows)


class Hostile(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

    def setUp(self):
        path = self.write("server.conf", """[server]
port=0
request-timeout=2
max-connections=40
max-connections-per-address=40
[camera cam]
uri=%s
""" % self.sample_uri())
        self.server = self.serve("--config", path, port=None)
        self.play(self.server).close()

    def tearDown(self):
        """Whatever was done, viewers are served."""
        self.assertTrue(self.server.alive(), self.server.log.text())
        wait_for(self.welcome, "a connection")
        self.play(self.server).close()

    def welcome(self):
        """Whether there is place for one more."""
        client = self.server.client()
        try:
            return client.request("OPTIONS", "*").status == 200
        except (rtsplite.Closed, ConnectionError):
            return False
        finally:
            client.close()

    def connect(self):
        client = self.server.client()
        self.addCleanup(client.close)
        return client

    def ended(self, client, timeout=PATIENCE):
        """Whether the server closes the connection."""
        client.sock.settimeout(timeout)
        try:
            while True:
                if not client.sock.recv(65536):
                    return True
        except ConnectionError:
            return True
        except socket.timeout:
            return False

    def ready(self):
        """A viewer that has set up its streams."""
        client = self.connect()
        self.assertEqual(client.describe("cam").status, 200)
        for i, control in enumerate(client.controls()):
            answer = client.setup(control, "RTP/AVP/TCP;unicast;interleaved="
                                  "%d-%d" % (2 * i, 2 * i + 1))
            self.assertEqual(answer.status, 200)
        return client

    def test_scale_and_speed(self):
        """CVE-2024-44331: what ended a stock server."""
        values = ("nan", "inf", "-inf", "0", "-1", "2", "1e999", "x",
                  "0x1p3", "1e0", "99999999999999999999", "nan(0x8)")
        ranges = (None, "npt=0-", "npt=now-", "npt=10-5", "npt=0-0.001")
        client = self.ready()
        for header, value, where in itertools.product(
                ("Scale", "Speed"), values, ranges):
            answer = client.request("PLAY", client.url,
                                    {header: value, "Range": where})
            self.assertIn(answer.status, (456, 400), (header, value, where))
        answer = client.request("PLAY", client.url,
                                {"Scale": "1.0", "Range": "npt=0-"})
        self.assertEqual(answer.status, 200)

    def test_random_play_requests(self):
        chance = random.Random(20241)
        words = ("nan", "inf", "0", "1", "-1", "2.5", "npt=", "clock=",
                 "smpte=", "now-", "0-", "-", "99999999T999999Z-", "10-5",
                 "end", "\x7f", "é", ";", "=", "time=")
        for _ in range(20):
            client = self.ready()
            for _ in range(5):
                headers = {}
                for header in ("Scale", "Speed", "Range", "Seek-Style",
                               "Rate-Control"):
                    if chance.random() < 0.5:
                        headers[header] = "".join(
                            chance.choices(words, k=chance.randint(1, 3)))
                client.request("PLAY", client.url, headers)
            client.close()

    def test_range_that_cannot_be_parsed(self):
        client = self.ready()
        for value in ("clock=99999999T999999Z-", "clock=20260101T000000Z-",
                      "smpte=10:00:00-", "npt", "npt=", "npt=-", "npt=x-",
                      "npt=0-x", "npt=1e400-", "npt=nan-", "bytes=0-1",
                      "npt=" + "9" * 500 + "-", "npt=0-1-2", "\x01"):
            answer = client.request("PLAY", client.url, {"Range": value})
            self.assertEqual(answer.status, 457, value)
        self.assertEqual(
            client.request("PLAY", client.url, {"Range": "npt=0-"}).status,
            200)

    def test_transport_that_harms_others(self):
        client = self.connect()
        self.assertEqual(client.describe("cam").status, 200)
        control = client.controls()[0]
        udp = "RTP/AVP;unicast;client_port="
        for transport in (
                udp + "-1-99999", udp + "1-0", udp + "0-0", udp + "65536-65537",
                udp + "5000-5005", udp + "99999999999-99999999999",
                udp + "x", udp, "RTP/AVP;unicast",
                udp + "5000-5001;destination=192.0.2.1",
                udp + "5000-5001;destination=localhost.example",
                udp + "5000-5001;destination=",
                udp + "5000-5001;mode=record", udp + "5000-5001;ttl=1",
                "RTP/AVP;multicast;port=5000-5001",
                "RTP/AVP;multicast;destination=239.1.2.3;port=5000-5001",
                "RTP/AVP/TCP;unicast;interleaved=-1-5",
                "RTP/AVP/TCP;unicast;interleaved=255-256",
                "RTP/AVP/TCP;unicast;interleaved=5-4",
                "RTP/SAVP;unicast;client_port=5000-5001",
                "RTP/AVP/SCTP;unicast", "RTP", ";", ",", "=", "", "\x01",
                ";;;;;;;;;;", "RTP/AVP/TCP;" * 200, "RTP/AVP/TCP," * 200,
                "RTP/AVP/TCP;unicast;interleaved=0-1;" + "x" * 2000):
            answer = client.setup(control, transport)
            self.assertEqual(answer.status, 461, transport)
        answer = client.request("SETUP", control)
        self.assertEqual(answer.status, 461)
        # of several offers, a good one is taken
        answer = client.setup(control, "RTP/AVP;multicast,"
                              "RTP/AVP/TCP;unicast;interleaved=0-1")
        self.assertEqual(answer.status, 200)
        self.assertIn("TCP", answer.headers["transport"])

    def test_transport_with_blanks(self):
        client = self.connect()
        self.assertEqual(client.describe("cam").status, 200)
        answer = client.setup(client.controls()[0], " RTP/AVP/TCP ; unicast ;"
                              " interleaved = 6 - 7 ")
        self.assertEqual(answer.status, 200)
        self.assertIn("interleaved=6-7", answer.headers["transport"])
        self.assertEqual(client.request("PLAY", client.url).status, 200)
        self.first_packet(client)
        self.assertIn(client.packets[0][0], (6, 7))

    def test_one_port_is_the_first_of_two(self):
        client = self.connect()
        self.assertEqual(client.describe("cam").status, 200)
        control = client.controls()[0]
        udp = "RTP/AVP;unicast;client_port="
        self.assertEqual(client.setup(control, udp + "65535").status, 461)
        answer = client.setup(control, udp + "65534")
        self.assertEqual(answer.status, 200)
        self.assertIn("client_port=65534-65535", answer.headers["transport"])

    def test_own_address_as_destination(self):
        client = self.connect()
        self.assertEqual(client.describe("cam").status, 200)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sink:
            sink.bind(("127.0.0.1", 0))
            port = sink.getsockname()[1]
            answer = client.setup(
                client.controls()[0], "RTP/AVP;unicast;client_port=%d-%d;"
                "destination=127.0.0.1" % (port, port))
        self.assertEqual(answer.status, 200)

    def test_recording_is_refused(self):
        client = self.connect()
        answer = client.request("OPTIONS", client.base + "/cam")
        self.assertNotIn("RECORD", answer.headers["public"])
        self.assertNotIn("ANNOUNCE", answer.headers["public"])
        sdp = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nm=video 0 RTP/AVP 96"
        answer = client.request("ANNOUNCE", client.base + "/cam",
                                {"Content-Type": "application/sdp"}, sdp)
        self.assertEqual(answer.status, 405)
        client = self.ready()
        self.assertEqual(client.request("RECORD", client.url).status, 405)

    def test_session_of_another_connection(self):
        victim = self.play(self.server)
        thief = self.connect()
        thief.session = victim.session
        for method in ("PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER"):
            answer = thief.request(method, victim.url)
            self.assertEqual(answer.status, 454, method)
        self.assertEqual(
            thief.setup(victim.controls()[0],
                        "RTP/AVP/TCP;unicast;interleaved=0-1").status, 454)
        # nor does it end with the connection that only named it
        thief.close()
        victim.packets.clear()
        victim.collect(1)
        self.assertTrue(victim.packets)
        answer = victim.request("GET_PARAMETER", victim.url)
        self.assertEqual(answer.status, 200)

    def test_session_names_cannot_be_guessed(self):
        names = set()
        for _ in range(4):
            client = self.ready()
            names.add(client.session)
            client.close()
        self.assertEqual(len(names), 4)
        for name in names:
            self.assertRegex(name, "^[0-9a-f]{32}$")

    def test_one_session_a_connection(self):
        client = self.ready()
        client.session = None
        answer = client.setup(client.controls()[0],
                              "RTP/AVP/TCP;unicast;interleaved=0-1")
        self.assertEqual(answer.status, 455)

    def test_unknown_paths(self):
        client = self.connect()
        for path in ("/", "/cam2", "/ca", "/cam/../cam", "/%63am", "//", "/*",
                     "/cam/stream=99", "/" + "x" * 1000, "/cam?x=1&y=%00"):
            answer = client.request("DESCRIBE", client.base + path)
            self.assertIn(answer.status, (200, 400, 404), path)

    def test_requests_out_of_order(self):
        client = self.connect()
        for method in ("PLAY", "PAUSE", "TEARDOWN", "SETUP", "REDIRECT",
                       "GET_PARAMETER", "SET_PARAMETER", "NONSENSE"):
            for url in ("*", client.base + "/cam", client.base,
                        "/cam", "rtsp://", "http://x/"):
                try:
                    answer = client.request(method, url)
                except rtsplite.Closed:
                    client = self.connect()
                    continue
                self.assertGreaterEqual(answer.status, 200)

    def test_repeated_setup_and_teardown(self):
        for _ in range(5):
            client = self.ready()
            for _ in range(5):
                client.setup(client.controls()[0],
                             "RTP/AVP/TCP;unicast;interleaved=0-1")
            client.request("TEARDOWN", client.url)
            client.request("TEARDOWN", client.url)
            client.close()

    def test_garbage(self):
        chance = random.Random(7)
        for i in range(60):
            client = self.connect()
            size = chance.choice((1, 10, 100, 3000, 60000))
            data = bytes(chance.randrange(256) for _ in range(size))
            if i % 3 == 1:
                data = b"$" + data
            if i % 3 == 2:
                data = b"OPTIONS * RTSP/1.0\r\n" + data + b"\r\n\r\n"
            try:
                client.send_raw(data)
            except ConnectionError:
                pass
            client.close()

    def test_requests_cut_at_every_byte(self):
        request = (b"DESCRIBE rtsp://127.0.0.1/cam RTSP/1.0\r\nCSeq: 1\r\n"
                   b"Accept: application/sdp\r\n\r\n")
        for i in range(len(request)):
            client = self.connect()
            client.send_raw(request[:i])
            client.close()

    def test_request_one_byte_at_a_time(self):
        client = self.connect()
        for byte in b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n":
            client.send_raw(bytes((byte,)))
        self.assertEqual(client.response().status, 200)

    def test_headers_without_end(self):
        before = self.server.memory_kib()
        client = self.connect()
        client.send_raw(b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n")
        line = b"X-Header: " + b"x" * 1000 + b"\r\n"
        sent = 0
        try:
            for _ in range(20000):
                client.send_raw(line)
                sent += len(line)
        except (ConnectionError, socket.timeout):
            pass
        self.assertLess(sent, 10e6, "20 MB of headers were taken")
        self.assertTrue(self.ended(client))
        self.assertLess(self.server.memory_kib(), before + 8192)

    def test_one_line_without_end(self):
        client = self.connect()
        with self.assertRaises((ConnectionError, socket.timeout)):
            for _ in range(20000):
                client.send_raw(b"x" * 1000)
        self.assertTrue(self.ended(client))

    def test_body_that_is_too_large(self):
        before = self.server.memory_kib()
        for length in ("1073741824", "99999999999999999999", "-1", "65537"):
            client = self.connect()
            client.send_raw(b"SET_PARAMETER * RTSP/1.0\r\nCSeq: 1\r\n"
                            b"Content-Length: %s\r\n\r\n" % length.encode())
            self.assertTrue(self.ended(client), length)
        self.assertLess(self.server.memory_kib(), before + 4096)

    def test_connection_that_says_nothing(self):
        self.assertTrue(self.ended(self.connect()))

    def test_connection_that_never_completes_a_request(self):
        client = self.connect()
        client.send_raw(b"OPTIONS * RTSP/1.0\r\nCSeq")
        self.assertTrue(self.ended(client))

    def test_connection_that_asks_once_and_stays(self):
        client = self.connect()
        self.assertEqual(client.request("OPTIONS", "*").status, 200)
        self.assertTrue(self.ended(client))

    def test_request_that_came_in_time_is_answered_later(self):
        """Its deadline passes while nobody can read it."""
        client = self.connect()
        client.send_raw(b"OPTIONS * RTSP/1.0\r\n")
        wait_for(lambda: all_is_read(client.sock), "the server")
        self.server.process.send_signal(signal.SIGSTOP)
        client.send_raw(b"CSeq: 1\r\n\r\n")
        time.sleep(2.5)  # what is tested is that this time passes
        self.server.process.send_signal(signal.SIGCONT)
        self.assertEqual(client.response().status, 200)

    def test_http(self):
        request = (b" /cam HTTP/1.0\r\nx-sessioncookie: 0123456789\r\n"
                   b"Content-Length: 32767\r\n"
                   b"Accept: application/x-rtsp-tunnelled\r\n\r\n")
        for pieces in ([b"GET" + request], [b"POST" + request],
                       [b"G", b"E", b"T", b" "]):
            client = self.connect()
            for piece in pieces:
                client.send_raw(piece)
            answer = b""
            while True:
                got = client.sock.recv(4096)
                if not got:
                    break
                answer += got
            self.assertTrue(answer.startswith(b"HTTP/1.1 405 "), answer)
            self.assertIn(b"Connection: close\r\n", answer)

    @unittest.skipUnless(have("curl"), "curl is not installed")
    def test_browser(self):
        got = run("curl", "-s", "-i",
                  "http://127.0.0.1:%d/cam" % self.server.port)
        self.assertEqual(got.returncode, 0, got.stderr)
        self.assertIn(" 405 ", got.stdout)
        self.assertIn("rtsp://", got.stdout)

    def test_too_many_connections(self):
        clients = [self.connect() for _ in range(60)]
        self.server.log.wait("there are too many")
        refused = sum(readable(c.sock, 0.5) and self.ended(c)
                      for c in clients[45:])
        self.assertGreater(refused, 0)
        for client in clients:
            client.close()
        # as soon as they are gone others have their place
        wait_for(self.welcome, "a connection")

    def test_interleaved_data_of_strangers(self):
        client = self.connect()
        client.send_raw(b"".join(struct.pack(">cBH", b"$", i % 256, 12)
                                 + b"\x80" * 12 for i in range(300)))
        self.assertEqual(client.request("OPTIONS", "*").status, 200)

    def test_broken_rtcp(self):
        chance = random.Random(3)
        client = self.play(self.server)
        for _ in range(300):
            size = chance.randrange(0, 200)
            data = bytearray(chance.randrange(256) for _ in range(size))
            if size > 8:
                data[0] = 0x80 | chance.randrange(32)
                data[1] = 200 + chance.randrange(7)
                data[2:4] = struct.pack(">H", chance.randrange(size))
            client.send_raw(struct.pack(">cBH", b"$", chance.choice((1, 3)),
                                        len(data)) + bytes(data))
        client.packets.clear()
        client.collect(0.5)
        self.assertTrue(client.packets)

    def test_others_are_served_meanwhile(self):
        """Half-open requests by the dozen hold up nobody."""
        viewer = self.play(self.server)
        for _ in range(20):
            self.connect().send_raw(b"DESCRIBE rtsp://x/cam RTSP/1.0\r\n")
        start = time.monotonic()
        self.play(self.server).close()
        self.assertLess(time.monotonic() - start, 10)
        viewer.packets.clear()
        viewer.collect(1)
        self.assertTrue(viewer.packets)


if __name__ == "__main__":
    unittest.main()
