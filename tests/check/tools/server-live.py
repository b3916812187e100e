#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Cameras that send JPEG pictures live, at no steady rate, and come and go."""

import glob
import http.server
import os
import socket
import struct
import subprocess
import threading
import time
import unittest

from rtsplite import rtp_header
from servertest import Case, readable


def size_of(packet):
    """Width and height that an RTP/JPEG packet tells (RFC 2435, 3.1)."""
    return packet[18] * 8, packet[19] * 8


class StandIn:
    """The camera: what it is told to send goes to the server."""

    def __init__(self):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen()
        self.listener.settimeout(60)
        self.port = self.listener.getsockname()[1]
        self.peer = None

    def accept(self):
        self.peer = self.listener.accept()[0]

    def send(self, picture):
        self.peer.sendall(struct.pack(">I", len(picture)) + picture)

    def end(self):
        self.peer.sendall(struct.pack(">I", 0))

    def hang_up(self):
        if self.peer:
            self.peer.close()
        self.peer = None

    def close(self):
        self.hang_up()
        self.listener.close()


class HttpCamera(http.server.ThreadingHTTPServer):
    """Motion JPEG as cheap cameras send it: parts of a body without end."""

    def __init__(self, pictures):
        self.pictures = pictures
        self.closing = threading.Event()
        super().__init__(("127.0.0.1", 0), HttpPictures)
        threading.Thread(target=self.serve_forever).start()

    def close(self):
        self.closing.set()
        self.shutdown()
        self.server_close()


class HttpPictures(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type",
                         "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        n = 0
        try:
            while not self.server.closing.wait(0.03 + 0.06 * (n % 3)):
                picture = self.server.pictures[n % len(self.server.pictures)]
                self.wfile.write(b"--next\r\nContent-Type: image/jpeg\r\n"
                                 b"Content-Length: %d\r\n\r\n%s\r\n"
                                 % (len(picture), picture))
                n += 1
        except ConnectionError:
            pass

    def log_message(self, *args):
        pass


class Live(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls.pictures("small", 320, 240)
        cls.large = cls.pictures("large", 640, 480)
        cls.odd = cls.pictures("odd", 320, 240, "Y444")

    @classmethod
    def pictures(cls, name, width, height, picture_format="I420"):
        subprocess.run(
            ["gst-launch-1.0", "-q", "videotestsrc", "num-buffers=8", "!",
             "video/x-raw,format=%s,width=%d,height=%d"
             % (picture_format, width, height), "!", "jpegenc", "!",
             "multifilesink", "location=" + cls.path(name + "%d.jpg")],
            check=True, stdout=subprocess.DEVNULL)
        found = []
        for path in sorted(glob.glob(cls.path(name + "*.jpg"))):
            with open(path, "rb") as file:
                found.append(file.read())
        return found

    def start(self, query="?parsed"):
        camera = StandIn()
        self.addCleanup(camera.close)
        env = {"GST_PLUGIN_PATH_1_0": ":".join(
            (os.environ["GST_PLUGIN_PATH_1_0"],
             os.environ["CHEAPCAM_STANDIN"]))}
        server = self.serve("--camera", "cam=standin://127.0.0.1:%d%s"
                            % (camera.port, query), env=env)
        camera.accept()
        return camera, server

    def feed(self, camera, viewer, pictures, done):
        """Sends pictures, each when a viewer has got some of the one before,
        or none comes, until the packets so far are enough."""
        viewer.packets.clear()
        for i in range(200):
            camera.send(pictures[i % len(pictures)])
            while readable(viewer.sock, 0.05 + 0.1 * (i % 3)) or viewer.buf:
                got = viewer.read_one()
                if isinstance(got, tuple) and got[0] == 0:
                    viewer.packets.append((got[0], got[1], time.monotonic()))
                if not readable(viewer.sock, 0):
                    break
            if done([p[1] for p in viewer.packets]):
                return
        self.fail("waited in vain for pictures")

    def frames(self, n):
        return lambda packets: len({rtp_header(p)[3] for p in packets}) >= n

    def watch(self, camera, server, pictures):
        """A viewer that has got a picture."""
        client = server.client()
        self.addCleanup(client.close)
        client.send("DESCRIBE", client.base + "/cam",
                    {"Accept": "application/sdp"})
        for picture in pictures:
            camera.send(picture)
        answer = client.response()
        self.assertEqual(answer.status, 200, server.log.text())
        self.assertEqual(client.play_tcp("cam").status, 200)
        return client

    def test_caps_come_with_the_first_picture(self):
        for query in ("?parsed", ""):
            with self.subTest(query):
                camera, server = self.start(query)
                viewer = self.watch(camera, server, self.small[:2])
                self.assertIn("JPEG", viewer.sdp)
                self.feed(camera, viewer, self.small, self.frames(6))
                stamps = [rtp_header(p[1])[3] for p in viewer.packets]
                self.assertEqual(stamps, sorted(stamps))
                self.assertEqual(size_of(viewer.packets[-1][1]), (320, 240))

    def test_motion_jpeg_by_http(self):
        camera = HttpCamera(self.small)
        self.addCleanup(camera.close)
        server = self.serve("--camera", "cam=http://127.0.0.1:%d/video"
                            % camera.server_port)
        viewer = self.play(server)
        self.assertIn("JPEG", viewer.sdp)
        viewer.collect(2)
        stamps = [rtp_header(p[1])[3] for p in viewer.packets if p[0] == 0]
        self.assertEqual(stamps, sorted(stamps))
        self.assertGreater(len(set(stamps)), 10)
        self.assertEqual(server.log.count("warning"), 0, server.log.text())

    def test_first_picture_that_comes_late(self):
        camera, server = self.start()
        client = server.client()
        self.addCleanup(client.close)
        self.assertEqual(client.describe("cam").status, 503)
        self.watch(camera, server, self.small[:2])
        self.assertEqual(server.log.count("warning"), 0, server.log.text())

    def test_camera_that_never_sends(self):
        camera, server = self.start()
        self.assertIn("it sends nothing", server.log.wait("is gone"))
        # tried again, and welcome
        camera.hang_up()
        camera.accept()
        self.watch(camera, server, self.small[:2])
        server.log.wait("is back")

    def test_size_changes_in_mid_stream(self):
        for query in ("?parsed", ""):
            with self.subTest(query):
                camera, server = self.start(query)
                viewer = self.watch(camera, server, self.small[:2])
                self.feed(camera, viewer, self.small, self.frames(3))
                for pictures, size in ((self.large, (640, 480)),
                                       (self.small, (320, 240))):
                    self.feed(camera, viewer, pictures, lambda packets: any(
                        size_of(p) == size for p in packets))
                self.assertEqual(server.log.count("warning"), 0, server.log.text())

    def test_broken_pictures_are_left_out(self):
        camera, server = self.start()
        camera.send(b"no picture")
        camera.send(self.small[0][:40])
        viewer = self.watch(camera, server, self.small[:2])
        self.feed(camera, viewer,
                  [self.small[0], self.small[1][:100], b"\xff", b"x" * 5000],
                  self.frames(4))
        self.assertEqual(server.log.count("warning"), 0, server.log.text())

    def test_camera_that_ends_and_comes_back(self):
        camera, server = self.start()
        viewer = self.watch(camera, server, self.small[:2])
        self.feed(camera, viewer, self.small, self.frames(3))
        last = rtp_header(viewer.packets[-1][1])
        for n, leave in enumerate((camera.end, camera.hang_up)):
            leave()
            server.log.wait("is gone", n + 1)
            camera.hang_up()
            camera.accept()
            self.feed(camera, viewer, self.small, self.frames(3))
            server.log.wait("is back", n + 1)
            first = rtp_header(viewer.packets[0][1])
            self.assertEqual(first[2], (last[2] + 1) & 0xffff)
            self.assertEqual(first[4], last[4])
            self.assertLess((first[3] - last[3]) & 0xffffffff, 2 ** 31)
            last = rtp_header(viewer.packets[-1][1])

    def test_pictures_that_rtp_cannot_carry_are_encoded(self):
        for query in ("?parsed", ""):
            with self.subTest(query):
                camera, server = self.start(query)
                viewer = self.watch(camera, server, self.odd[:3])
                self.assertIn("H264", viewer.sdp)
                self.feed(camera, viewer, self.odd, self.frames(4))
                server.log.wait("is encoded")

    def test_camera_that_begins_to_send_what_rtp_cannot_carry(self):
        camera, server = self.start()
        viewer = self.watch(camera, server, self.small[:2])
        self.feed(camera, viewer, self.small, self.frames(3))
        # one is left out, many are another stream
        self.feed(camera, viewer, [self.odd[0], self.small[0]],
                  self.frames(3))
        self.assertEqual(server.log.count("warning"), 0, server.log.text())
        for picture in self.odd[:5]:
            camera.send(picture)
        self.assertIn("sampling", server.log.wait("is gone"))
        camera.hang_up()
        camera.accept()
        self.assertIn("H264", self.watch(camera, server, self.odd[:3]).sdp)
        server.log.wait("sends another format")


if __name__ == "__main__":
    unittest.main()
