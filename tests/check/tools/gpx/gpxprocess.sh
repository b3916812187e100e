#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Usage: gpxprocess.sh CHEAPCAM_GPX
# cheapcam-gpx as a program: exit codes, streams, files, signals.
set -u

tool=$(realpath "$1")
samples=$CHEAPCAM_SAMPLES/dashcam
if [ ! -d "$samples" ]; then
  echo "skipped: no samples" >&2
  exit 77
fi
viofo=$samples/real/dcm_viofo_a119v3.TS
mp4=$samples/synthetic/mp4_fgps17_viofo_a119s.mp4
gap=$samples/synthetic/edge_void_and_gap.mp4
no_gps=$samples/real/dcm_generic_nogps.TS
schema=$CHEAPCAM_SCHEMAS/all11.xsd

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

n_failed=0
fail() {
  echo "${FUNCNAME[1]} line ${BASH_LINENO[0]}: $*" >&2
  n_failed=$((n_failed + 1))
}

# run STATUS ARGUMENT...: standard output is in out, standard error in err
run() {
  local expected=$1 status=0
  shift
  timeout 60 "$tool" "$@" >out 2>err </dev/null || status=$?
  if [ $status -ne "$expected" ]; then
    echo "${FUNCNAME[1]} line ${BASH_LINENO[0]}: exit $status, not $expected: $*" >&2
    cat err >&2
    n_failed=$((n_failed + 1))
  fi
}

# One line that has the words in it.
check_line() {
  [ "$(wc -l <err)" -eq 1 ] || fail "not one line: $(cat err)"
  grep -qF -- "$1" err || fail "no $1 in $(cat err)"
}

# check_document FILE POINTS SEGMENTS
check_document() {
  local points segments
  points=$(grep -c '<trkpt ' "$1")
  segments=$(grep -c '<trkseg>' "$1")
  [ "$points" -eq "$2" ] || fail "$points points, not $2"
  [ "$segments" -eq "$3" ] || fail "$segments segments, not $3"
  if [ -e "$schema" ]; then
    xmllint --nonet --noout --schema "$schema" "$1" 2>findings || fail "$(cat findings)"
  else
    xmllint --nonet --noout "$1" || fail "no XML"
  fi
}

# What is left where nobody knows the name.
# The names of recordings are in an index of their own, too.
without_names() {
  sed -e '/<name>/d' -e '/^  <extensions>$/,/^  <\/extensions>$/d' "$1"
}

test_one_recording() {
  run 0 "$viofo"
  check_document out 10 1
  [ ! -s err ] || fail "$(cat err)"
  run 0 -v "$viofo"
  [ "$(wc -l <err)" -eq 2 ] || fail "not a table: $(cat err)"
  grep -qE 'a119v3.TS  MPEG-TS  novatek-ts  +10  +0  2021-03-18 15:39:34 ' err \
    || fail "$(cat err)"
  grep -q '<name>dcm_viofo_a119v3.TS</name>' out || fail "no name"
}

test_gpsbabel_reads_it() {
  run 0 "$viofo"
  gpsbabel -t -i gpx -f out -o unicsv -F points || fail "gpsbabel"
  [ "$(grep -c '^[0-9]' points)" -eq 10 ] || fail "$(cat points)"
  grep -q '^10,50.000903,30.000899.*2021/03/18,15:39:43' points || fail "$(cat points)"
}

test_gaps() {
  run 0 --gap 4 "$gap"
  check_document out 6 2
  run 0 "$gap"
  check_document out 6 1
  run 0 --gap 0 "$gap"
  check_document out 6 6
}

test_no_gps() {
  run 0 "$no_gps"
  check_document out 0 0
  check_line "dcm_generic_nogps.TS: no GPS fixes found"
}

test_usage() {
  run 2
  run 2 --colour "$viofo"
  run 2 -o
  run 2 --gap -1 "$viofo"
  run 2 --gap ten "$viofo"
  run 2 --time-kind gps "$viofo"
  check_line gps
  [ ! -s out ] || fail "something on standard output"
}

test_help_and_version() {
  run 0 --help
  [ ! -s err ] || fail "$(cat err)"
  grep -q -- --time-offset out || fail "help"
  run 0 --version
  grep -qx 'cheapcam-gpx [0-9.]*' out || fail "$(cat out)"
}

test_files_that_cannot_be_read() {
  : >empty
  echo 'Once upon a time' >text
  mkdir folder
  for name in missing empty text folder; do
    run 1 "$name"
    check_line "cheapcam-gpx: $name: "
    [ ! -s out ] || fail "$name: something on standard output"
  done
  cp "$viofo" closed
  chmod 0 closed
  if [ ! -r closed ]; then
    run 1 closed
    check_line 'closed: '
  fi
}

test_others_are_read_all_the_same() {
  run 1 -q missing "$viofo"
  check_line missing
  check_document out 10 1
  # The table tells of both.
  run 1 missing "$viofo"
  [ "$(grep -c missing err)" -eq 2 ] || fail "$(cat err)"
  check_document out 10 1
}

test_names() {
  local name=$'a & <b>\xff\n.TS'
  cp "$viofo" "$name"
  run 0 "$name"
  check_document out 10 1
  run 1 missing$'\n'name
  check_line 'missing\nname: '
  cp "$viofo" ./-o
  run 0 -- -o
  check_document out 10 1
  run 0 ./-o
  check_document out 10 1
}

test_clips_in_any_order() {
  # Two halves, and two that overlap.
  head -c $((188 * 740)) "$viofo" >a.TS
  tail -c +$((188 * 740 + 1)) "$viofo" >b.TS
  head -c $((188 * 1000)) "$viofo" >c.TS
  tail -c +$((188 * 500 + 1)) "$viofo" >d.TS
  run 0 "$viofo"
  without_names out >whole
  for files in 'a.TS b.TS' 'b.TS a.TS' 'c.TS d.TS' 'd.TS c.TS' 'b.TS a.TS c.TS d.TS b.TS'; do
    # shellcheck disable=SC2086 # a list
    run 0 $files
    without_names out | cmp whole - || fail "$files"
  done
}

test_folders_and_patterns() {
  mkdir -p card/a card/b
  head -c $((188 * 1000)) "$viofo" >card/a/1.TS
  tail -c +$((188 * 500 + 1)) "$viofo" >card/b/2.TS
  echo 'Once upon a time' >card/notes.txt
  echo 'no recording' >card/broken.mp4
  run 0 -q card
  [ ! -s err ] || fail "$(cat err)"
  check_document out 10 1
  run 0 -q 'card/?/*.TS'
  check_document out 10 1
  run 0 -q -i card/a -i card/b card/a/1.TS
  check_document out 10 1
  run 0 -v card
  grep -qF 'card/notes.txt: is no recording' err || fail "$(cat err)"
  grep -qF 'card/broken.mp4: is no recording' err || fail "$(cat err)"
  # Who names it says that it is one.
  run 1 card/broken.mp4
  check_line 'card/broken.mp4: is no recording'
  run 1 'card/*.MOV'
  check_line 'card/*.MOV: matches no file'
  rm card/*/*.TS
  mkdir empty
  run 1 empty
  check_line 'empty: has no recordings in it'
  [ ! -s out ] || fail "something on standard output"
}

test_a_document_for_each() {
  mkdir card more
  cp "$viofo" card/1.TS
  cp "$mp4" card/2.MP4
  cp "$mp4" more/1.MP4
  cp "$no_gps" card/3.TS
  run 0 -m card
  check_document card/1.gpx 10 1
  check_document card/2.gpx 5 1
  grep -q '<name>2.MP4</name>' card/2.gpx || fail "no name"
  [ ! -e card/3.gpx ] || fail "a document without fixes"
  [ ! -s out ] || fail "something on standard output"
  run 0 -m --format csv -o new/tracks/ card more
  [ "$(wc -l <new/tracks/1.csv)" -eq 11 ] || fail "$(cat new/tracks/1.csv)"
  [ "$(wc -l <new/tracks/1-2.csv)" -eq 6 ] || fail "$(cat new/tracks/1-2.csv)"
  check_names new/tracks '1-2.csv 1.csv 2.csv'
  # What is there stays, the others are written.
  echo precious >card/1.gpx
  rm card/2.gpx
  run 1 -q -m card/1.TS card/2.MP4
  check_line 'card/1.gpx: exists already; -f overwrites it'
  check_document card/2.gpx 5 1
  echo precious | cmp - card/1.gpx || fail "the old file has changed"
  run 0 -m -f card/1.TS card/2.MP4
  check_document card/1.gpx 10 1
}

test_a_track_for_each() {
  cp "$viofo" 1.TS
  cp "$mp4" 2.MP4
  run 0 -q -m -o trips.gpx 2.MP4 1.TS
  check_document trips.gpx 15 2
  [ "$(grep -c '<trk>' trips.gpx)" -eq 2 ] || fail "not two tracks"
  grep -A1 '<trk>' trips.gpx | grep -qF '<name>2.MP4</name>' || fail "no name"
  "$tool" -q -m --stdout - 2.MP4 <1.TS >out
  check_document out 15 2
}

test_trips() {
  run 0 -q "$viofo" "$mp4"
  check_document out 15 2
  [ "$(grep -c '<trk>' out)" -eq 2 ] || fail "not two tracks"
  run 0 --gap 4 --trip-gap 4 "$gap"
  check_document out 6 2
  [ "$(grep -c '<trk>' out)" -eq 2 ] || fail "not two tracks"
}

test_order() {
  head -c $((188 * 740)) "$viofo" >b.TS
  tail -c +$((188 * 740 + 1)) "$viofo" >a.TS
  run 0 -q --format csv a.TS b.TS
  cp out by-date
  run 0 -q --format csv -s n a.TS b.TS
  cmp by-date out >findings && fail "sorted"
  sort by-date | cmp - <(sort out) || fail "others"
  cp out as-given
  run 0 -q --format csv -s f b.TS a.TS
  cmp as-given out || fail "not by name"
}

# Each is a block with one fix.
test_many_files() {
  mkdir many
  python3 - "$mp4" <<'END'
import sys
with open(sys.argv[1], "rb") as f:
    data = f.read()
start = data.index(b"freeGPS ") - 4
block = b"\0\0\2\0" + data[start + 4:start + 512]
for i in range(10000):
    with open(f"many/{i}.mp4", "wb") as f:
        f.write(block)
END
  run 0 -q -o many.gpx many
  check_document many.gpx 1 1
  run 0 -q -m -o each/ 'many/1*.mp4'
  [ "$(find each -name '*.gpx' | wc -l)" -eq 1111 ] || fail "not one for each"
}

test_file_that_goes_away() {
  # Its last name is gone while it is read.
  cp "$viofo" gone.TS
  mkfifo first
  "$tool" -q -j 1 first gone.TS >out 2>err &
  local pid=$! status=0
  exec 3>first
  rm gone.TS
  cat "$viofo" >&3
  exec 3>&-
  wait "$pid" || status=$?
  [ $status -eq 1 ] || fail "exit $status"
  check_line 'gone.TS: cannot be opened'
  check_document out 10 1
}

test_pipe_gives_the_same() {
  local file
  for file in "$viofo" "$mp4" "$gap" "$no_gps"; do
    # shellcheck disable=SC2002 # it has to be a pipe
    cat "$file" | timeout 60 "$tool" - >piped 2>err || fail "exit $? for $file"
    timeout 60 "$tool" - >redirected 2>err <"$file" || fail "exit $? for $file"
    cmp piped redirected || fail "$file"
    # A track without fixes is its name and nothing else.
    if [ "$file" != "$no_gps" ]; then
      run 0 "$file"
      without_names out | cmp - piped || fail "$file"
    fi
  done
}

test_locale() {
  run 0 "$viofo"
  cp out expected
  LC_ALL=de_DE.UTF-8 run 0 --gap 10.0 "$viofo"
  cmp expected out || fail "numbers depend on the locale"
  LC_ALL=C run 0 "$viofo"
  cmp expected out || fail "text depends on the locale"
}

test_clock() {
  run 0 --time-kind utc --time-offset=-7200 "$viofo"
  grep -q '<time>2021-03-18T13:39:34Z</time>' out || fail "UTC"
  run 0 --time-kind local "$mp4"
  TZ=Europe/Berlin run 0 --time-kind local "$mp4"
  grep -q '<time>2024-06-01T08:20:30Z</time>' out || fail "this machine's time zone"
  TZ=Europe/Berlin run 0 -v --time-kind local --time-zone America/New_York "$mp4"
  grep -q '<time>2024-06-01T14:20:30Z</time>' out || fail "another time zone"
  grep -qF 'local time, as the owner says; UTC-4 assumed' err || fail "$(cat err)"
  run 0 --time-kind local --no-guess "$mp4"
  ! grep -q '<time>' out || fail "local"
  cp "$mp4" 20240601_122030.MP4
  run 0 -v 20240601_122030.MP4
  grep -q '<time>2024-06-01T10:20:30Z</time>' out || fail "UTC by the file name"
  grep -qF 'UTC, as the dialect says; local time is UTC+2 by the file name' err \
    || fail "$(cat err)"
  mv 20240601_122030.MP4 20240601_102030.MP4
  run 0 -v --format csv --time-zone +02 20240601_102030.MP4
  grep -q '^2024-06-01T08:20:30Z,assumed,' out || fail "local time by the file name"
  run 0 --format csv --no-guess 20240601_102030.MP4
  grep -q '^2024-06-01T10:20:30,local,' out || fail "nothing is guessed"
}

# Nothing but the given names is in the folder.
check_names() {
  local got
  got=$(find "$1" -mindepth 1 -printf '%P\n' | sort | tr '\n' ' ')
  [ "$got" = "$2 " ] || fail "$got, not $2"
}

test_output_file() {
  mkdir new
  run 0 -o new/trip.gpx "$viofo"
  [ ! -s out ] || fail "something on standard output"
  check_document new/trip.gpx 10 1
  chmod 600 new/trip.gpx
  run 0 -f -o new/trip.gpx "$mp4"
  check_document new/trip.gpx 5 1
  [ "$(stat -c %a new/trip.gpx)" = 600 ] || fail "permissions"
  ln -s trip.gpx new/link.gpx
  run 0 -f -o new/link.gpx "$viofo"
  [ -L new/link.gpx ] || fail "no link any more"
  check_document new/trip.gpx 10 1
  check_names new 'link.gpx trip.gpx'
  run 0 -o - "$viofo"
  check_document out 10 1
  run 0 --stdout "$viofo"
  check_document out 10 1
}

test_old_file_stays_when_all_fails() {
  mkdir old
  echo precious >old/trip.gpx
  run 1 -f -o old/trip.gpx missing
  (
    # A disk that is full after a kilobyte.
    ulimit -f 1
    run 1 -f -o old/trip.gpx "$viofo"
    exit "$n_failed"
  ) || fail "a full disk"
  check_line old/trip.gpx
  echo precious | cmp - old/trip.gpx || fail "the old file has changed"
  check_names old trip.gpx
}

test_nothing_is_overwritten_unless_asked() {
  echo precious >trip.gpx
  # Before anything is read: this never ends.
  mkfifo endless
  exec 3<>endless
  run 1 -o trip.gpx endless
  exec 3>&-
  check_line 'trip.gpx: exists already; -f overwrites it'
  echo precious | cmp - trip.gpx || fail "the old file has changed"
  run 0 -f -o trip.gpx "$viofo"
  check_document trip.gpx 10 1
}

test_places_that_cannot_be_written() {
  mkdir place
  run 1 -o place "$viofo"
  check_line place
  run 1 -o nowhere/trip.gpx "$viofo"
  check_line nowhere/trip.gpx
  # Not even root may write there.
  run 1 -o /proc/trip.gpx "$viofo"
  check_line /proc/trip.gpx
  chmod 555 place
  if [ ! -w place ]; then
    run 1 -o place/trip.gpx "$viofo"
    check_line place/trip.gpx
  fi
  run 1 -o /dev/full "$viofo"
  check_line /dev/full
  timeout 60 "$tool" "$viofo" >/dev/full 2>err && fail "no error"
  check_line 'standard output'
}

test_recordings_are_not_overwritten() {
  cp "$mp4" clip.MP4
  run 1 -o clip.MP4 "$viofo"
  check_line clip.MP4
  cmp "$mp4" clip.MP4 || fail "the recording is lost"
  # A file that begins with garbage does not look like one.
  { head -c 10000 /dev/zero | tr '\0' x; cat "$mp4"; } >hurt
  cp hurt copy
  ln hurt hurt.gpx
  run 1 -q -f -o hurt hurt
  check_line 'hurt: is a file to be read'
  run 1 -q -f -o trip.gpx --json ./hurt hurt.gpx
  check_line 'hurt: is a file to be read'
  run 1 -q -m -f hurt
  check_line 'hurt.gpx: is a file to be read'
  cmp copy hurt || fail "the recording is lost"
  run 0 -q hurt
  check_document out 5 1
}

test_output_fifo() {
  local reader
  mkfifo out-fifo
  cat out-fifo >got &
  reader=$!
  run 0 -o out-fifo "$viofo"
  wait "$reader"
  check_document got 10 1
  [ -p out-fifo ] || fail "no FIFO any more"
}

test_closed_streams() {
  timeout 60 "$tool" "$viofo" 2>err >&- && fail "no error"
  check_line 'standard output'
  timeout 60 "$tool" - 2>err >out <&- && fail "no error"
  check_line 'standard input'
  # What is said must not end up in the file.
  timeout 60 "$tool" -v -o quiet.gpx "$no_gps" "$viofo" 2>&- || fail "exit $?"
  check_document quiet.gpx 10 1
}

# The end of a pipe that nobody reads.
test_reader_goes_away() {
  local status=0
  mkfifo pipe
  # shellcheck disable=SC2094 # a reader is needed for a writer to open it
  exec 3<>pipe 4>pipe 3>&-
  timeout 60 "$tool" "$viofo" >&4 2>err || status=$?
  exec 4>&-
  [ $status -eq 1 ] || fail "exit $status"
  [ ! -s err ] || fail "$(cat err)"
}

# start_endless: a recording that never ends, out of which some are read, and
# the tool, whose process is $pid
start_endless() {
  mkfifo endless sign
  {
    # So often that the first is out of the pipe.
    cat "$viofo" "$viofo" "$viofo"
    echo >sign
    while cat "$viofo" 2>/dev/null; do :; done
  } >endless &
  writer=$!
  "$tool" "$@" endless >out 2>err &
  pid=$!
  read -r _ <sign
}

end_endless() {
  kill -"$1" "$pid"
  local status=0
  wait "$pid" || status=$?
  wait "$writer"
  rm endless sign
  [ $status -eq 0 ] || fail "exit $status after SIG$1"
}

test_interrupted() {
  local pid writer
  start_endless
  end_endless INT
  check_document out 10 1
  start_endless -o stopped.gpx
  end_endless TERM
  check_document stopped.gpx 10 1
}

# A pipe from which nothing comes any more.
test_interrupted_while_waiting() {
  local pid status=0
  mkfifo idle
  exec 3<>idle
  "$tool" idle >out 2>err &
  pid=$!
  cat "$viofo" "$viofo" >&3
  kill -INT "$pid"
  wait "$pid" || status=$?
  exec 3>&-
  [ $status -eq 0 ] || fail "exit $status"
  check_document out 10 1
}

test_picture() {
  if ! "$tool" --plot x.svg missing 2>err && grep -q 'built without cairo' err; then
    return
  fi
  run 0 -q --plot trip.svg "$viofo" "$mp4"
  check_document out 15 2
  xmllint --nonet --noout trip.svg || fail "no XML"
  run 0 -o trip.gpx --plot trip.png "$viofo"
  [ "$(head -c 4 trip.png | tail -c 3)" = PNG ] || fail "no PNG"
  # the header's width and height
  [ "$(od -An -tx1 -j16 -N8 trip.png | tr -d ' ')" = 000004b0000003e8 ] || fail "another size"
  run 0 -f -o trip.gpx --plot again.png "$viofo"
  cmp trip.png again.png || fail "the same track, another picture"
  run 2 --plot trip.jpg "$viofo"
  run 2 -o trip.svg --plot trip.svg "$viofo"
  run 2 --json trip.svg --plot trip.svg "$viofo"
  run 2 --json ./trip.svg --plot trip.svg "$viofo"
  ln -s /dev/full full.png
  run 1 -f -o trip.gpx --plot full.png "$viofo"
  check_line 'full.png'
  run 1 -f -o trip.gpx --plot nowhere/trip.png "$viofo"
  check_line 'nowhere/trip.png'
  echo precious >trip.svg
  run 1 --plot trip.svg "$viofo"
  check_line 'trip.svg: exists already'
  run 0 -m -o each/ --plot each.svg "$viofo" "$mp4"
  grep -q '<svg' each.svg || fail "no picture of several documents"
  run 0 -q --plot none.png "$no_gps"
  run 0 -q --plot none.svg "$no_gps"
  xmllint --nonet --noout none.svg || fail "no XML of no fixes"
}

test_damaged_files() {
  local size
  for size in 1 187 188 1000 5000 20000 42000; do
    head -c $size "$mp4" >cut.mp4
    timeout 60 "$tool" cut.mp4 >out 2>err
    [ $? -le 1 ] || fail "$size bytes of an MP4"
    head -c $size "$viofo" >cut.ts
    timeout 60 "$tool" cut.ts >out 2>err
    [ $? -le 1 ] || fail "$size bytes of a TS"
  done
  tail -c +101 "$viofo" >begun.ts
  run 0 begun.ts
  check_document out 10 1
}

for name in $(compgen -A function test_); do
  mkdir "$dir/$name"
  cd "$dir/$name" || exit 1
  "$name"
done
chmod -R u+rwx "$dir"
if [ $n_failed -gt 0 ]; then
  echo "$n_failed failures" >&2
  exit 1
fi
