#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A viewer that does not read: it is sent away, and nobody else notices."""

import subprocess
import time
import unittest

from rtsplite import Closed, rtp_header
from servertest import Case


class Slow(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # much data, so that no buffer of the kernel holds it all
        cls.big = cls.path("big.mkv")
        subprocess.run(
            ["gst-launch-1.0", "-q", "videotestsrc", "pattern=snow",
             "num-buffers=100", "!", "video/x-raw,width=640,height=480,"
             "framerate=25/1", "!", "jpegenc", "quality=90", "!",
             "matroskamux", "!", "filesink", "location=" + cls.big],
            check=True)

    def test_slow_viewer_is_closed_and_others_go_on(self):
        server = self.serve("--camera", "cam=file://" + self.big)
        good = self.play(server)
        slow = self.play(server, rcvbuf=4096)
        before = server.memory_kib()

        # until the slow one is sent away, the good one misses nothing
        last = None
        end = time.monotonic() + 60
        while not server.log.count("does not keep up"):
            self.assertLess(time.monotonic(), end, "the slow one stays")
            got = good.read_one()
            if not isinstance(got, tuple) or got[0] != 0:
                continue
            number = rtp_header(got[1])[2]
            if last is not None:
                self.assertEqual(number, (last + 1) & 0xffff)
            last = number
        self.assertIn("camera cam", server.log.wait("does not keep up"))
        # what was queued for it is bounded
        self.assertLess(server.memory_kib(), before + 64 * 1024)

        with self.assertRaises((Closed, ConnectionError)):
            while True:
                slow.read_one()
        good.packets.clear()
        good.collect(0.5)
        self.assertTrue(good.packets)

    def test_viewer_that_pauses_reading_goes_on_at_a_key_frame(self):
        server = self.serve()
        client = self.play(server, rcvbuf=4096)
        # the sample has little data: 3 s of it fit nowhere but in the queue
        end = time.monotonic() + 3
        other = self.play(server)
        while time.monotonic() < end:
            other.read_one()
        client.packets.clear()
        client.collect(1)
        self.assertTrue(client.packets)
        self.assertEqual(server.log.count("sent away"), 0)


if __name__ == "__main__":
    unittest.main()
