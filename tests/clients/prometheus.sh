#!/usr/bin/env bash
# Two portfolios with the same ids of squads and factors in one textfile folder, a real node_exporter and a real Prometheus.
# Needs: prometheus, prometheus-node-exporter, curl, jq (Debian's packages). Takes about 20 seconds.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
debt=$(realpath "${DEBT:-$root/target/release/debt}")
export DEBT_TODAY=2026-11-20
exporter=127.0.0.1:19177 server=127.0.0.1:19178
folder=$(mktemp -d)
started=()
finish() { for one in "${started[@]}"; do kill "$one" 2> /dev/null || true; done; wait; rm -rf "$folder"; }
trap finish EXIT
cd "$folder"
mkdir textfiles
fail() { echo "FAILED: $*" >&2; cat exporter.log >&2; exit 1; }

sed -e 's/^id: .*/id: team-a/' "$root/examples/portfolio.yaml" > a.yaml
sed -e 's/^id: .*/id: team-b/' -e 's/purpose: both/purpose: delivery/' "$root/examples/portfolio.yaml" > b.yaml
for team in a b; do "$debt" score "$team.yaml" --quiet --output "openmetrics:textfiles/$team.prom" > /dev/null; done

prometheus-node-exporter --collector.disable-defaults --collector.textfile --collector.textfile.directory=textfiles \
    --web.listen-address="$exporter" 2> exporter.log & started+=($!)
cat > prometheus.yml <<YAML
global: {scrape_interval: 1s}
scrape_configs:
- job_name: node
  static_configs: [{targets: ["$exporter"]}]
YAML
prometheus --config.file=prometheus.yml --storage.tsdb.path=data --web.listen-address="$server" 2> prometheus.log & started+=($!)

ask() { curl -sfG "http://$server/api/v1/query" --data-urlencode "query=$1" | jq -c "$2"; }
wait_for() {
    for _ in $(seq 40); do
        got=$(ask "$1" "$2" 2> /dev/null || true)
        [ "$got" = "$3" ] && { echo "$1: $3"; return; }
        sleep 0.5
    done
    fail "$1 is $got, not $3"
}
values='[.data.result[] | [.metric.portfolio, (.value[1] | tonumber)]] | sort'
score() { "$debt" score "$1" --quiet --format json | jq .score.points; }
wait_for debt_up "$values" '[["team-a",1],["team-b",1]]'
wait_for debt_score_points "$values" "[[\"team-a\",$(score a.yaml)],[\"team-b\",$(score b.yaml)]]"
wait_for node_textfile_scrape_error '[.data.result[].value[1]]' '["0"]'
wait_for 'count by (portfolio) (debt_group_points)' "$values" '[["team-a",8],["team-b",8]]'
[ "$(curl -sf "http://$exporter/metrics" | grep -v '^#' | grep '^debt_' | sed 's/ [^ ]*$//' | sort | uniq -d)" = "" ] || fail "a series twice"
grep -q 'inconsistent\|was collected before' exporter.log && fail "node_exporter complains"

# One of them breaks: it says so, and the other one is what it was.
echo 'nonsense: 1' >> a.yaml
if "$debt" score a.yaml --quiet --output openmetrics:textfiles/a.prom > /dev/null 2>&1; then fail "nonsense was scored"; fi
wait_for debt_up "$values" '[["team-a",0],["team-b",1]]'
wait_for debt_score_points "$values" "[[\"team-b\",$(score b.yaml)]]"
wait_for node_textfile_scrape_error '[.data.result[].value[1]]' '["0"]'
echo "all of it holds"
