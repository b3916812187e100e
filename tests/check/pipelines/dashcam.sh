#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Usage: dashcam.sh DASHCAM-SIM
# Whether the dash cam pipelines do what they say, with simulated recordings.
set -eu

sim=$1
pipelines=$CHEAPCAM_SOURCE/pipelines
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
GST_TRACERS=
G_DEBUG=
export GST_TRACERS G_DEBUG

# No suffix, and a dot in the folder's name.
mkdir "$tmp/a.b"
"$sim" --form ts-viofo --seconds 5 -o "$tmp/trip.ts"
"$sim" --form mp4-q --seconds 5 -o "$tmp/a.b/trip"

for recording in "$tmp/trip.ts" "$tmp/a.b/trip"; do
  timeout 60 "$pipelines/dashcam-to-gpx" "$recording" >"$tmp/log" 2>&1 || { cat "$tmp/log"; exit 1; }
  gpx=${recording%.ts}.gpx
  n=$(grep -c '<trkpt' "$gpx")
  if [ "$n" -lt 4 ]; then
    echo "$gpx: $n fixes"
    exit 1
  fi
  SINK="multifilesink location=$tmp/frame%04d" timeout 60 "$pipelines/dashcam-play-with-speed" \
    "$recording" >"$tmp/log" 2>&1 || { cat "$tmp/log"; exit 1; }
  n=$(find "$tmp" -name 'frame*' | wc -l)
  if [ "$n" -lt 50 ]; then
    echo "$recording: $n frames were drawn"
    exit 1
  fi
  rm -f "$tmp"/frame*
done

# track CAPS FILE: the track of the simulated recording
track () {
  timeout 60 gst-launch-1.0 -q filesrc location="$tmp/trip.ts" ! tsgpsdemux ! "$1" \
    ! filesink location="$2"
}

# Each format comes out whole, up to its end.
track text/csv "$tmp/trip.csv"
n=$(wc -l <"$tmp/trip.csv")
track application/geo+json "$tmp/trip.geojson"
track application/vnd.google-earth.kml+xml "$tmp/trip.kml"
track application/x-nmea0183 "$tmp/trip.nmea"
track application/x-subtitle "$tmp/trip.srt"
track 'application/gpx+xml, version=(string)1.0' "$tmp/trip10.gpx"
for ending in 'trip.geojson ]}' 'trip.kml </kml>' 'trip10.gpx </gpx>'; do
  file=$tmp/${ending%% *}
  if [ "$(tail -n 1 "$file")" != "${ending#* }" ]; then
    echo "$file does not end in ${ending#* }"
    exit 1
  fi
done
if [ "$(grep -c GPRMC "$tmp/trip.nmea")" -ne $((n - 1)) ] \
  || [ "$(grep -c -e '-->' "$tmp/trip.srt")" -ne $((n - 1)) ]; then
  echo "NMEA or SubRip has not $((n - 1)) fixes"
  exit 1
fi

# What goes into an MPEG-TS comes out of it.
track meta/x-klv "$tmp/trip.klv"
timeout 60 gst-launch-1.0 -q filesrc location="$tmp/trip.ts" ! tsgpsdemux ! meta/x-klv \
  ! mpegtsmux ! filesink location="$tmp/klv.ts"
timeout 60 gst-launch-1.0 -q filesrc location="$tmp/klv.ts" ! tsdemux ! meta/x-klv \
  ! filesink location="$tmp/back.klv"
[ -s "$tmp/trip.klv" ]
cmp "$tmp/trip.klv" "$tmp/back.klv"
