#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what cheapcam-gpx makes of the samples with what is known of them.

Usage: gpxvalues.py CHEAPCAM_GPX

Of all samples, those in MUST give all their fixes; the others may give none,
but never wrong ones.
"""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

GPX = "{http://www.topografix.com/GPX/1/1}"
TPX = "{http://www.garmin.com/xmlschemas/TrackPointExtension/v2}"
SKIPPED = 77
MUST = {
    "dcm_viofo_a119v3.TS", "ts_viofo_a119v3.ts", "ts_blueskysea_b4k.ts",
    "mp4_fgps03_viofo_a119v3.mp4", "mp4_fgps03_kenwood_a510w.mp4",
    "mp4_fgps17_viofo_a119s.mp4", "mp4_fgps17_transcend_dp230_f64.mp4",
    "edge_no_gps_table.mp4", "edge_void_and_gap.mp4",
    "mp4_fgps01_eeekit.mp4", "mp4_fgps04_eace_luckychip.mp4", "mp4_fgps04_eace_plain.mp4",
    "mp4_fgps06_anticlock.mp4", "mp4_fgps07_sub16_eachpai.mp4",
    "mp4_fgps08_youqing_plain_f32.mp4", "mp4_fgps11_atc.mp4", "mp4_fgps13_innovv.mp4",
    "mp4_fgps15_vantrue_n4.mp4", "mp4_fgps17b_rexing_v1_4k.mp4", "mp4_fgps19_70mai_a810.mp4",
    "mp4_fgps20_nextbase512g.mp4", "mp4_fgps05_ligo_enciphered.mp4",
    "mp4_fgps05_ligo_off16_s1.mp4", "ts_ligo_0300_160.ts", "ts_ligo_normal_text.ts",
    "ts_ligo_skip.ts", "ts_viidure_innovv_n2.ts",
}
# Their blocks repeat records that are older than the recording: more points
# may stand in front.
RINGS = {"mp4_fgps11_atc.mp4"}
# Member of a point: what it may be off by.
TOLERANCES = {"lat": 2e-6, "lon": 2e-6, "speed_kmh": 0.1, "track_deg": 0.1, "alt_m": 0.1}


def number(element, tag):
    found = element.find(".//" + tag)
    return None if found is None else float(found.text)


def read_points(tool, path):
    document = subprocess.run([tool, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              check=True).stdout
    points = []
    for point in ET.fromstring(document).iter(GPX + "trkpt"):
        speed = number(point, TPX + "speed")
        points.append({
            "lat": float(point.get("lat")),
            "lon": float(point.get("lon")),
            "time": point.findtext(GPX + "time"),
            "alt_m": number(point, GPX + "ele"),
            "speed_kmh": None if speed is None else speed * 3.6,
            "track_deg": number(point, TPX + "course"),
        })
    return points


def read_exiftool(path):
    """The same from what exiftool printed."""
    with open(path, encoding="utf-8") as f:
        for point in json.load(f)["points"]:
            date, time = point["GPSDateTime"].split()
            yield {"lat": point["GPSLatitude"], "lon": point["GPSLongitude"],
                   "time": date.replace(":", "-") + "T" + time,
                   "speed_kmh": point["GPSSpeed"], "track_deg": point["GPSTrack"]}


def read_expected(path):
    if os.path.exists(path + ".expected.json"):
        with open(path + ".expected.json", encoding="utf-8") as f:
            return json.load(f).get("points", [])
    if os.path.basename(path) in MUST:
        return list(read_exiftool(path + ".exiftool.json"))
    return None


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
            expected = None if name.endswith((".json", ".md")) else read_expected(path)
            if expected is None:
                continue
            got = read_points(sys.argv[1], path)
            if not got and name not in MUST:
                continue
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
