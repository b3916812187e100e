#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks that cheapcam-gpx needs little memory for a long track.

Usage: gpxmemory.py CHEAPCAM_GPX

Two and a half days at a fix a second: in one file, in order and in none, and in
a thousand files. What sanitizers need themselves is no measure of it.
"""

import os
import struct
import subprocess
import sys
import tempfile
import time

N_FIXES = 216000
N_FILES = 1000
# Has no factor with the number of fixes: all of them come, in no order.
STRIDE = 7919
PEAK_MAX = 30000
SANITIZED = "ASAN_OPTIONS" in os.environ
START = 1717237230
HEAD = bytes.fromhex("000000526672656547505320" "4c000000")
# Status, hemispheres, and what lies behind the place.
REST = bytes.fromhex("414e4500"), bytes.fromhex("ef819b4166665442")
BLOCK = 0x52


def block(second):
    t = time.gmtime(START + second)
    place = struct.pack("<2f", 4800 + second % 50000 / 1000, 200 + second % 50000 / 1000)
    date = struct.pack("<6I", t.tm_hour, t.tm_min, t.tm_sec, t.tm_year - 2000, t.tm_mon, t.tm_mday)
    return (HEAD + date + REST[0] + place + REST[1]).ljust(BLOCK, b"\0")


def make(path, seconds):
    """An MP4 of blocks and their table."""
    n = 0
    with open(path, "wb") as f:
        f.write(struct.pack(">I4s4sI", 16, b"ftyp", b"mp42", 0))
        for second in seconds:
            f.write(block(second))
            n += 1
        f.write(struct.pack(">I4sI4sII", 24 + 8 * n, b"moov", 16 + 8 * n, b"gps ", 0x101, n))
        for i in range(n):
            f.write(struct.pack(">II", 16 + i * BLOCK, BLOCK))


def check(tool, n_tracks, *arguments):
    """Runs the tool, which has to find all fixes."""
    with open("out", "wb") as out, open("log", "wb") as log:
        process = subprocess.Popen([tool, *arguments], stdout=out, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    n = tracks = 0
    with open("out", "rb") as out:
        for line in out:
            n += line.count(b"<trkpt ")
            tracks += line.count(b"<trk>")
    print(f"{' '.join(arguments)}: {n} fixes, {tracks} tracks, {usage.ru_maxrss} kB")
    if status or n != N_FIXES or tracks != n_tracks:
        sys.exit("fixes are missing")
    if usage.ru_maxrss > PEAK_MAX and not SANITIZED:
        sys.exit(f"more than {PEAK_MAX} kB")


def main(tool):
    with tempfile.TemporaryDirectory(prefix="gpxmemory-") as folder:
        os.chdir(folder)
        make("sorted.mp4", range(N_FIXES))
        check(tool, 1, "sorted.mp4")
        os.remove("sorted.mp4")
        make("shuffled.mp4", (i * STRIDE % N_FIXES for i in range(N_FIXES)))
        check(tool, 1, "-e", "shuffled.mp4")
        os.remove("shuffled.mp4")
        os.mkdir("card")
        each = N_FIXES // N_FILES
        for i in range(N_FILES):
            make(f"card/{i:04}.mp4", range(i * each, (i + 1) * each))
        check(tool, 1, "card")
        os.chdir("/")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
