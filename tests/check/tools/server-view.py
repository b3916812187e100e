#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What viewers see: players of all kinds, at once and one after the other."""

import subprocess
import time
import unittest

from rtsplite import rtp_header, sender_report
from servertest import Case, have, run, wait_for

H264_KEY = 5
H265_KEYS = range(16, 22)


def nal_types(packet, h265):
    """The types of the NAL units that begin in an RTP packet."""
    payload = packet[12:]
    if not h265:
        kind = payload[0] & 0x1f
        if kind == 28:
            return [payload[1] & 0x1f] if payload[1] & 0x80 else []
        if kind != 24:
            return [kind]
        shift, mask, offset = 0, 0x1f, 1
    else:
        kind = payload[0] >> 1 & 0x3f
        if kind == 49:
            return [payload[2] & 0x3f] if payload[2] & 0x80 else []
        if kind != 48:
            return [kind]
        shift, mask, offset = 1, 0x3f, 2
    kinds = []
    while offset + 2 < len(payload):
        size = payload[offset] << 8 | payload[offset + 1]
        kinds.append(payload[offset + 2] >> shift & mask)
        offset += 2 + size
    return kinds


class View(Case):
    def test_sdp_says_how_to_decode(self):
        server = self.serve()
        client = server.client()
        self.addCleanup(client.close)
        self.assertEqual(client.describe("cam").status, 200)
        self.assertRegex(client.sdp, "sprop-(sps|parameter-sets)=")
        self.assertLess(client.sdp.index("m=video"),
                        client.sdp.index("m=audio"))
        self.assertIn("config=", client.sdp)

    def test_every_viewer_begins_with_a_key_frame(self):
        server = self.serve()
        for _ in range(5):
            client = server.client()
            self.assertEqual(client.play_tcp("cam").status, 200)
            h265 = "H265" in client.sdp
            first = None
            seen = []
            while first is None:
                got = client.read_one()
                if not isinstance(got, tuple) or got[0] != 0:
                    continue
                seen += nal_types(got[1], h265)
                first = next((k for k in seen if k < (32 if h265 else 6)),
                             None)
            self.assertIn(first, H265_KEYS if h265 else [H264_KEY])
            self.assertTrue(set(seen) & {7, 33}, "no SPS before the picture")
            client.close()

    def test_first_sequence_number_is_the_announced_one(self):
        server = self.serve()
        client = server.client()
        self.addCleanup(client.close)
        answer = client.play_tcp("cam")
        self.first_packet(client)
        expected = [int(part.split("seq=")[1].split(";")[0])
                    for part in answer.headers["rtp-info"].split(",")]
        while len({p[0] for p in client.packets if p[0] in (0, 2)}) < 2:
            client.packets.append(client.read_one() + (0,))
        for channel, seq in ((0, expected[0]), (2, expected[1])):
            packet = [p for p in client.packets if p[0] == channel][0]
            self.assertEqual(rtp_header(packet[1])[2], seq)

    def test_sender_reports_put_both_streams_on_one_clock(self):
        server = self.serve()
        client = self.play(server)
        reports = {}
        end = time.monotonic() + 60
        while len(reports) < 2 and time.monotonic() < end:
            got = client.read_one()
            if isinstance(got, tuple):
                client.packets.append(got + (time.monotonic(),))
                if got[0] in (1, 3) and sender_report(got[1]):
                    reports[got[0] - 1] = sender_report(got[1])
        rates = {0: 90000, 2: 16000}
        starts = {}
        for channel, (_, ntp, stamp) in reports.items():
            first = [p for p in client.packets if p[0] == channel][0]
            passed = (stamp - rtp_header(first[1])[3]) & 0xffffffff
            starts[channel] = ntp - passed / rates[channel]
        # both begin within a frame of audio of each other
        self.assertLess(abs(starts[0] - starts[2]), 0.1)

    @unittest.skipUnless(have("ffprobe"), "ffprobe is not installed")
    def test_ffprobe(self):
        server = self.serve()
        for transport in ("tcp", "udp"):
            with self.subTest(transport):
                got = run("ffprobe", "-v", "error", "-rtsp_transport",
                          transport, "-show_entries", "stream=codec_type",
                          "-of", "csv=p=0", server.url("cam"))
                self.assertEqual(got.stdout.split(), ["video", "audio"],
                                 got.stderr)
                self.assertEqual(got.stderr, "")

    @unittest.skipUnless(have("ffmpeg"), "ffmpeg is not installed")
    def test_ffmpeg_decodes_without_error(self):
        server = self.serve()
        for transport in ("tcp", "udp"):
            with self.subTest(transport):
                got = run("ffmpeg", "-v", "error", "-rtsp_transport",
                          transport, "-i", server.url("cam"), "-t", "5",
                          "-f", "null", "-")
                self.assertEqual((got.returncode, got.stderr), (0, ""))

    @unittest.skipUnless(have("gst-launch-1.0"), "no gst-launch-1.0")
    def test_rtspsrc(self):
        server = self.serve()
        for scheme in ("rtspt", "rtspu"):
            with self.subTest(scheme):
                url = server.url("cam").replace("rtsp", scheme, 1)
                got = run("gst-launch-1.0", "rtspsrc", "name=src",
                          "location=" + url, "src.", "!",
                          "application/x-rtp,media=video", "!", "queue", "!",
                          "identity", "eos-after=100", "!", "fakesink",
                          "src.", "!", "application/x-rtp,media=audio", "!",
                          "queue", "!", "identity", "eos-after=50", "!",
                          "fakesink")
                # not the exit status: its PAUSE and its own close may cross
                self.assertIn("Got EOS from element", got.stdout, got.stderr)

    @unittest.skipUnless(have("mpv"), "mpv is not installed")
    def test_mpv(self):
        server = self.serve()
        got = run("mpv", "--no-config", "--vo=null", "--ao=null",
                  "--frames=60", "--msg-level=all=warn", server.url("cam"))
        self.assertEqual(got.returncode, 0, got.stdout + got.stderr)

    @unittest.skipUnless(have("mplayer"), "mplayer is not installed")
    def test_mplayer(self):
        server = self.serve()
        got = run("mplayer", "-really-quiet", "-vo", "null", "-ao", "null",
                  "-frames", "60", server.url("cam"))
        self.assertEqual(got.returncode, 0, got.stdout + got.stderr)
        self.assertNotIn("Failed to open", got.stderr)

    def test_pause_and_play_again(self):
        server = self.serve()
        client = self.play(server)
        self.assertEqual(client.request("PAUSE", client.url).status, 200)
        client.packets.clear()
        self.assertEqual(client.request("PLAY", client.url).status, 200)
        self.first_packet(client)
        self.assertEqual(client.request("TEARDOWN", client.url).status, 200)

    def test_two_cameras_and_the_same_one_twice_by_one_name_each(self):
        server = self.serve("--camera", "a=" + self.sample_uri(),
                            "--camera", "b=" + self.sample_uri(), urls=2)
        for name in ("a", "b"):
            self.play(server, name)

    def test_ten_viewers_at_once(self):
        server = self.serve()
        viewers = [self.play(server) for _ in range(10)]
        for viewer in viewers:
            viewer.collect(0.3)
            channels = {p[0] for p in viewer.packets}
            self.assertLessEqual({0, 2}, channels)

    def test_other_formats_are_made_into_something_that_can_be_sent(self):
        path = self.path("raw.mkv")
        subprocess.run(
            ["gst-launch-1.0", "-q", "matroskamux", "name=mux", "!",
             "filesink", "location=" + path, "videotestsrc",
             "num-buffers=100", "!",
             "video/x-raw,format=I420,width=64,height=48,framerate=25/1",
             "!", "mux.", "audiotestsrc", "num-buffers=40",
             "samplesperbuffer=4410", "!",
             "audio/x-raw,rate=44100,channels=2", "!", "mux."],
            check=True)
        server = self.serve("--camera", "cam=file://" + path)
        client = self.play(server)
        self.assertIn("H264/90000", client.sdp)
        self.assertIn("MPEG4-GENERIC/44100", client.sdp)

    def test_jpeg_goes_through_or_is_made_into_h264(self):
        for sampling, encoding in (("I420", "JPEG/90000"),
                                   ("Y42B", "JPEG/90000"),
                                   ("Y444", "H264/90000")):
            with self.subTest(sampling):
                path = self.path(sampling + ".mkv")
                subprocess.run(
                    ["gst-launch-1.0", "-q", "videotestsrc",
                     "num-buffers=50", "!", "video/x-raw,format=%s,width=64,"
                     "height=48,framerate=25/1" % sampling, "!", "jpegenc",
                     "!", "matroskamux", "!", "filesink",
                     "location=" + path], check=True)
                server = self.serve("--camera", "cam=file://" + path)
                client = self.play(server)
                self.assertIn(encoding, client.sdp)

    def test_stream_that_cannot_be_served_is_named(self):
        """Video that nothing here decodes, beside audio that is fine."""
        path = self.path("odd.mkv")
        subprocess.run(
            ["gst-launch-1.0", "-q", "matroskamux", "name=mux", "!",
             "filesink", "location=" + path, "videotestsrc",
             "num-buffers=50", "!",
             "video/x-raw,width=64,height=48,framerate=25/1", "!",
             "x264enc", "!", "mux.", "audiotestsrc", "num-buffers=40",
             "samplesperbuffer=4410", "!",
             "audio/x-raw,rate=44100,channels=1", "!", "voaacenc", "!",
             "mux."], check=True)
        with open(path, "r+b") as out:
            data = out.read()
            self.assertIn(b"V_MPEG4/ISO/AVC", data)
            out.seek(0)
            out.write(data.replace(b"V_MPEG4/ISO/AVC", b"V_REAL/RV20    "))
        server = self.serve("--camera", "cam=file://" + path)
        client = self.play(server)
        self.assertNotIn("m=video", client.sdp)
        wait_for(lambda: server.log.count("left out"), "the log line")
        line = server.log.wait("left out")
        self.assertIn("camera cam", line)
        self.assertIn("video/", line)


if __name__ == "__main__":
    unittest.main()
