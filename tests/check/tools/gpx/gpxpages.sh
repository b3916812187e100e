#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Usage: gpxpages.sh CHEAPCAM_GPX
# Whether --help, the man page and the completion tell of the same options, and
# what the completion offers.
set -eu

tool=$(realpath "$1")
page=$CHEAPCAM_SOURCE/docs/man/cheapcam-gpx.1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
: >"$dir/failed"

# complete_words WORD...: what is offered for the last of them
complete_words() {
  # shellcheck disable=SC2034 # read by the function
  COMP_WORDS=(cheapcam-gpx "$@") COMP_CWORD=$#
  COMPREPLY=()
  _cheapcam_gpx
  printf '%s\n' "${COMPREPLY[@]}"
}

# expect NAME EXPECTED: compares it with standard input
expect() {
  printf '%s\n' "$2" >"$dir/expected"
  cat >"$dir/got"
  if ! diff -u --label "$1: expected" --label "$1: got" "$dir/expected" "$dir/got"; then
    echo "$1" >>"$dir/failed"
  fi
}

# shellcheck source=/dev/null
. "$CHEAPCAM_SOURCE/tools/gpx/cheapcam-gpx.bash-completion"

"$tool" --help >"$dir/help"
grep -oE '^  (-[a-z], )?--[a-z-]+' "$dir/help" | tr -d ',' | tr ' ' '\n' | grep . | sort >"$dir/options"
[ "$(wc -l <"$dir/options")" -ge 9 ]
grep -q '^Examples:' "$dir/help"

# In mdoc "Fl -gap" is --gap.
grep '^\.It Fl ' "$page" | grep -oE 'Fl -?[a-z-]+' | sed 's/^Fl /-/' | sort \
  | expect "man page" "$(cat "$dir/options")"
complete_words - | sort | expect completion "$(cat "$dir/options")"

# And the synopsis has one form of each.
sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/p' "$page" | grep -oE 'Fl -?[a-z-]+' | sed 's/^Fl /-/' \
  | sort -u >"$dir/synopsis"
while read -r short long; do
  grep -qxe "${short%,}" "$dir/synopsis" || grep -qxe "${long:-$short}" "$dir/synopsis" || {
    echo "the synopsis has no $short $long"
    echo synopsis >>"$dir/failed"
  }
done < <(grep -oE '^  (-[a-z], )?--[a-z-]+' "$dir/help")

complete_words --time-kind '' | sort | expect kinds $'auto\nlocal\nutc'
complete_words -s '' | sort | expect orders $'d\nf\nn'
complete_words --jobs '' | expect "a number of jobs" ''
complete_words --time-kind = u | expect "kind behind =" utc
complete_words --time-kind = | sort | expect "kinds behind =" $'auto\nlocal\nutc'
complete_words --format c | expect format csv
complete_words --time- | sort | expect prefix $'--time-kind\n--time-offset\n--time-zone'
complete_words --gap '' | expect "a number" ''
mkdir "$dir/card"
cd "$dir/card"
touch 'a clip.MP4' 'a.gpx'
complete_words 'a' | sort | expect files $'a clip.MP4\na.gpx'
complete_words -o a. | expect output a.gpx
complete_words --output = a. | expect "output behind =" a.gpx
[ ! -s "$dir/failed" ]
