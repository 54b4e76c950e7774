#!/bin/sh
# Instructions per convoy replication or per customer, by callgrind: the difference of two run lengths, so that setting up does not count.
# Usage: benches/instructions.sh [path of the yardstick binary]
set -eu
binary=${1:-$(cargo bench --bench yardstick --no-run --message-format=json | sed -n 's/.*"executable":"\([^"]*yardstick[^"]*\)".*/\1/p' | tail -1)}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
instructions() {
    valgrind --tool=callgrind --callgrind-out-file="$out/callgrind" "$binary" count "$1" "$2" 2>"$out/log"
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$out/log"
}
per_one() {
    few=$(instructions "$1" 1)
    many=$(instructions "$1" 3)
    echo $(((many - few) / 2 / $2))
}
compare() {
    hand=$(per_one "$1" "$3")
    processes=$(per_one "$2" "$3")
    echo "$2 $hand $processes" | awk '{ printf "%-14s by hand %9d   processes %9d   ratio %.2f\n", $1, $2, $3, $3 / $2 }'
}
compare convoy-hand convoy 50
compare large-hand large 1
compare single-hand single-long 10000
compare single-hand single-each 10000
