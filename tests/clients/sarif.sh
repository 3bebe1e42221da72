#!/usr/bin/env bash
# Microsoft's own validator on every kind of SARIF log that debt writes, and two portfolios merged into one log.
# Needs: sarif-multitool (npm install --global @microsoft/sarif-multitool, or SARIF names the program), git, jq.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
debt=$(realpath "${DEBT:-$root/target/release/debt}")
sarif=${SARIF:-sarif-multitool}
export DEBT_TODAY=2026-11-20 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/repository"
cd "$folder/repository"
git init -q -b main .
mkdir -p "org/h r"
sed -e 's/^id: .*/id: team-a/' "$root/examples/portfolio.yaml" > "org/h r/a.yaml"
sed -e 's/^id: .*/id: team-b/' "$root/examples/portfolio.yaml" > "org/h r/b.yaml"
git add . && git -c user.name=t -c user.email=t@example.org commit -qm first
logs="$folder/logs"
mkdir "$logs"
cd org
"$debt" score "h r/a.yaml" --quiet --format sarif > "$logs/a.sarif"
"$debt" score "h r/b.yaml" --quiet --format sarif > "$logs/b.sarif"
"$debt" score - --quiet --format sarif < "h r/a.yaml" > "$logs/stdin.sarif"
sed -i 's/purpose: delivery/purpose: both/' "h r/a.yaml"
"$debt" check --against HEAD "h r/a.yaml" --quiet --format sarif > "$logs/gate.sarif" 2> /dev/null || true
echo 'nonsense: 1' >> "h r/b.yaml"
"$debt" score "h r/b.yaml" --quiet --format sarif > "$logs/failed.sarif" 2> /dev/null || true
jq -s '.[0] * {runs: map(.runs[0])}' "$logs/a.sarif" "$logs/b.sarif" > "$logs/both.sarif"
for log in "$logs"/*.sarif; do
    name=$(basename "$log" .sarif)
    "$sarif" validate "$log" --output "$folder/$name.findings" --log ForceOverwrite > "$folder/said" 2>&1 || true
    [ -s "$folder/$name.findings" ] || { cat "$folder/said"; exit 1; }
    errors=$(jq '[.runs[].results[]? | select(.level == "error")] | length' "$folder/$name.findings")
    echo "$name: $(jq '[.runs[].results[]] | length' "$log") results, $errors errors of the validator"
    jq -r '.runs[].results[]? | "  \(.level // "warning") \(.ruleId) \(.message.id // "")"' "$folder/$name.findings" | sort | uniq -c
    [ "$errors" = 0 ] || { jq -c '.runs[].results[]? | select(.level == "error") | .message' "$folder/$name.findings" | head; exit 1; }
done
# GitHub takes a file with several runs, and tells them apart by their ids; the tool makes one run of all results.
"$sarif" merge "$logs/a.sarif" "$logs/b.sarif" --output-directory "$folder" --output-file merged.sarif > /dev/null
jq -e '[.runs[].results[].partialFingerprints["debt/v1"]] | length > 50 and length == (unique | length)' "$folder/merged.sarif" > /dev/null
jq -e '[.runs[].automationDetails.id] == ["debt/team-a/", "debt/team-b/"]' "$logs/both.sarif" > /dev/null
echo "all of it holds"
