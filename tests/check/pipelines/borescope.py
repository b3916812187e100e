#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whether the borescope pipelines do what they say, with a simulated camera that sends
pictures which are known.

Usage: borescope.py BORESCOPE-SIM
"""

import contextlib
import glob
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

SIM = sys.argv[1]
PIPELINES = os.path.join(os.environ["CHEAPCAM_SOURCE"], "pipelines")
TIMEOUT = 60
N_PICTURES = 20


def environment(**variables):
    env = dict(os.environ, **{name: str(value) for name, value in variables.items()})
    # The libraries' leaks and criticals are other tests' business.
    for name in "GST_TRACERS", "GST_DEBUG", "G_DEBUG":
        env.pop(name, None)
    return env


def run(script, **variables):
    done = subprocess.run([os.path.join(PIPELINES, script)], env=environment(**variables),
                          capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert done.returncode == 0, (script, done)


@contextlib.contextmanager
def running(script, **variables):
    """Until Ctrl-C, as which it has to end well."""
    with subprocess.Popen([os.path.join(PIPELINES, script)], env=environment(**variables),
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
            process.send_signal(signal.SIGINT)
            out, _ = process.communicate(timeout=TIMEOUT)
            assert process.returncode == 0, (script, out)
        finally:
            if process.poll() is None:
                process.kill()


def wait_for(what, process):
    """What a function gives, once it is true."""
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()
        found = what()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it does not come")


@contextlib.contextmanager
def camera(*options):
    """Gives its URI."""
    with subprocess.Popen([SIM, *options], stdout=subprocess.PIPE, text=True) as sim:
        try:
            _, port, control_port = sim.stdout.readline().split()
            yield f"borescope://127.0.0.1:{port}?control-port={control_port}"
        finally:
            sim.send_signal(signal.SIGINT)


def probe(path, *fields):
    """What ffprobe says of the only stream, in the order of ffprobe."""
    out = subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=" + ",".join(fields),
         "-of", "csv=p=0", path], capture_output=True, text=True, timeout=TIMEOUT, check=True)
    assert out.stderr == "", out
    return out.stdout.strip().rstrip(",").split(",")


def make_pictures(folder):
    subprocess.run(
        ["gst-launch-1.0", "-q", "videotestsrc", "pattern=ball", f"num-buffers={N_PICTURES}",
         "!", "video/x-raw,format=I420,width=320,height=240", "!", "jpegenc",
         "!", "multifilesink", f"location={folder}/%02d.jpg"],
        env=environment(), timeout=TIMEOUT, check=True)
    pictures = {}
    for path in glob.glob(os.path.join(folder, "*.jpg")):
        with open(path, "rb") as f:
            pictures[f.read()] = path
    assert len(pictures) == N_PICTURES
    return pictures


def check_view(pictures, folder):
    with camera("--frames", pictures) as uri:
        run("borescope-view", CAMERA=uri, NUM=10, SINK=f"multifilesink location={folder}/%02d")
        shown = glob.glob(os.path.join(folder, "*"))
        # Late ones may be dropped, as on a screen.
        assert 1 < len(shown) <= 10 and all(os.path.getsize(f) > 320 * 240 for f in shown), shown


def read_copies(recording, folder):
    """The pictures in a recording, not decoded."""
    subprocess.run(["ffmpeg", "-v", "error", "-i", recording, "-c", "copy", "-f", "image2",
                    os.path.join(folder, "copy-%d.jpg")], timeout=TIMEOUT, check=True)
    copies = []
    for path in glob.glob(os.path.join(folder, "copy-*.jpg")):
        with open(path, "rb") as f:
            copies.append(f.read())
        os.remove(path)
    return copies


def check_record(pictures, known, folder):
    with camera("--frames", pictures, "--fps=20") as uri, \
            running("borescope-record", CAMERA=uri, OUT=f"{folder}/trip", LENGTH=1) as process:
        wait_for(lambda: os.path.exists(f"{folder}/trip-00002.mkv"), process)
    files = sorted(glob.glob(f"{folder}/*"))
    assert files[:3] == [f"{folder}/trip-0000{i}.mkv" for i in range(3)], files
    # The last one, too, is whole: Ctrl-C came while it was written.
    for file in files:
        assert probe(file, "codec_name", "width", "height") == ["mjpeg", "320", "240"]
        copies = read_copies(file, folder)
        assert copies and set(copies) <= set(known), file


def check_snapshot(pictures, known, folder):
    # Without a press nothing is written.
    with camera("--frames", pictures, "--fps=50") as uri:
        run("borescope-snapshot", CAMERA=uri, OUT=folder, SINK="fakesink", NUM=30)
        assert not os.listdir(folder), os.listdir(folder)
    # Older ones are kept.
    with open(f"{folder}/snapshot-009.jpg", "wb") as old:
        old.write(b"old")
    with camera("--frames", pictures, "--press-every=0.5") as uri, \
            running("borescope-snapshot", CAMERA=uri, OUT=folder, SINK="fakesink") as process:
        wait_for(lambda: os.path.exists(f"{folder}/snapshot-011.jpg"), process)
    files = sorted(os.listdir(folder))
    assert files[:3] == ["snapshot-009.jpg", "snapshot-010.jpg", "snapshot-011.jpg"], files
    for i, file in enumerate(files):
        with open(os.path.join(folder, file), "rb") as f:
            data = f.read()
        assert data == b"old" if i == 0 else data in known, file


def check_webcam(folder):
    """Steady, whatever the camera sends."""
    with camera("--size=1280x720", "--fps=11", "--fault=resize 10 320 240") as uri:
        run("borescope-to-webcam", CAMERA=uri, NUM=20,
            SINK=f"matroskamux ! filesink location={folder}/cam.mkv")
    assert probe(f"{folder}/cam.mkv", "codec_name", "pix_fmt", "width", "height", "r_frame_rate") == [
        "rawvideo", "640", "480", "yuyv422", "15/1"]


def connect(port):
    with contextlib.suppress(ConnectionRefusedError):
        return socket.create_connection(("127.0.0.1", port), TIMEOUT)
    return None


def get(viewer):
    """Asks as a browser, and reads the head of the answer."""
    viewer.sendall(b"GET / HTTP/1.1\r\nHost: camera\r\n\r\n")
    stream = viewer.makefile("rb")
    assert re.fullmatch(rb"HTTP/1\.0 200 \w+\r\n", stream.readline())
    head = dict(line.strip().split(b": ", 1) for line in iter(stream.readline, b"\r\n"))
    assert head[b"Content-Type"] == b"multipart/x-mixed-replace; boundary=picture", head
    return stream


def read_part(stream):
    line = stream.readline()
    while line == b"\r\n":      # the end of the part before
        line = stream.readline()
    assert line == b"--picture\r\n", line
    head = dict(line.strip().split(b": ", 1) for line in iter(stream.readline, b"\r\n"))
    assert head[b"Content-Type"] == b"image/jpeg", head
    return stream.read(int(head[b"Content-Length"]))


def check_http(pictures, known):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with camera("--frames", pictures, "--fps=50") as uri, \
            running("borescope-to-http", CAMERA=uri, PORT=port) as process:
        # This one never reads: the others do not mind.
        with wait_for(lambda: connect(port), process):
            for _ in range(10):
                with socket.create_connection(("127.0.0.1", port), TIMEOUT) as viewer, \
                        get(viewer) as stream:
                    for _ in range(3):
                        assert read_part(stream) in known
            url = f"http://127.0.0.1:{port}/"
            shown = subprocess.run(
                ["ffmpeg", "-v", "error", "-i", url, "-frames:v", "3", "-f", "framecrc", "-"],
                capture_output=True, text=True, timeout=TIMEOUT, check=True)
            assert len(re.findall(r"^0,", shown.stdout, re.M)) == 3, shown


def main():
    with tempfile.TemporaryDirectory() as folder:
        names = "pictures", "view", "record", "snapshot", "webcam"
        pictures, view, record, snapshot, webcam = (os.path.join(folder, name) for name in names)
        for name in names:
            os.mkdir(os.path.join(folder, name))
        known = make_pictures(pictures)
        check_view(pictures, view)
        check_record(pictures, known, record)
        check_snapshot(pictures, known, snapshot)
        check_webcam(webcam)
        check_http(pictures, known)
    return 0


if __name__ == "__main__":
    sys.exit(main())
