#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Usage: gpsheaders.sh CC...
# Compiles each public header of the GPS library alone, as C and as C++, and
# checks that the library exports what they declare and nothing else.
set -eu

headers=$CHEAPCAM_SOURCE/gst-libs/gst/gps
lib=$CHEAPCAM_BUILD/gst-libs/gst/gps/libgstgps-1.0.so
flags=$(pkg-config --cflags gstreamer-1.0)
failed=0

languages=c
if echo '#include <new>' | "$@" -fsyntax-only -x c++ - 2>/dev/null; then
  languages='c c++'
else
  echo 'skipped: the compiler has no C++' >&2
fi

for header in "$headers"/*.h; do
  name=$(basename "$header")
  case $name in *-private.h) continue ;; esac
  for language in $languages; do
    # shellcheck disable=SC2086
    if ! echo "#include <gst/gps/$name>" | "$@" -fsyntax-only -Wall -Wextra \
        -Werror -I "$CHEAPCAM_SOURCE/gst-libs" $flags -x $language -; then
      echo "$name does not compile as $language" >&2
      failed=1
    fi
  done
  if [ "$name" != gps.h ] \
      && ! grep -q "^#include <gst/gps/$name>" "$headers/gps.h"; then
    echo "gps.h does not include $name" >&2
    failed=1
  fi
done

declared=$(cat "$headers"/*.h | tr '\n' ' ' | sed 's/GST_GPS_API/\n&/g' \
  | sed -n -e 's/^GST_GPS_API *G_DECLARE[A-Z_]* ([^,]*, *\([a-z_]*\),.*/\1_get_type/p' \
    -e 't' -e 's/^GST_GPS_API [^(]*[ *]\(gst_[a-z_]*\) *(.*/\1/p' | sort -u)
# mangle_path is of the compiler's coverage, names with __ are of sanitizers
exported=$(nm -D --defined-only "$lib" | sed 's/.* //' \
  | grep -v -e '^__' -e '^mangle_path$' | sort -u)
if [ "$declared" != "$exported" ]; then
  printf 'declared:\n%s\nexported:\n%s\n' "$declared" "$exported" >&2
  failed=1
fi
exit $failed
