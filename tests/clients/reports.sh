#!/usr/bin/env bash
# Writes one of everything that debt writes for machines into a folder: OUT/NAME/*.json, where NAME is what `debt schema`
# calls it, OUT/jsonl/*.jsonl and OUT/csv/*.csv. The other programs of this folder read them.
#
#     tests/clients/reports.sh target/debug/debt OUT
#
# Needs: bash.
set -euo pipefail
debt=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
cd "$(dirname "$0")/../.."
export DEBT_TODAY=2026-11-20 DEBT_PSEUDONYM_KEY="not a secret: sixteen bytes or more"
example=examples/portfolio.yaml
pseudonyms="--privacy pseudonyms"
aggregate="--privacy aggregate"

# STATUS FILE ARGUMENTS...: what is printed goes into the file.
write() {
    local wanted=$1 file=$2 status=0
    shift 2
    mkdir -p "$(dirname "$out/$file")"
    "$debt" "$@" >"$out/$file" 2>/dev/null || status=$?
    [ "$status" = "$wanted" ] || { echo "debt $*: exit $status instead of $wanted" >&2; exit 1; }
}
# FILE ARGUMENTS...: the same of a run that ends with 2, and what it says on standard error.
fails() {
    local file=$1 status=0
    shift
    mkdir -p "$(dirname "$out/$file")"
    "$debt" "$@" >/dev/null 2>"$out/$file" || status=$?
    [ "$status" = 2 ] || { echo "debt $*: exit $status instead of 2" >&2; exit 1; }
}

json="--format json"
for one in portfolio healthy minimal; do
    write 0 "report/score-$one.json" score "examples/$one.yaml" $json
done
write 0 report/score-squad.json score $example $json --squad ledger
write 0 report/score-only.json score $example $json --only D101,D302
write 0 report/score-pseudonyms.json score $example $json $pseudonyms
write 0 report/score-no-locations.json score $example $json --no-locations
write 0 report/score-aggregate.json score $example $json $aggregate
write 1 report/check-budget.json check $example $json --max-grade A
write 0 report/check-holds.json check examples/healthy.yaml $json --max-grade A
write 0 report/diff.json diff $example examples/healthy.yaml $json
write 0 report/diff-back.json diff examples/healthy.yaml $example $json
write 0 report/diff-aggregate.json diff $example examples/healthy.yaml $json $aggregate
write 0 report/what-if-do.json what-if $example $json --do split:meeting:bo-ana
write 0 report/what-if-leaves.json what-if $example $json --leaves cy

write 0 lines/all.json lines --in $example $json
write 0 lines/one.json lines ana --in $example $json
write 0 lines/pseudonyms.json lines --in $example $json $pseudonyms
write 0 lines/aggregate.json lines --in $example $json $aggregate

write 0 plan/budget.json plan $example $json --budget 30m
write 0 plan/short.json plan $example $json --budget 1m
write 0 plan/until.json plan $example $json --until 122
write 0 plan/owner.json plan $example $json --owner bo --owner nobody --budget 30m
write 0 plan/pseudonyms.json plan $example $json --budget 30m $pseudonyms
write 0 plan/aggregate.json plan $example $json --budget 30m $aggregate

write 0 forecast/eight.json forecast $example $json --weeks 8 --max-score 120
write 0 forecast/do.json forecast $example $json --do label:meeting:nia-kofi
write 0 forecast/aggregate.json forecast $example $json $aggregate

for name in names pseudonyms aggregate; do
    write 0 "score-$name.json" score $example $json ${!name:-}
    write 0 "history/kept-$name.json" history --reports "$out/score-$name.json" $json ${!name:-}
done

write 0 sensitivity/usual.json sensitivity $example $json --runs 50
write 0 sensitivity/aggregate.json sensitivity $example $json --runs 50 $aggregate
write 0 agenda/bo.json agenda $example --owner bo $json
write 0 digest/bo.json digest $example --owner bo $json
write 0 digest/since.json digest $example --owner bo $json --since "$out/score-names.json"
write 0 person/ana.json score $example --for ana $json

write 0 fix/all.json fix all $example $json
write 0 fix/split.json fix split:meeting:bo-ana $example $json

calendar=tests/fixtures/import/bo.ics
printf 'people: [{id: bo, aliases: [bo@example.org], squad: a}, {id: lena, squad: a}]\nsquads: [{id: a, lead: bo}]\n' >"$out/own.yaml"
write 0 audit/calendar.json audit "$calendar" $json
write 0 audit/portfolio.json audit "$calendar" $json --portfolio "$out/own.yaml"

write 0 explain/rules.json explain $json
write 0 explain/rule.json explain D101 $json
write 0 explain/by-kind.json explain D301 $json
write 0 explain/rule-of-a-portfolio.json explain D101 $example $json
write 0 explain/factor.json explain D301:conversation:ana-promotion $example $json
write 0 explain/excluded.json explain D102:meeting:bo-ana $example $json
write 0 explain/clear.json explain D102:meeting:bo-ana examples/healthy.yaml $json
write 0 explain/term.json explain warrant $json
write 0 explain/error.json explain unknown-id $json

printf 'people: [{id: bo, squad: nowhere}, {id: bo, naem: Bo}]\n' >"$out/broken.yaml"
fails errors/input.json score "$out/broken.yaml" $json
fails errors/pseudonyms.json score "$out/broken.yaml" $json $pseudonyms
fails errors/no-file.json score no/such/file.yaml $json
fails errors/no-factor.json explain D101:meeting:nobody $example $json
fails errors/policy.json explain D101 --policy "$out/broken.yaml" $json

write 0 each/each.jsonl score --each $example examples/healthy.yaml "$out/broken.yaml" no/such/file.yaml
write 0 each/aggregate.jsonl score --each $example examples/minimal.yaml $aggregate

for format in jsonl csv; do
    write 0 "$format/names.$format" score $example --format $format
    write 0 "$format/pseudonyms.$format" score $example --format $format $pseudonyms
    write 0 "$format/aggregate.$format" score $example --format $format $aggregate
done
write 0 csv/bom.csv score $example --format csv --csv-bom
