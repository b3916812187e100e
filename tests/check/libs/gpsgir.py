#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The GPS library from Python: fixes, meta on buffers, a GPX document."""

import sys
import unittest
import xml.etree.ElementTree as ElementTree

try:
    import gi
    gi.require_version("Gst", "1.0")
except (ImportError, ValueError) as error:
    print(f"skipped: {error}", file=sys.stderr)
    sys.exit(77)
gi.require_version("GstGps", "1.0")
from gi.repository import Gst, GstGps

GPX = "{http://www.topografix.com/GPX/1/1}"


class GpsTest(unittest.TestCase):
    def make_fix(self):
        fix = GstGps.Fix.new(49.36905, -123.09976)
        fix.fields = GstGps.FixFields.SPEED
        fix.speed = 13.5
        fix.time_kind = GstGps.TimeKind.UTC
        fix.time = 1616081974000000
        return fix

    def test_fix(self):
        fix = self.make_fix()
        self.assertEqual(fix.format_time(), "2021-03-18T15:39:34Z")
        self.assertTrue(fix.is_valid())
        self.assertEqual(fix.distance(fix.copy()), 0)
        self.assertEqual(list(fix.acceleration), [0, 0, 0])
        self.assertIsNone(fix.source)

    def test_structure(self):
        structure = self.make_fix().to_structure()
        self.assertEqual(structure.get_name(), "GstGpsFix")
        self.assertEqual(structure.get_value("time-kind"), GstGps.TimeKind.UTC)
        structure.set_value("source", "viofo")
        fix = GstGps.Fix.new_from_structure(structure)
        self.assertEqual(fix.source, "viofo")
        self.assertEqual(fix.latitude, 49.36905)

    def test_meta(self):
        buffer = Gst.Buffer.new_allocate(None, 16, None)
        self.assertIsNone(GstGps.buffer_get_gps_meta(buffer))
        GstGps.buffer_add_gps_meta(buffer, self.make_fix())
        meta = GstGps.buffer_get_gps_meta(buffer.copy_deep())
        self.assertEqual(meta.fix.longitude, -123.09976)
        self.assertEqual(meta.fix.speed, 13.5)

    def test_writer(self):
        writer = GstGps.Writer(format=GstGps.Format.GPX)
        info = GstGps.TrackInfo()
        info.name = "drive.mp4"
        pieces = [
            writer.begin(info),
            writer.add(self.make_fix(), False),
            writer.add(self.make_fix(), True),
            writer.end(),
        ]
        self.assertIsNone(writer.end())
        root = ElementTree.fromstring(b"".join(p.get_data() for p in pieces))
        self.assertEqual(root.tag, GPX + "gpx")
        self.assertEqual(root.find(f"{GPX}trk/{GPX}name").text, "drive.mp4")
        self.assertEqual(len(root.findall(f".//{GPX}trkseg")), 2)
        point = root.find(f".//{GPX}trkpt")
        self.assertEqual(point.get("lat"), "49.3690500")
        self.assertEqual(point.find(f"{GPX}time").text, "2021-03-18T15:39:34Z")

    def test_format(self):
        wanted = Gst.Caps.from_string("video/x-raw; text/x-raw")
        found, form = GstGps.Format.from_caps(wanted)
        self.assertTrue(found)
        self.assertEqual(form, GstGps.Format.TEXT)
        self.assertFalse(GstGps.Format.from_caps(Gst.Caps.new_empty())[0])
        caps = GstGps.Format.get_all_caps()
        self.assertEqual(caps.get_structure(0).get_name(), "application/gpx+xml")


if __name__ == "__main__":
    Gst.init(None)
    unittest.main()
