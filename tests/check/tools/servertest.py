# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs cheapcam-server for tests."""

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import rtsplite  # noqa: E402

SERVER = os.path.join(os.environ["CHEAPCAM_BUILD"],
                      "tools/server/cheapcam-server")
SOURCE = os.environ["CHEAPCAM_SOURCE"]
SANITIZED = "ASAN_OPTIONS" in os.environ
# what an instrumented or loaded machine may take longer
PATIENCE = 60


def wait_for(condition, what, timeout=PATIENCE):
    """Until the condition gives something that counts as true."""
    end = time.monotonic() + timeout
    while True:
        got = condition()
        if got:
            return got
        if time.monotonic() > end:
            raise AssertionError("waited in vain for "
                                 + (what() if callable(what) else what))
        time.sleep(0.02)


class Lines:
    """What a process writes, line by line, to wait on."""

    def __init__(self, stream):
        self.lines = []
        self.changed = threading.Condition()
        self.ended = False
        self.thread = threading.Thread(target=self.read, args=(stream,),
                                       daemon=True)
        self.thread.start()

    def read(self, stream):
        for line in stream:
            with self.changed:
                self.lines.append(line.rstrip("\n"))
                self.changed.notify_all()
        with self.changed:
            self.ended = True
            self.changed.notify_all()
        stream.close()

    def text(self):
        with self.changed:
            return "\n".join(self.lines)

    def count(self, needle):
        with self.changed:
            return sum(needle in line for line in self.lines)

    def wait(self, needle, n=1, timeout=PATIENCE):
        """The n-th line that has the needle."""
        with self.changed:
            def found():
                lines = [x for x in self.lines if needle in x]
                return lines[n - 1] if len(lines) >= n else None
            if not self.changed.wait_for(
                    lambda: found() or self.ended, timeout) or not found():
                raise AssertionError("no line with %r in:\n%s"
                                     % (needle, "\n".join(self.lines)))
            return found()


class Server:
    def __init__(self, *args, env=None, urls=1, port=0):
        environ = dict(os.environ)
        # what rtpsession 1.22 calls critical is not fatal for a server
        environ.pop("G_DEBUG", None)
        if SANITIZED:
            # whole stacks, or there is nothing that a suppression can name;
            # and one finder of leaks is enough
            environ.pop("GST_TRACERS", None)
            environ["ASAN_OPTIONS"] += ":fast_unwind_on_malloc=0"
            environ["LSAN_OPTIONS"] = ("print_suppressions=0:suppressions="
                                       + HERE + "/server.lsan")
        environ.update(env or {})
        command = [SERVER, "--verbose"] + list(args)
        if port is not None:
            command += ["--port", str(port)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, errors="replace", env=environ)
        self.pid = self.process.pid
        self.out = Lines(self.process.stdout)
        self.log = Lines(self.process.stderr)
        try:
            self.out.wait("://", urls)
        except AssertionError:
            self.process.kill()
            raise AssertionError("no URL, but:\n" + self.log.text())
        self.urls = [x for x in self.out.lines if "://" in x]
        self.port = int(self.urls[0].split(":")[2].split("/")[0])

    def url(self, name):
        return [u for u in self.urls if u.endswith("/" + name)][0]

    def client(self, **kwargs):
        return rtsplite.Client("127.0.0.1", self.port, timeout=PATIENCE,
                               **kwargs)

    def alive(self):
        return self.process.poll() is None

    def threads(self):
        return len(os.listdir("/proc/%d/task" % self.pid))

    def descriptors(self):
        return len(os.listdir("/proc/%d/fd" % self.pid))

    def memory_kib(self):
        """Of which an instrumented program has much, for its own ends."""
        if SANITIZED:
            return 0
        with open("/proc/%d/smaps_rollup" % self.pid) as rollup:
            for line in rollup:
                if line.startswith("Private_Dirty:"):
                    return int(line.split()[1])
        raise AssertionError("no Private_Dirty")

    def stop(self, how=signal.SIGTERM):
        """The exit code."""
        if self.alive():
            self.process.send_signal(how)
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        self.log.thread.join()
        self.out.thread.join()
        return code


def make_file(path, seconds=6):
    """A recording as a cheap camera makes it: H.264 and AAC in MPEG-TS."""
    subprocess.run(
        ["gst-launch-1.0", "-q", "mpegtsmux", "name=mux", "!", "filesink",
         "location=" + path, "videotestsrc", "num-buffers=%d" % (30 * seconds),
         "!", "video/x-raw,width=320,height=180,framerate=30/1", "!",
         "x264enc", "key-int-max=60", "!", "h264parse", "!", "mux.",
         "audiotestsrc", "num-buffers=%d" % (16 * seconds),
         "samplesperbuffer=1000", "!", "audio/x-raw,rate=16000,channels=1",
         "!", "audioconvert", "!", "voaacenc", "!", "aacparse", "!", "mux."],
        check=True, stdout=subprocess.DEVNULL)


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="cheapcam-server-test-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls._sample = None

    @classmethod
    def sample(cls):
        """A file of a real camera, or one of our own if that is not there."""
        if cls._sample is None:
            path = os.path.join(os.environ.get("CHEAPCAM_SAMPLES", ""),
                                "dashcam/real/dcm_viofo_a119v3.TS")
            if not os.path.exists(path):
                path = cls.path("sample.ts")
                make_file(path)
            cls._sample = os.path.realpath(path)
        return cls._sample

    @classmethod
    def sample_uri(cls):
        return "file://" + cls.sample()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder, name)

    @classmethod
    def write(cls, name, text, mode=0o600):
        path = cls.path(name)
        with open(path, "w") as out:
            out.write(text)
        os.chmod(path, mode)
        return path

    def serve(self, *args, clean=True, **kwargs):
        """A server that is stopped, and looked at, when the test ends."""
        if not args:
            args = ("--camera", "cam=" + self.sample_uri())
        server = Server(*args, **kwargs)

        def finish():
            code = server.stop()
            log = server.log.text()
            if clean:
                self.assertEqual(code, 0, log)
                self.assertNotIn(":: object-alive", log)
                self.assertNotIn("CRITICAL", log)
        self.addCleanup(finish)
        return server

    def play(self, server, name="cam", **kwargs):
        """A viewer by TCP that has got a packet."""
        client = server.client(**kwargs)
        self.addCleanup(client.close)
        answer = client.play_tcp(name)
        self.assertEqual(answer.status, 200, server.log.text())
        self.first_packet(client)
        return client

    def first_packet(self, client):
        while not client.packets:
            got = client.read_one()
            if isinstance(got, tuple):
                client.packets.append((got[0], got[1], time.monotonic()))


def have(program):
    return shutil.which(program) is not None


def run(*command, timeout=PATIENCE, env=None, text_in=""):
    return subprocess.run(command, input=text_in, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, errors="replace",
                          timeout=timeout, env=env)


def readable(sock, timeout):
    return bool(select.select([sock], [], [], timeout)[0])
