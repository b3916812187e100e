#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The bar that cheapcam-gpx draws on a terminal.

Usage: gpxbar.py CHEAPCAM_GPX

The tool waits for a FIFO, as a slow disk would make it; what it draws until
then has to be gone in the end.
"""

import fcntl
import os
import pty
import shutil
import struct
import subprocess
import sys
import tempfile
import termios

SKIPPED = 77
CLEAR = b"\r\x1b[K"
COLUMNS = 60


def start(tool, arguments, folder):
    """The tool, and our end of its terminal."""
    terminal, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    process = subprocess.Popen(  # pylint: disable=consider-using-with
        [tool] + arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=other, env=dict(os.environ, TERM="xterm"))
    os.close(other)
    return process, terminal


def read(terminal, until=None):
    """What was written, up to a word or the end."""
    text = b""
    while until is None or until not in text:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        text += piece
    return text


def main():
    tool = os.path.abspath(sys.argv[1])
    samples = os.path.join(os.environ["CHEAPCAM_SAMPLES"], "dashcam")
    if not os.path.isdir(samples):
        return SKIPPED
    viofo = os.path.join(samples, "real", "dcm_viofo_a119v3.TS")
    with tempfile.TemporaryDirectory() as folder:
        fifo = os.path.join(folder, "slow.TS")
        os.mkfifo(fifo)
        process, terminal = start(tool, [viofo, "slow.TS", "missing"], folder)
        with open(fifo, "wb") as writer:
            text = read(terminal, b"files")
            with open(viofo, "rb") as reader:
                shutil.copyfileobj(reader, writer)
        text += read(terminal)
        os.close(terminal)
        assert process.wait() == 1
    bars = [line for line in text.split(CLEAR) if b" %  " in line]
    assert bars and b"1/2 files" in bars[0], text
    for bar in bars:
        assert len(bar.decode()) < COLUMNS and b"\n" not in bar, bar
    # Behind the last bar it is cleared before anything else is said.
    lines = text.split(CLEAR)[-1]
    assert b" %  " not in lines and lines.count(b"\n") == 4, lines
    # Nobody who is no terminal sees any of it.
    quiet = subprocess.run([tool, "-q", viofo, viofo + "x"], stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, check=False).stderr
    assert quiet.count(b"\n") == 1 and b"\x1b" not in quiet, quiet
    return 0


if __name__ == "__main__":
    sys.exit(main())
