#!/bin/sh
# Double click, or in a terminal: ./huawu.sh  (with arguments: ./huawu.sh plan --lang en)
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
if ! "$here/program/node" --version >/dev/null 2>&1; then
  "$here/program/node" --version
  echo "Huawu needs glibc 2.28 or newer and libatomic (Debian, Ubuntu: libatomic1)" >&2
  exit 1
fi
exec "$here/program/node" "$here/program/launch.mjs" "$@"
