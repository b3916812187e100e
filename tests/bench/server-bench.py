#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What viewers cost cheapcam-server: a 1080p30 camera of 4 Mbit/s, by TCP.

Prints a row of the table in docs/design/rtsp.md for each number of viewers.
"""

import os
import select
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["CHEAPCAM_SOURCE"],
                                "tests/check/tools"))

import servertest  # noqa: E402

SECONDS = 10
TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(server):
    with open("/proc/%d/stat" % server.pid) as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def pss_mib(server):
    with open("/proc/%d/smaps_rollup" % server.pid) as rollup:
        for line in rollup:
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0


class Bench(servertest.Case):
    def runTest(self):
        video = self.path("camera.mp4")
        subprocess.run(
            ["gst-launch-1.0", "-q", "videotestsrc", "num-buffers=600",
             "pattern=snow", "!",
             "video/x-raw,width=1920,height=1080,framerate=30/1", "!",
             "videoconvert", "!", "x264enc", "bitrate=4000",
             "speed-preset=ultrafast", "key-int-max=60", "bframes=0", "!",
             "h264parse", "!", "mp4mux", "!", "filesink",
             "location=" + video], check=True)
        config = self.write(
            "server.conf", "[server]\nport=0\nmax-connections=1000\n"
            "max-connections-per-address=1000\n"
            "[camera cam]\nuri=file://%s\n" % video)
        print("| viewers | ms | threads | MB | first packet, ms |")
        print("|---|---|---|---|---|")
        for n in (1, 10, 50, 100):
            server = self.serve("--config", config, port=None, clean=False,
                                env={"GST_TRACERS": "", "GST_DEBUG": ""})
            self.play(server).close()
            self.measure(server, n)
            server.stop()

    def measure(self, server, n):
        clients = []
        first = []
        for _ in range(n):
            start = time.monotonic()
            clients.append(self.play(server))
            first.append(time.monotonic() - start)
        poll = select.epoll()
        sockets = {}
        for client in clients:
            client.sock.setblocking(False)
            poll.register(client.sock, select.EPOLLIN)
            sockets[client.sock.fileno()] = client.sock
        self.drain(poll, sockets, 3)
        before, start = cpu_seconds(server), time.monotonic()
        self.drain(poll, sockets, SECONDS)
        spent = cpu_seconds(server) - before
        passed = time.monotonic() - start
        print("| %d | %.1f | %d | %.0f | %.0f |"
              % (n, 1000 * spent / passed / n, server.threads(),
                 pss_mib(server), 1000 * sorted(first)[n // 2]), flush=True)

    def drain(self, poll, sockets, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for number, _ in poll.poll(0.2):
                try:
                    sockets[number].recv(1 << 20)
                except BlockingIOError:
                    pass


if __name__ == "__main__":
    servertest.unittest.main()
