#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Usage: ctlpages.sh CHEAPCAM_CTL
# Whether --help, the man page and the completion tell of the same options and
# commands, and what the completion offers.
set -eu

tool=$(realpath "$1")
page=$CHEAPCAM_SOURCE/docs/man/cheapcam-ctl.1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
: >"$dir/failed"

# complete_words WORD...: what is offered for the last of them
complete_words() {
  # shellcheck disable=SC2034 # read by the function
  COMP_WORDS=(cheapcam-ctl "$@") COMP_CWORD=$#
  COMPREPLY=()
  _cheapcam_ctl
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
. "$CHEAPCAM_SOURCE/tools/ctl/cheapcam-ctl.bash-completion"

"$tool" --help >"$dir/help"
grep -oE '^  (-[a-z], )?--[a-z-]+' "$dir/help" | tr -d ',' | tr ' ' '\n' | grep . | sort >"$dir/options"
[ "$(wc -l <"$dir/options")" -ge 7 ]
grep -q '^Example:' "$dir/help"
"$tool" --version | grep -qxE 'cheapcam-ctl [0-9]+\.[0-9]+\.[0-9]+'

# In mdoc "Fl -json" is --json.
grep '^\.It Fl ' "$page" | grep -oE 'Fl -?[a-z-]+' | sed 's/^Fl /-/' | sort \
  | expect "man page" "$(cat "$dir/options")"
complete_words - | sort | expect completion "$(cat "$dir/options")"
sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/p' "$page" | grep -oE 'Fl -?[a-z-]+' | sed 's/^Fl /-/' \
  | sort -u | expect synopsis "$(cat "$dir/options")"

# Each family has a heading in the page, and each of its commands an entry.
grep -oE '^[a-z0-9]+: .* port [0-9]+$' "$dir/help" | cut -d: -f1 | sort >"$dir/families"
[ -s "$dir/families" ]
complete_words '' | sort | expect families "$(cat "$dir/families")"
while read -r family; do
  grep -oE "^  $family [a-z-]+" "$dir/help" | sed "s/^  $family //" | sort >"$dir/commands"
  [ -s "$dir/commands" ]
  sed -n "/^\.Ss $family\$/,/^\.S[sh]/p" "$page" | grep -oE '^\.It Cm [a-z-]+' | sed 's/.* //' | sort \
    | expect "$family in the man page" "$(cat "$dir/commands")"
  complete_words "$family" '' | sort | expect "$family completed" "$(cat "$dir/commands")"
done <"$dir/families"

complete_words bore | expect "beginning of a family" borescope
complete_words --json --host = 1.2.3.4 --port 5 borescope l | expect "behind options" led
complete_words borescope --host 1.2.3.4 l | expect "behind an option's value" led
complete_words borescope led '' | expect "a number" ''
complete_words --port '' | expect "a port" ''
complete_words --host = | expect "a host behind =" ''
complete_words --host = a | expect "beginning of a host behind =" ''
complete_words --j | expect prefix --json
[ ! -s "$dir/failed" ]
