#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The elements give the places, times, speeds and courses that cheapcam-gpx gives, for all samples.

Usage: dashcam-same.py CHEAPCAM-GPX
"""

import glob
import os
import re
import struct
import subprocess
import sys
import tempfile

PATIENCE = 120
SAMPLES = os.path.join(os.environ["CHEAPCAM_SAMPLES"], "dashcam")
# The libraries' leaks are other tests' business. No zone is assumed that is UTC by chance.
ENVIRONMENT = {name: value for name, value in os.environ.items()
               if name not in ("GST_TRACERS", "GST_DEBUG", "G_DEBUG")}
ENVIRONMENT["TZ"] = "Asia/Kolkata"
# As cameras name their files: local time, a zone away from the records.
NAMES = ("%s", "20240601_155030_%s", "20240601_122030_%s")


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, timeout=PATIENCE, check=False,
                          env=ENVIRONMENT).stdout.decode()


def points(gpx):
    """Place, time, speed and course of each point; the tool sorts them."""
    return sorted(
        (match[1], match[2], *((re.search(f"<{name}>(.*?)<", match[3]) or ["", ""])[1]
                               for name in ("time", "gpxtpx:speed", "gpxtpx:course")))
        for match in re.finditer('<trkpt lat="(.*?)" lon="(.*?)">(.*?)</trkpt>', gpx, re.S))


def drives(folder):
    """36 knots to the north by cameras that write knots where others write km/h.

    A nautical mile is a minute of latitude."""
    box = os.path.join(folder, "box.mp4")
    with open(os.path.join(SAMPLES, "synthetic", "mp4_fgps03_viofo_a119v3.mp4"), "rb") as f:
        media = f.read().replace(b"GPS ", b"xPS ").replace(b"gps ", b"xps ")
    rows = b"".join(struct.pack("<ddiH6BB3x", 4830 + i / 100, 217, 120, 36, 24, 6, 1, 10, 20, i, 0)
                    for i in range(20))
    with open(box, "wb") as f:
        f.write(media + struct.pack(">I", 8 + len(rows)) + b"gps0" + rows)
    blocks = os.path.join(folder, "blocks.mp4")
    with open(blocks, "wb") as f:
        f.write(struct.pack(">I", 16) + b"ftypisom" + bytes(4))
        for i in range(20):
            f.write(struct.pack(">I", 256) + b"freeGPS " + bytes(36) + struct.pack(
                "<3I4sf4sf4s2f3I", 10, 20, i, b"A", 30 + i / 100, b"N", 217, b"E", 36, 0,
                24, 6, 1) + bytes(156))
    return [box, blocks]


def element(path, *options):
    demuxer = "tsgpsdemux" if path.lower().endswith(".ts") else "nvtgpsdemux"
    with tempfile.NamedTemporaryFile() as out:
        run("gst-launch-1.0", "-q", "filesrc", "location=" + path, "!", demuxer, *options, "!",
            "application/gpx+xml,version=(string)1.1", "!", "filesink", "location=" + out.name)
        return points(out.read().decode())


def main():
    tool = sys.argv[1]
    failed, n_points, n_speeds = [], 0, 0
    samples = [path for path in sorted(glob.glob(os.path.join(SAMPLES, "*", "*.*")))
               if path.lower().endswith((".ts", ".mp4"))]
    assert len(samples) > 40, SAMPLES
    with tempfile.TemporaryDirectory() as folder:
        for sample in samples + drives(folder):
            for name in NAMES:
                path = os.path.join(folder, name % os.path.basename(sample))
                if not os.path.exists(path):
                    os.symlink(sample, path)
                expected = points(run(tool, "--stdout", path))
                n_points += len(expected)
                n_speeds += sum(float(point[3] or 0) > 18.5 for point in expected
                                if sample.startswith(folder))
                for options in (), ("gps-only=true", "scan=full"):
                    found = element(path, *options)
                    if found != expected:
                        failed.append((os.path.basename(path), options, expected[:2], found[:2],
                                       len(expected), len(found)))
    for failure in failed:
        print(*failure)
    assert n_points > 400, n_points
    assert n_speeds == 2 * 20 * len(NAMES), n_speeds
    sys.exit(1 if failed else 0)


main()
