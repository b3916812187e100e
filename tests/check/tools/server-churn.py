#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Viewers come and go, and leave nothing behind."""

import glob
import re
import socket
import unittest

from servertest import Case, wait_for


class Churn(Case):
    def come_and_go(self, server, kind):
        client = server.client()
        sinks = []
        self.assertEqual(client.describe("cam").status, 200)
        if kind == "describe":
            client.close()
            return
        for i, control in enumerate(client.controls()):
            if kind == "udp":
                sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                sink.bind(("127.0.0.1", 0))
                sinks.append(sink)
                port = sink.getsockname()[1]
                transport = "RTP/AVP;unicast;client_port=%d-%d" % (port, port)
            else:
                transport = ("RTP/AVP/TCP;unicast;interleaved=%d-%d"
                             % (2 * i, 2 * i + 1))
            self.assertEqual(client.setup(control, transport).status, 200)
        if kind != "setup":
            answer = client.request("PLAY", client.url, {"Range": "npt=0-"})
            self.assertEqual(answer.status, 200)
        if kind == "udp":
            sinks[0].settimeout(30)
            sinks[0].recv(2048)
        elif kind != "setup":
            self.first_packet(client)
        if kind == "teardown":
            answer = client.request("TEARDOWN", client.url)
            self.assertEqual(answer.status, 200)
        client.close()
        for sink in sinks:
            sink.close()

    def viewers_threads(self, server):
        """Names of those that are not of the process or of the camera."""
        own = re.compile("cheapcam-server|gmain|pool-spawner|cam-cam|"
                         "multiqueue[0-9]+:src|typefind:sink|"
                         "[a-z]+demux[0-9]+:sink")
        names = []
        for task in glob.glob("/proc/%d/task/*/comm" % server.pid):
            try:
                with open(task) as comm:
                    names.append(comm.read().strip())
            except OSError:
                pass        # gone meanwhile
        return [name for name in names if not own.fullmatch(name)]

    def settle(self, server, descriptors):
        wait_for(lambda: not self.viewers_threads(server),
                 lambda: "the end of " + str(self.viewers_threads(server)))
        wait_for(lambda: server.descriptors() <= descriptors,
                 lambda: "%d descriptors, there are %d"
                 % (descriptors, server.descriptors()))

    def test_fifty_viewers_leave_nothing(self):
        server = self.serve("--config", self.write(
            "server.conf", "[server]\nport=0\n[camera cam]\nuri=%s\n"
            % self.sample_uri()), port=None)
        kinds = ("tcp", "udp", "teardown", "describe", "setup")
        # GStreamer loads and caches things with the first viewers
        for kind in kinds * 4:
            self.come_and_go(server, kind)
        self.settle(server, 1000)
        descriptors = server.descriptors()
        memory = server.memory_kib()

        for i in range(50):
            self.come_and_go(server, kinds[i % len(kinds)])
        self.settle(server, descriptors)
        # 50 viewers that each left their cached pictures would be 14 MiB
        wait_for(lambda: server.memory_kib() < memory + 4096,
                 lambda: "%d KiB, there are %d" % (memory, server.memory_kib()))


if __name__ == "__main__":
    unittest.main()
