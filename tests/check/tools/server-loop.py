#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A file stands in for a camera: it goes on and on without a seam."""

import time
import unittest

from rtsplite import rtp_header
from servertest import Case, make_file

FRAME = 3000            # 30 frames a second in units of 90 kHz


class Loop(Case):
    def watch(self, seconds, uri):
        server = self.serve("--camera", "cam=" + uri)
        client = self.play(server)
        client.collect(seconds)
        return server, client

    def check_seamless(self, client, channel, frame, seconds, rate,
                       gap=1.5):
        headers = [(rtp_header(data), at) for chan, data, at in client.packets
                   if chan == channel]
        self.assertEqual(len({h[4] for h, _ in headers}), 1, "SSRC changed")
        for (before, _), (after, _) in zip(headers, headers[1:]):
            self.assertEqual(after[2], (before[2] + 1) & 0xffff,
                             "sequence numbers have a gap")
        first = headers[0][0][3]
        stamps = sorted({((h[3] - first + 2 ** 31) & 0xffffffff) - 2 ** 31
                         for h, _ in headers})
        # pictures come in the order of decoding: the last are not complete
        stamps = [s for s in stamps if s <= stamps[-1] - 8 * frame]
        gaps = [b - a for a, b in zip(stamps, stamps[1:])]
        self.assertLessEqual(max(gaps), gap * frame)
        self.assertGreaterEqual(min(gaps), 0.5 * frame)
        self.assertGreater(stamps[-1] - stamps[0], seconds * rate)
        return headers

    def test_two_seams_of_a_short_file(self):
        path = self.path("short.ts")
        make_file(path, 3)
        start = time.monotonic()
        _, client = self.watch(8, "file://" + path)
        passed = time.monotonic() - start
        video = self.check_seamless(client, 0, FRAME, 7, 90000)
        # its audio is up to a frame shorter than its video
        self.check_seamless(client, 2, 1024, 7, 16000, gap=2.1)
        # at its own pace: what is not of the cache comes in real time
        live = [(h[3], at) for h, at in video if at > start + 2]
        span = ((live[-1][0] - live[0][0]) & 0xffffffff) / 90000
        self.assertLess(abs(span - (live[-1][1] - live[0][1])), 0.5)
        self.assertLess(span, passed)

    def test_seam_with_b_frames_and_open_gop(self):
        """The camera's own file, where that is at hand: HEVC, 10 s."""
        _, client = self.watch(22, self.sample_uri())
        self.check_seamless(client, 0, FRAME, 21, 90000)
        self.check_seamless(client, 2, 1024, 21, 16000)

    def test_file_that_is_nothing(self):
        path = self.write("nothing.ts", "nothing at all")
        server = self.serve("--camera", "cam=file://" + path)
        server.log.wait("is gone")
        client = server.client()
        self.addCleanup(client.close)
        self.assertEqual(client.describe("cam").status, 503)
        self.assertEqual(server.log.count("warning: camera cam"), 1)

    def test_file_that_comes_later(self):
        path = self.path("later.ts")
        server = self.serve("--camera", "cam=file://" + path)
        server.log.wait("is gone")
        client = server.client()
        self.addCleanup(client.close)
        client.send("DESCRIBE", client.base + "/cam")
        make_file(path, 2)
        # either it waited long enough, or it is told to come back
        answer = client.response()
        if answer.status == 503:
            server.log.wait("is back")
            answer = client.describe("cam")
        self.assertEqual(answer.status, 200)


if __name__ == "__main__":
    unittest.main()
