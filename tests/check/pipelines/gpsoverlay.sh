#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Usage: gpsoverlay.sh DASHCAM-SIM
# Whether dashcam-play-with-overlay draws, with simulated recordings.
set -eu

sim=$1
pipeline=$CHEAPCAM_SOURCE/pipelines/dashcam-play-with-overlay
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
GST_TRACERS=
G_DEBUG=
export GST_TRACERS G_DEBUG

# play RECORDING FOLDER PROPERTIES: its frames as they leave the overlay
play () {
  mkdir "$2"
  SINK="multifilesink location=$2/frame%04d" OVERLAY=$3 timeout 100 "$pipeline" "$1" \
    >"$tmp/log" 2>&1 || { cat "$tmp/log"; exit 1; }
}

"$sim" --form ts-viofo --seconds 4 -o "$tmp/trip.ts"
"$sim" --form mp4-q --seconds 4 -o "$tmp/trip.mp4"

for recording in "$tmp/trip.ts" "$tmp/trip.mp4"; do
  play "$recording" "$recording.plain" items=0
  play "$recording" "$recording.drawn" 'units=imperial placement=top'
  n=0
  drawn=0
  for frame in "$recording.plain"/frame*; do
    n=$((n + 1))
    if ! cmp -s "$frame" "$recording.drawn/${frame##*/}"; then
      drawn=$((drawn + 1))
    fi
  done
  # before the first fix, and where an end is not reached, a second may lack
  if [ "$n" -lt 50 ] || [ "$drawn" -lt $((n / 2)) ]; then
    echo "$recording: $drawn of $n frames were drawn on"
    exit 1
  fi
done
