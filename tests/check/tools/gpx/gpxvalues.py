#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what cheapcam-gpx makes of the samples with what is known of them.

Usage: gpxvalues.py CHEAPCAM_GPX

All samples give all their fixes, but those in NONE.
"""

import csv
import io
import json
import os
import subprocess
import sys

SKIPPED = 77
# No fixes come out of these.
NONE = {"dcm_generic_nogps.TS", "dcm_juscar_ligo.TS", "mp4_fgps08_akaso_v1_encrypted.mp4",
        "ts_jomise_t860s.ts"}
# Their blocks repeat records that are older than the recording: more points
# may stand in front.
RINGS = {"mp4_fgps11_atc.mp4"}
# Member of a point: what it may be off by.
TOLERANCES = {"lat": 2e-6, "lon": 2e-6, "speed_kmh": 0.1, "track_deg": 0.1, "alt_m": 0.1}


def number(text):
    return float(text) if text else None


def read_points(tool, path):
    document = subprocess.run([tool, "--format=csv", path], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=True).stdout
    points = []
    for row in csv.DictReader(io.StringIO(document.decode())):
        speed = number(row["speed_mps"])
        if row["lat"]:
            points.append({
                "lat": float(row["lat"]),
                "lon": float(row["lon"]),
                "time": row["time"] or None,
                "alt_m": number(row["ele"]),
                "speed_kmh": None if speed is None else speed * 3.6,
                "track_deg": number(row["course"]),
            })
    return points


def read_exiftool(path):
    """The same from what exiftool printed."""
    with open(path, encoding="utf-8") as f:
        for point in json.load(f)["points"]:
            result = {"lat": point["GPSLatitude"], "lon": point["GPSLongitude"],
                      "speed_kmh": point["GPSSpeed"], "track_deg": point.get("GPSTrack")}
            if "GPSDateTime" in point:
                date, time = point["GPSDateTime"].split()
                result["time"] = date.replace(":", "-") + "T" + time
            yield result


def read_expected(path):
    if os.path.exists(path + ".expected.json"):
        with open(path + ".expected.json", encoding="utf-8") as f:
            return json.load(f).get("points", [])
    return list(read_exiftool(path + ".exiftool.json"))


def clock(time):
    """Without what tells the zone, which is not known of all cameras, and
    without zeros behind the point."""
    if not time:
        return None
    time = time.rstrip("Z")
    return time.rstrip("0").rstrip(".") if "." in time else time


def differences(got, expected):
    if len(got) != len(expected):
        yield f"{len(got)} points, not {len(expected)}"
        return
    for i, (a, b) in enumerate(zip(got, expected)):
        # one time for several points, which are spread behind it
        if "block_time" in b:
            b["time"] = a["time"] if a["time"].startswith(b["block_time"][:-1]) else "another"
        # a day without month and year is no time
        if "day" in b:
            b["time"] = None
        if "time" in b and clock(a["time"]) != clock(b["time"]):
            yield f"point {i}: time {a['time']}, not {b['time']}"
        for key, tolerance in TOLERANCES.items():
            if b.get(key) is None:
                continue
            if a[key] is None:
                yield f"point {i}: no {key}"
                continue
            off = abs(a[key] - b[key])
            if key in ("lon", "track_deg"):
                off = min(off, 360 - off)
            if off > tolerance:
                yield f"point {i}: {key} {a[key]}, not {b[key]}"


def main():
    samples = os.path.join(os.environ["CHEAPCAM_SAMPLES"], "dashcam")
    if not os.path.isdir(samples):
        return SKIPPED
    failed = compared = 0
    for folder in ("real", "synthetic"):
        for name in sorted(os.listdir(os.path.join(samples, folder))):
            path = os.path.join(samples, folder, name)
            if name.endswith((".json", ".md")):
                continue
            expected = [] if name in NONE else read_expected(path)
            got = read_points(sys.argv[1], path)
            if name in RINGS:
                got = got[-len(expected):]
            compared += 1
            for text in differences(got, expected):
                print(f"{name}: {text}")
                failed += 1
    print(f"{compared} recordings compared, {failed} differences")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
