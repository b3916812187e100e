#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Usage: gpxreport.sh CHEAPCAM_GPX
# The report of cheapcam-gpx, as jq reads it.
set -u

tool=$(realpath "$1")
samples=$CHEAPCAM_SAMPLES/dashcam
if [ ! -d "$samples" ]; then
  echo "skipped: no samples" >&2
  exit 77
fi
viofo=$samples/real/dcm_viofo_a119v3.TS
mp4=$samples/synthetic/mp4_fgps17_viofo_a119s.mp4
encrypted=$samples/synthetic/mp4_fgps08_akaso_v1_encrypted.mp4

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

n_failed=0
# check EXPRESSION: is true of the report
check() {
  if ! jq -e "$1" report >/dev/null; then
    echo "line ${BASH_LINENO[0]}: not $1 in $(jq -c . report)" >&2
    n_failed=$((n_failed + 1))
  fi
}

# run STATUS ARGUMENT...
run() {
  local expected=$1 status=0
  shift
  timeout 60 "$tool" -q "$@" >out 2>err </dev/null || status=$?
  if [ $status -ne "$expected" ]; then
    echo "line ${BASH_LINENO[0]}: exit $status, not $expected: $* $(cat err)" >&2
    n_failed=$((n_failed + 1))
  fi
}

cp "$viofo" a.TS
cp "$mp4" $'b\n\xff.MP4'

run 1 --json report a.TS $'b\n\xff.MP4' missing
check '.version == 1 and (.program | startswith("cheapcam-gpx "))'
check '.files | length == 3'
check '.files[] | select(.name == "a.TS") | .container == "MPEG-TS" and .fixes == 10
  and .dialect == "novatek-ts" and .voids == 0 and .duplicates == 0 and .unknown_blocks == 0
  and (.bbox | length == 4) and ((.bbox[1] - 50.0009 | fabs) < 0.01) and .duration_s == 9
  and .warnings == [] and .error == null and .bytes > 100000'
check '.files[] | select(.name == "a.TS") | .time_kind == "assumed" and .clock.kind == "local"
  and .clock.evidence == "dialect" and .clock.offset_s == 0 and .clock.offset_evidence == "zone"
  and (.clock.text | test("assumed"))'
check '.files[] | select(.name == "b\n\ufffd.MP4") | .fixes == 5 and .container == "MP4"'
check '.files[] | select(.name == "missing") | .container == null and (.error | test("No such"))'
check '.trips | length == 2 and .[0].fixes + .[1].fixes == 15 and all(.segments == 1)'
check '.totals == {files: 3, failed: 1, bytes: ([.files[].bytes] | add), trips: 2, fixes: 15,
  distance_m: .totals.distance_m}'
check '[.files[].distance_m // 0] | add > 200'
grep -q '<trkpt ' out || { echo "no track" >&2; exit 1; }

# It is overwritten only when asked, and may be all of standard output.
run 1 --json report a.TS
grep -q 'report: exists already; -f overwrites it' err || { cat err >&2; exit 1; }
run 0 -f --json report -o trip.gpx a.TS
check '.totals.files == 1'
run 0 -f --json - -o trip.gpx a.TS
cmp report out || n_failed=$((n_failed + 1))

# What the name of a file tells of its clock.
cp "$mp4" 2024_0601_122030.MP4
run 0 -f --json report -o trip.gpx 2024_0601_122030.MP4
check '.files[0].clock | .kind == "utc" and .offset_s == 7200 and .offset_evidence == "name"'

# A document for each: each is a trip.
run 0 -f -m -o each/ --json report a.TS "$mp4"
check '[.trips[].fixes] == [10, 5]'

run 0 -f --json report -o none.gpx "$encrypted"
check '.files[0] | .fixes == 0 and .voids == 5 and .distance_m == null and .bbox == null
  and (.warnings[0] | test("encrypted"))'

# Where the locale has a comma.
LC_ALL=de_DE.UTF-8 run 0 -f --json - -o trip.gpx a.TS
jq -e '.totals.distance_m > 0' out >/dev/null || n_failed=$((n_failed + 1))

# Nothing to write to.
run 1 -f --json /dev/full -o trip.gpx a.TS
grep -q '/dev/full: ' err || { cat err >&2; n_failed=$((n_failed + 1)); }

if [ $n_failed -gt 0 ]; then
  echo "$n_failed failures" >&2
  exit 1
fi
