#!/bin/sh
# Double click, or in a terminal: ./huawu.sh  (with arguments: ./huawu.sh plan --lang en)
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
exec "$here/program/node" "$here/program/launch.mjs" "$@"
