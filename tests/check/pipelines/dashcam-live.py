#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Fixes come as the bytes of a recording pass: by HTTP with ranges and without,
through a FIFO, and from a file that grows.

Usage: dashcam-live.py DASHCAM-SIM
"""

import http.server
import os
import re
import subprocess
import sys
import tempfile
import threading

PATIENCE = 60
# The libraries' leaks are other tests' business.
ENVIRONMENT = {name: value for name, value in os.environ.items()
               if name not in ("GST_TRACERS", "GST_DEBUG", "G_DEBUG")}
# Behind some seconds of the recording.
PAUSE = 0.6


class Recording:
    """A simulated recording, and its track as the element gives it from a file."""

    def __init__(self, sim, form, folder):
        # Without gps-only, qtdemux would wait for the index, or go to the end of the file for it.
        self.element = ["tsgpsdemux"] if form.startswith("ts") else ["nvtgpsdemux", "gps-only=true"]
        self.path = os.path.join(folder, "trip." + form[:2])
        subprocess.run([sim, "--form", form, "--seconds", "8", "-o", self.path], check=True,
                       timeout=PATIENCE)
        with open(self.path, "rb") as file:
            self.data = file.read()
        self.half = int(len(self.data) * PAUSE)
        self.track = self.read(f"filesrc location={self.path}")
        assert self.count(self.track) >= 7, self.track

    def launch(self, source, stdin=subprocess.DEVNULL):
        """A pipeline that writes the times and places of the fixes to its output."""
        return subprocess.Popen(
            ["gst-launch-1.0", "-q", *source.split(), "!", *self.element, "!", "text/csv", "!",
             "fdsink", "fd=1", "sync=false"], stdin=stdin, stdout=subprocess.PIPE, env=ENVIRONMENT,
            bufsize=0)

    @staticmethod
    def finish(process):
        """What is left of its output."""
        rest, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, process.returncode
        return rest.decode()

    def read(self, source):
        return self.finish(self.launch(source))

    @staticmethod
    def count(track):
        return len(re.findall("^.*[0-9]{4}-[0-9]{2}-[0-9]{2}T.*$", track, re.M))


class Handler(http.server.BaseHTTPRequestHandler):
    """One recording. The half of it waits until the server's event is set."""

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass

    def do_GET(self):  # pylint: disable=invalid-name
        data, first = self.server.data, 0
        match = re.fullmatch("bytes=([0-9]+)-([0-9]*)", self.headers.get("Range", ""))
        if self.server.ranges and match:
            first = int(match[1])
            last = min(int(match[2] or len(data) - 1), len(data) - 1)
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
            data = data[first:last + 1]
        else:
            self.send_response(200)
        self.server.seen_ranges.append(first)
        if self.server.ranges:
            self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        half = max(self.server.half - first, 0)
        try:
            self.wfile.write(data[:half])
            self.wfile.flush()
            if half > 0:
                self.server.go_on.wait(PATIENCE)
            self.wfile.write(data[half:])
        except (BrokenPipeError, ConnectionResetError):
            # a client that seeks does not take the rest
            pass


class Server(http.server.ThreadingHTTPServer):
    """Serves one recording on a port that the kernel chose."""

    daemon_threads = True

    def __init__(self, recording, ranges):
        super().__init__(("127.0.0.1", 0), Handler)
        self.data, self.half, self.ranges = recording.data, recording.half, ranges
        self.seen_ranges = []
        self.go_on = threading.Event()
        self.thread = threading.Thread(target=self.serve_forever)
        self.thread.start()

    def stop(self):
        self.shutdown()
        self.thread.join()
        self.server_close()


def take_fixes(process, count):
    """Reads that many rows of fixes, while the other half is held back."""
    text = ""
    while Recording.count(text) < count:
        line = process.stdout.readline().decode()
        assert line, "the track ended too early"
        text += line
    return text


def check_http(recording, ranges):
    server = Server(recording, ranges)
    try:
        process = recording.launch("souphttpsrc location=http://127.0.0.1:"
                                   f"{server.server_port}/trip")
        text = take_fixes(process, 2)
        server.go_on.set()
        text += recording.finish(process)
        assert text == recording.track, f"{recording.element} by HTTP, ranges {ranges}: {text}"
        assert set(server.seen_ranges) == {0}, server.seen_ranges
    finally:
        server.stop()


def check_fifo(recording, folder):
    path = os.path.join(folder, "fifo")
    os.mkfifo(path)
    # Not by filesrc, which opens it twice. This end is opened for both, so that it does not wait.
    reader = os.open(path, os.O_RDWR)
    writer = os.open(path, os.O_WRONLY)
    process = recording.launch("fdsrc fd=0", os.open(path, os.O_RDONLY))
    os.close(reader)
    with open(writer, "wb") as fifo:
        fifo.write(recording.data[:recording.half])
        fifo.flush()
        text = take_fixes(process, 2)
        fifo.write(recording.data[recording.half:])
    text += recording.finish(process)
    os.unlink(path)
    assert text == recording.track, f"{recording.element} through a FIFO: {text}"


def check_growing(recording, folder):
    """As tail -f gives a file that is still being written."""
    path = os.path.join(folder, "growing")
    with open(path, "wb") as file, \
            subprocess.Popen(["cat"], stdin=subprocess.PIPE) as camera, \
            subprocess.Popen(["tail", "-c", "+1", "-s", "0.1", "-f", f"--pid={camera.pid}", path],
                             stdout=subprocess.PIPE) as tail:
        process = recording.launch("fdsrc fd=0", tail.stdout)
        tail.stdout.close()
        file.write(recording.data[:recording.half])
        file.flush()
        text = take_fixes(process, 2)
        file.write(recording.data[recording.half:])
        file.flush()
        # tail reads the rest when the camera is gone
        camera.communicate()
        text += recording.finish(process)
    assert text == recording.track, f"{recording.element} from a growing file: {text}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        for form in ("ts-viofo", "mp4-q"):
            recording = Recording(sys.argv[1], form, folder)
            check_http(recording, False)
            check_http(recording, True)
            check_fifo(recording, folder)
            check_growing(recording, folder)


main()
