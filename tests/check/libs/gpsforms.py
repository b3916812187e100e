#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What other programs make of tracks that the writers wrote.

Usage: gpsforms.py GPSTRACK

GPSTRACK is the program of gpstrack.c, whose tracks have fixes one second and
0.001 degrees of latitude apart, and a gap before the third.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ET

LATITUDES = [49.369051, 49.370051, 49.371051]
LONGITUDE = -123.099755
SECONDS = ["2021-03-18T15:39:34", "2021-03-18T15:39:35", "2021-03-18T15:39:36"]
TRACK = sys.argv.pop(1)


def run(*command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=60, **options).stdout


def write(form, kind="full"):
    return run(TRACK, form, kind)


def gpsbabel(form, document, kind="-t"):
    """The points as gpsbabel reads them, rows of its own table."""
    table = run("gpsbabel", kind, "-i", form, "-f", "-", "-o", "unicsv,utc=0", "-F", "-",
                input=document)
    return list(csv.DictReader(io.StringIO(table.decode())))


needs_gpsbabel = unittest.skipUnless(shutil.which("gpsbabel"), "there is no gpsbabel")


class Readers(unittest.TestCase):
    def check_positions(self, points):
        """Of rows as gpsbabel() returns them."""
        self.assertEqual([float(p["Latitude"]) for p in points], LATITUDES)
        self.assertEqual({float(p["Longitude"]) for p in points}, {LONGITUDE})


class Csv(Readers):
    HEADER = "time,time_kind,lat,lon,ele,speed_mps,course,sats,hdop,dialect".split(",")

    def rows(self, kind):
        rows = list(csv.reader(io.StringIO(write("csv", kind).decode(), newline=""), strict=True))
        self.assertEqual(rows[0], self.HEADER)
        return rows[1:]

    def test_full(self):
        self.assertEqual(self.rows("full"), [
            [time + "Z", "utc", f"{latitude:.7f}", "-123.0997550", "12.50", "13.500", "16.25", "12",
             "0.90", 'a "dialect", quoted'] for time, latitude in zip(SECONDS, LATITUDES)])

    def test_local_time_is_told_from_utc(self):
        self.assertEqual([row[:2] for row in self.rows("local")],
                         [[time, "local"] for time in SECONDS])

    def test_assumed_time_is_utc_and_says_so(self):
        self.assertEqual([row[:2] for row in self.rows("assumed")],
                         [[time + "Z", "assumed"] for time in SECONDS])

    def test_what_is_not_known_is_empty(self):
        for row in self.rows("bare"):
            self.assertEqual(row[:2], ["", ""])
            self.assertEqual(row[4:9], [""] * 5)

    def test_no_fixes(self):
        self.assertEqual(self.rows("empty"), [])

    @needs_gpsbabel
    def test_gpsbabel(self):
        self.check_positions(gpsbabel("unicsv", write("csv")))


class GeoJson(Readers):
    def features(self, kind):
        document = json.loads(write("geojson", kind))
        self.assertEqual(document["type"], "FeatureCollection")
        for feature in document["features"]:
            self.assertEqual(feature["type"], "Feature")
            self.assertEqual(feature["properties"]["name"], "Tom & Jerry <drive>.mp4")
        return document["features"]

    def test_full(self):
        line, point = self.features("full")
        self.assertEqual(line["geometry"], {"type": "LineString", "coordinates": [
            [LONGITUDE, latitude, 12.5] for latitude in LATITUDES[:2]]})
        self.assertEqual(line["properties"]["coordTimes"], [time + "Z" for time in SECONDS[:2]])
        self.assertEqual(line["properties"]["timeKind"], "utc")
        self.assertEqual(point["geometry"], {"type": "Point",
                                             "coordinates": [LONGITUDE, LATITUDES[2], 12.5]})
        self.assertEqual(point["properties"]["coordTimes"], [SECONDS[2] + "Z"])

    def test_seven_decimals(self):
        self.assertIn(b"[-123.0997550,49.3690510,12.50]", write("geojson"))

    def test_local_time_is_told_from_utc(self):
        for feature in self.features("local"):
            self.assertEqual(feature["properties"]["timeKind"], "local")
            self.assertFalse(any("Z" in time for time in feature["properties"]["coordTimes"]))

    def test_assumed_time_is_utc_and_says_so(self):
        for feature in self.features("assumed"):
            self.assertEqual(feature["properties"]["timeKind"], "assumed")
            self.assertTrue(all("Z" in time for time in feature["properties"]["coordTimes"]))

    def test_what_is_not_known_is_left_out(self):
        line, = self.features("bare")
        self.assertEqual(line["geometry"]["coordinates"],
                         [[LONGITUDE, latitude] for latitude in LATITUDES])
        self.assertEqual(list(line["properties"]), ["name"])

    def test_no_fixes(self):
        self.assertEqual(self.features("empty"), [])

    def test_long_line_comes_in_parts_that_meet(self):
        parts = [f["geometry"]["coordinates"] for f in self.features("long")]
        self.assertEqual([len(part) for part in parts], [1000, 1000, 502])
        self.assertEqual(parts[0][-1], parts[1][0])
        self.assertEqual(parts[1][-1], parts[2][0])

    @unittest.skipUnless(shutil.which("jq"), "there is no jq")
    def test_jq(self):
        self.assertEqual(run("jq", "-c", "[.features[].properties.coordTimes[]] | length",
                             input=write("geojson")), b"3\n")

    @needs_gpsbabel
    def test_gpsbabel(self):
        # where a line is a route
        self.check_positions(gpsbabel("geojson", write("geojson", "bare"), "-r"))


class Kml(Readers):
    NAMES = {"kml": "http://www.opengis.net/kml/2.2", "gx": "http://www.google.com/kml/ext/2.2"}

    def placemarks(self, kind):
        root = ET.fromstring(write("kml", kind))
        self.assertEqual(root.tag, "{http://www.opengis.net/kml/2.2}kml")
        self.assertEqual(root.findtext("kml:Document/kml:name", None, self.NAMES),
                         "Tom & Jerry <drive>.mp4")
        return root.findall("kml:Document/kml:Placemark", self.NAMES)

    def texts(self, element, path):
        return [found.text for found in element.findall(path, self.NAMES)]

    def test_full(self):
        first, second = self.placemarks("full")
        self.assertEqual(self.texts(first, "gx:Track/kml:when"), [t + "Z" for t in SECONDS[:2]])
        self.assertEqual(self.texts(first, "gx:Track/gx:coord"),
                         ["-123.0997550 49.3690510 12.50", "-123.0997550 49.3700510 12.50"])
        self.assertEqual(self.texts(second, "gx:Track/kml:when"), [SECONDS[2] + "Z"])

    def test_local_times_are_left_out_and_that_is_told(self):
        self.assertNotIn(b"2021", write("kml", "local"))
        line, point = self.placemarks("local")
        self.assertEqual(self.texts(line, "kml:LineString/kml:coordinates"),
                         ["-123.0997550,49.3690510,12.50 -123.0997550,49.3700510,12.50"])
        self.assertEqual(self.texts(point, "kml:Point/kml:coordinates"),
                         ["-123.0997550,49.3710510,12.50"])
        self.assertIn("local clock", self.texts(line, "kml:description")[0])

    def test_assumed_times_are_there_and_that_is_told(self):
        first, _ = self.placemarks("assumed")
        self.assertEqual(self.texts(first, "gx:Track/kml:when"), [t + "Z" for t in SECONDS[:2]])
        self.assertIn("assumed", self.texts(first, "kml:description")[0])

    def test_without_times(self):
        line, = self.placemarks("bare")
        self.assertEqual(len(self.texts(line, "kml:LineString/kml:coordinates")[0].split()), 3)
        self.assertEqual(self.texts(line, "kml:description"), [])

    def test_no_fixes(self):
        self.assertEqual(self.placemarks("empty"), [])

    def test_long_line_comes_in_parts_that_meet(self):
        parts = [self.texts(p, "gx:Track/gx:coord") for p in self.placemarks("long")]
        self.assertEqual([len(part) for part in parts], [1000, 1000, 502])
        self.assertEqual(parts[0][-1], parts[1][0])

    @needs_gpsbabel
    def test_gpsbabel(self):
        points = gpsbabel("kml", write("kml"))
        self.check_positions(points)
        self.assertEqual([p["Time"] for p in points], ["15:39:34", "15:39:35", "15:39:36"])


class Nmea(Readers):
    def sentences(self, kind):
        """The fields of each, whose checksum is right."""
        *lines, rest = write("nmea", kind).decode().split("\r\n")
        self.assertEqual(rest, "")
        for line in lines:
            self.assertLessEqual(len(line), 80)
            body, checksum = line.removeprefix("$").split("*")
            total = 0
            for byte in body.encode():
                total ^= byte
            self.assertEqual(checksum, f"{total:02X}")
            yield body.split(",")

    def test_full(self):
        # 49.369051 degrees are 49 and 22.14306 minutes, 13.5 m/s 26.242 knots
        self.assertEqual(list(self.sentences("full"))[:2], [
            ["GPGGA", "153934.000", "4922.143060", "N", "12305.985300", "W", "1", "12", "0.90",
             "12.50", "M", "", "M", "", ""],
            ["GPRMC", "153934.000", "A", "4922.143060", "N", "12305.985300", "W", "26.242",
             "16.25", "180321", "", "", "A"]])

    def test_local_time_is_left_out(self):
        for gga, rmc in zip(*[self.sentences("local")] * 2):
            self.assertEqual([rmc[1], rmc[9], gga[1]], ["", "", ""])

    def test_what_is_not_known_is_empty(self):
        for gga, rmc in zip(*[self.sentences("bare")] * 2):
            self.assertEqual(rmc[7:10], ["", "", ""])
            self.assertEqual(gga[7:10], ["", "", ""])

    def test_no_fixes(self):
        self.assertEqual(write("nmea", "empty"), b"")

    @needs_gpsbabel
    def test_gpsbabel(self):
        points = gpsbabel("nmea", write("nmea"))
        self.check_positions(points)
        self.assertEqual([p["Time"] for p in points], ["15:39:34", "15:39:35", "15:39:36"])
        self.assertEqual({(p["Date"], p["Altitude"], p["HDOP"], p["Satellites"], p["Speed"],
                           p["Course"]) for p in points},
                         {("2021/03/18", "12.5", "0.90", "12", "13.50", "16.3")})


class SubRip(Readers):
    def test_full(self):
        self.assertEqual(write("srt").decode().split("\n\n")[:2], [
            "1\n00:00:00,000 --> 00:00:01,000\n"
            "49 km/h  49.36905, -123.09976  2021-03-18 15:39:34 UTC",
            "2\n00:00:01,000 --> 00:00:02,000\n"
            "49 km/h  49.37005, -123.09976  2021-03-18 15:39:35 UTC"])

    def test_local_time_is_not_utc(self):
        self.assertNotIn(b"UTC", write("srt", "local"))

    def test_without_clock_a_fix_lasts_a_second(self):
        self.assertIn(b"3\n00:00:02,000 --> 00:00:03,000\n", write("srt", "bare"))

    def test_no_fixes(self):
        self.assertEqual(write("srt", "empty"), b"")

    @unittest.skipUnless(shutil.which("ffprobe"), "there is no ffprobe")
    def test_ffprobe(self):
        cues = json.loads(run("ffprobe", "-v", "error", "-f", "srt", "-show_packets", "-of", "json",
                              "-", input=write("srt")))["packets"]
        self.assertEqual([(cue["pts_time"], cue["duration_time"]) for cue in cues],
                         [(f"{i}.000000", "1.000000") for i in range(3)])


class Gpx10(Readers):
    SCHEMA = os.path.join(os.environ.get("CHEAPCAM_SCHEMAS", ""), "gpx10.xsd")

    @unittest.skipUnless(shutil.which("xmllint") and os.path.exists(SCHEMA), "there is no schema")
    def test_schema(self):
        for kind in ("full", "local", "assumed", "bare", "empty"):
            run("xmllint", "--nonet", "--noout", "--schema", self.SCHEMA, "-",
                input=write("gpx10", kind), stderr=subprocess.DEVNULL)

    def test_speed_and_course_have_elements(self):
        self.assertIn(b"<course>16.25</course>\n    <speed>13.500</speed>\n    <sat>12</sat>",
                      write("gpx10"))
        self.assertNotIn(b"extensions", write("gpx10"))

    def test_local_time_is_left_out(self):
        self.assertNotIn(b"<time>", write("gpx10", "local"))
        self.assertIn(b"Z</time>", write("gpx10", "assumed"))

    @needs_gpsbabel
    def test_gpsbabel(self):
        points = gpsbabel("gpx", write("gpx10"))
        self.check_positions(points)
        self.assertEqual({(p["Speed"], p["Course"], p["Satellites"]) for p in points},
                         {("13.50", "16.3", "12")})


if __name__ == "__main__":
    unittest.main()
