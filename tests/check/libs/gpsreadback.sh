#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Usage: gpsreadback.sh PROGRAM
# What other programs make of a GPX track that PROGRAM (gpstrack.c) writes.
set -eu

program=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

for tool in gpsbabel xmllint; do
  if ! command -v $tool >/dev/null; then
    echo "skipped: there is no $tool" >&2
    exit 77
  fi
done

"$program" gpx >"$dir/track.gpx"
"$program" gpx empty >"$dir/empty.gpx"

if [ -e "$CHEAPCAM_SCHEMAS/all11.xsd" ]; then
  xmllint --nonet --noout --schema "$CHEAPCAM_SCHEMAS/all11.xsd" \
    "$dir/track.gpx" "$dir/empty.gpx"
else
  xmllint --nonet --noout "$dir/track.gpx" "$dir/empty.gpx"
fi

# read FILE: the points of a GPX file as gpsbabel sees them
read_points () {
  gpsbabel -t -i gpx -f "$1" -o unicsv -F "$dir/points.csv"
  tr -d '\r' <"$dir/points.csv"
}

read_points "$dir/empty.gpx" >"$dir/empty.csv"
diff -u - "$dir/empty.csv" <<'END'
No,Latitude,Longitude
END

read_points "$dir/track.gpx" >"$dir/track.csv"
diff -u - "$dir/track.csv" <<'END'
No,Latitude,Longitude,Altitude,HDOP,Satellites,Date,Time
1,49.369051,-123.099755,12.5,0.90,12,2021/03/18,15:39:34
2,49.370051,-123.099755,12.5,0.90,12,2021/03/18,15:39:35
3,49.371051,-123.099755,12.5,0.90,12,2021/03/18,15:39:36
END

gpsbabel -t -i gpx -f "$dir/track.gpx" -o gpx -F "$dir/back.gpx"
segments=$(grep -c '<trkseg>' "$dir/back.gpx")
if [ "$segments" -ne 2 ]; then
  echo "gpsbabel sees $segments segments, not 2" >&2
  exit 1
fi
grep -q '<name>Tom &amp; Jerry &lt;drive&gt;.mp4</name>' "$dir/back.gpx"
