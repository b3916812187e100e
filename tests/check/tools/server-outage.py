#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Cameras that die and come back, and cameras that are not there."""

import re
import socket
import time
import unittest

from rtsplite import rtp_header
from servertest import Case, Server, make_file, readable, wait_for


def rise(packets, channel):
    """The times of a stream, in seconds of 90 kHz, in order of arrival."""
    stamps = [rtp_header(p[1])[3] for p in packets if p[0] == channel]
    return [(((s - stamps[0]) + 2 ** 31) % 2 ** 32 - 2 ** 31) / 90000
            for s in stamps]


class Outage(Case):
    def camera(self, port=0):
        """A camera of its own kind: another server."""
        return Server("--camera", "v=" + self.sample_uri(), port=port)

    def test_viewer_survives_the_camera(self):
        camera = self.camera()
        self.addCleanup(lambda: camera.stop())
        port = camera.port
        server = self.serve("--camera", "cam=" + camera.url("v"))
        viewer = self.play(server)
        viewer.collect(1)
        camera.stop()
        server.log.wait("is gone")

        # others are told to come back, in a few seconds, and in words
        late = server.client()
        self.addCleanup(late.close)
        start = time.monotonic()
        self.assertEqual(late.describe("cam").status, 503)
        self.assertLess(time.monotonic() - start, 20)
        self.assertIn("cam", server.log.wait(": 503 for"))

        viewer.sock.settimeout(60)
        camera = self.camera(port)
        server.log.wait("is back")
        viewer.packets = viewer.packets[:]
        before = len(viewer.packets)
        wait_for(lambda: viewer.collect(0.2) and
                 len(viewer.packets) > before + 200, "pictures")
        times = rise(viewer.packets, 0)
        # the outage is in the times, no step back beyond reordering is
        highest = times[0]
        for stamp in times:
            self.assertGreater(stamp, highest - 0.5)
            highest = max(highest, stamp)
        self.assertGreater(max(b - a for a, b in zip(times, times[1:])), 0.9)
        self.assertEqual(len({rtp_header(p[1])[4] for p in viewer.packets
                              if p[0] == 0}), 1)
        self.assertEqual(server.log.count("warning: camera cam"), 1)
        self.assertEqual(late.describe("cam").status, 200)

    def test_describe_waits_for_a_camera_that_comes(self):
        """MPEG-TS by UDP, which nobody sends at first."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        path = self.path("camera.ts")
        make_file(path, 8)
        with open(path, "rb") as recording:
            data = recording.read()
        server = self.serve("--camera", "cam=udp://127.0.0.1:%d" % port)
        client = server.client()
        self.addCleanup(client.close)
        client.send("DESCRIBE", client.base + "/cam")
        self.assertFalse(readable(client.sock, 0.5))
        pace = len(data) / 8
        start = time.monotonic()
        sent = 0
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as camera:
            while sent < len(data) and not readable(client.sock, 0.01):
                due = int((time.monotonic() - start) * pace)
                while sent < due:
                    camera.sendto(data[sent:sent + 1316],
                                  ("127.0.0.1", port))
                    sent += 1316
        self.assertEqual(client.response().status, 200)

    def test_describe_holds_up_nobody(self):
        """A dozen wait for a camera that is not there; others are served."""
        server = self.serve("--camera", "cam=" + self.sample_uri(),
                            "--camera", "gone=rtsp://127.0.0.1:9/x", urls=2)
        self.play(server).close()
        waiting = []
        for _ in range(12):
            client = server.client()
            self.addCleanup(client.close)
            client.send("DESCRIBE", client.base + "/gone")
            waiting.append(client)
        start = time.monotonic()
        for _ in range(8):
            self.play(server).close()
        took = time.monotonic() - start
        self.assertLess(took, 4)
        # one of them can do something else meanwhile
        waiting[0].send("OPTIONS", "*")
        self.assertEqual(waiting[0].response().status, 200)
        for client in waiting:
            self.assertEqual(client.response().status, 503)
        server.log.wait(": 503 for", 12)

    def test_one_who_waits_can_leave(self):
        server = self.serve("--camera", "gone=rtsp://127.0.0.1:9/x")
        for _ in range(10):
            client = server.client()
            client.send("DESCRIBE", client.base + "/gone")
            client.close()
        client = server.client()
        self.addCleanup(client.close)
        self.assertEqual(client.describe("gone").status, 503)

    def test_retries_get_rarer(self):
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        self.addCleanup(listener.close)
        port = listener.getsockname()[1]
        server = self.serve("--camera", "cam=rtsp://127.0.0.1:%d/x" % port)
        listener.settimeout(60)
        pauses = []
        last = None
        while len(pauses) < 3:
            listener.accept()[0].close()
            now = time.monotonic()
            # one attempt may be several connections
            if last is not None and now - last > 0.3:
                pauses.append(now - last)
            last = now
        for pause, expected in zip(pauses, (1, 2, 4)):
            self.assertGreater(pause, 0.6 * expected)
        self.assertLess(pauses[0], pauses[2])
        self.assertEqual(server.log.count("warning: camera cam"), 1)

    def test_log_keeps_passwords_to_itself(self):
        server = self.serve("--camera",
                            "cam=rtsp://me:sesame@127.0.0.1:9/live?user=x")
        server.log.wait("is gone")
        client = server.client()
        self.addCleanup(client.close)
        client.describe("cam")
        log = server.log.text()
        self.assertTrue(re.search(r"me:\*\*\*@127\.0\.0\.1", log), log)
        self.assertNotIn("sesame", log + server.out.text())

    def test_log_of_what_a_camera_says(self):
        """A camera by HTTP that fails with words of its own."""
        camera = socket.socket()
        self.addCleanup(camera.close)
        camera.bind(("127.0.0.1", 0))
        camera.listen()
        camera.settimeout(60)
        server = self.serve("--camera", "cam=http://me:sesame@127.0.0.1:%d/x"
                            % camera.getsockname()[1])
        peer = camera.accept()[0]
        self.addCleanup(peer.close)
        peer.recv(4096)
        peer.sendall(b"HTTP/1.1 404 Not\x1b[2J here\r\n"
                     b"Content-Length: 0\r\n\r\n")
        server.log.wait("is gone")
        log = server.log.text()
        self.assertNotIn("sesame", log)
        self.assertNotIn("\x1b", log)


if __name__ == "__main__":
    unittest.main()
