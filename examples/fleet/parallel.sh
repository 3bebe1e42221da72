#!/bin/sh
# Scores every portfolio of a folder with GNU parallel: one line of JSON for each, in the order of their names.
#
#     sh parallel.sh PORTFOLIOS > reports.jsonl
#
# A portfolio is a file `*.yaml` in the folder, or a folder in it. One that cannot be scored is a line too, with its
# errors. Needs GNU parallel and jq. tables.sql makes Parquet of it.
set -eu
debt=${DEBT:-debt}
export debt
# The shells that parallel starts expand it.
# shellcheck disable=SC2016
one='
    out=$(mktemp -d) || exit 1
    status=0
    RAYON_NUM_THREADS=1 "$debt" score --format json --no-config --quiet -- {} > "$out/report" 2> "$out/errors" || status=$?
    jq --null-input --compact-output --arg path {} --argjson status "$status" \
        --rawfile report "$out/report" --rawfile errors "$out/errors" \
        "{path: \$path, status: \$status, report: (if \$status == 0 then \$report else null end), errors: (if \$status == 0 then null else \$errors end)}"
    rm -r "$out"
'
find "$1" -mindepth 1 -maxdepth 1 \( -type d -o -name "*.yaml" -o -name "*.yml" \) -print0 | LC_ALL=C sort -z \
    | parallel --null --keep-order --will-cite "$one"
