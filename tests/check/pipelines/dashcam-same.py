#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The elements give the places and times that cheapcam-gpx gives, for all samples.

Usage: dashcam-same.py CHEAPCAM-GPX
"""

import glob
import os
import re
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
    """Place and time of each point; the tool sorts them."""
    return sorted(
        (match[1], match[2], (re.search("<time>(.*?)</time>", match[3]) or ["", ""])[1])
        for match in re.finditer('<trkpt lat="(.*?)" lon="(.*?)">(.*?)</trkpt>', gpx, re.S))


def element(path, *options):
    demuxer = "tsgpsdemux" if path.lower().endswith(".ts") else "nvtgpsdemux"
    with tempfile.NamedTemporaryFile() as out:
        run("gst-launch-1.0", "-q", "filesrc", "location=" + path, "!", demuxer, *options, "!",
            "application/gpx+xml,version=(string)1.1", "!", "filesink", "location=" + out.name)
        return points(out.read().decode())


def main():
    tool = sys.argv[1]
    failed, n_points = [], 0
    samples = [path for path in sorted(glob.glob(os.path.join(SAMPLES, "*", "*.*")))
               if path.lower().endswith((".ts", ".mp4"))]
    assert len(samples) > 40, SAMPLES
    with tempfile.TemporaryDirectory() as folder:
        for sample in samples:
            for name in NAMES:
                path = os.path.join(folder, name % os.path.basename(sample))
                os.symlink(sample, path)
                expected = points(run(tool, "--stdout", path))
                n_points += len(expected)
                for options in (), ("gps-only=true", "scan=full"):
                    found = element(path, *options)
                    if found != expected:
                        failed.append((os.path.basename(path), options, expected[:2], found[:2],
                                       len(expected), len(found)))
    for failure in failed:
        print(*failure)
    assert n_points > 400, n_points
    sys.exit(1 if failed else 0)


main()
