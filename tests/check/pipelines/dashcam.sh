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
