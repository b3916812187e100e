#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Cameras that send pictures one by one: what of JPEG is sent as it is, what
is encoded, and files of a single picture."""

import subprocess
import unittest

from rtsplite import rtp_header
from servertest import Case, have, run

# The last symbols of the AC tables in ITU-T T.81, K.3.3.2; hardly a picture
# uses them.
STANDARD = bytes.fromhex("f4f5f6f7f8f9fa")
UNUSUAL = bytes.fromhex("f4f5f6f7f8faf9")


def launch(*description):
    subprocess.run(("gst-launch-1.0", "-q") + description, check=True,
                   stdout=subprocess.DEVNULL)


class Picture(Case):
    @classmethod
    def motion_jpeg(cls, name, picture_format="I420", width=320, height=240):
        path = cls.path(name)
        launch("videotestsrc", "num-buffers=30", "!", "video/x-raw,format=%s,"
               "width=%d,height=%d,framerate=15/1"
               % (picture_format, width, height), "!", "jpegenc", "!",
               "matroskamux", "!", "filesink", "location=" + path)
        return path

    @classmethod
    def still(cls, name, encoder, width=320, height=240):
        path = cls.path(name)
        launch("videotestsrc", "num-buffers=1", "!", "video/x-raw,"
               "width=%d,height=%d" % (width, height), "!", encoder, "!",
               "filesink", "location=" + path)
        return path

    def served(self, path, transcode=None):
        text = "[server]\nport=0\n[camera cam]\n"
        if transcode:
            text += "transcode=%s\n" % transcode
        return self.serve("--config", self.write(
            "server.conf", text + "uri=file://%s\n" % path), port=None)

    def encoding(self, server):
        """The format in which a viewer gets pictures."""
        client = self.play(server)
        for _ in range(5):
            client.packets.clear()
            self.first_packet(client)
        return "H264" if "H264" in client.sdp else "JPEG"

    def test_what_rtp_can_carry_is_sent_as_it_is(self):
        for i, picture_format in enumerate(("I420", "Y42B")):
            server = self.served(self.motion_jpeg("plain%d.mkv" % i,
                                                  picture_format))
            self.assertEqual(self.encoding(server), "JPEG")
            self.assertEqual(server.log.count("is encoded"), 0)

    def check_encoded(self, path, why):
        server = self.served(path)
        self.assertEqual(self.encoding(server), "H264")
        self.assertIn(why, server.log.wait("JPEG is encoded to H.264"))
        # a pass or two later
        client = self.play(server)
        client.collect(4)
        self.assertEqual(server.log.count("is encoded"), 1)
        self.assertEqual(server.log.count("warning"), 0)

    def test_other_sampling_is_encoded(self):
        self.check_encoded(self.motion_jpeg("444.mkv", "Y444"), "sampling")

    def test_huffman_tables_of_its_own_are_encoded(self):
        path = self.motion_jpeg("tables.mkv")
        with open(path, "rb") as file:
            data = file.read()
        self.assertGreaterEqual(data.count(STANDARD), 60)
        with open(path, "wb") as file:
            file.write(data.replace(STANDARD, UNUSUAL))
        self.check_encoded(path, "Huffman")

    def test_sides_that_are_too_long_are_encoded(self):
        self.check_encoded(self.motion_jpeg("wide.mkv", width=2048,
                                            height=64), "2040")

    def test_sides_that_are_no_multiple_of_8_are_encoded(self):
        self.check_encoded(self.motion_jpeg("odd.mkv", width=316,
                                            height=240), "multiple of 8")

    def test_transcode_always(self):
        server = self.served(self.motion_jpeg("always.mkv"), "always")
        self.assertEqual(self.encoding(server), "H264")

    def test_transcode_never(self):
        server = self.served(self.motion_jpeg("never.mkv"), "never")
        self.assertEqual(self.encoding(server), "JPEG")

    def test_transcode_never_of_what_cannot_be_sent(self):
        raw = self.path("raw.mkv")
        launch("videotestsrc", "num-buffers=5", "!", "matroskamux", "!",
               "filesink", "location=" + raw)
        for path in (self.motion_jpeg("never444.mkv", "Y444"), raw,
                     self.still("never.jpg", "jpegenc")):
            server = self.served(path, "never")
            self.assertIn("transcode is never",
                          server.log.wait("warning: camera cam"))
            client = server.client()
            self.addCleanup(client.close)
            self.assertEqual(client.describe("cam").status, 503)
            self.assertEqual(server.log.count("warning"), 1)

    def test_still_picture_is_a_steady_stream(self):
        for path in (self.still("still.png", "pngenc"),
                     self.still("still.jpg", "jpegenc"),
                     self.still("odd.jpg", "jpegenc", 317, 239)):
            with self.subTest(path):
                server = self.served(path)
                client = self.play(server)
                client.collect(3)
                stamps = sorted({rtp_header(p[1])[3] for p in client.packets
                                 if p[0] == 0})
                self.assertGreater(len(stamps), 8)
                self.assertEqual({b - a for a, b in zip(stamps, stamps[1:])},
                                 {90000 // 5})
                self.assertEqual(server.log.count("warning"), 0,
                                 server.log.text())

    @unittest.skipUnless(have("ffmpeg"), "ffmpeg is not installed")
    def test_still_picture_is_shown(self):
        server = self.served(self.still("shown.png", "pngenc"))
        got = run("ffmpeg", "-v", "error", "-rtsp_transport", "tcp", "-i",
                  server.url("cam"), "-frames:v", "5", "-f", "null", "-")
        self.assertEqual((got.returncode, got.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
