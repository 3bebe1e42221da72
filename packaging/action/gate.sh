#!/usr/bin/env bash
# Scores, or compares and fails where debt rises. A step of action.yml, which says what the variables are.
set -euo pipefail
rm -rf "$REPORTS"
mkdir -p "$REPORTS"
report="$REPORTS/report.json"
markdown="$REPORTS/report.md"
arguments=(--privacy "$PRIVACY" --format github --output "json:$report" --output "markdown:$markdown")
if [ "$SUMMARY" = true ]; then arguments+=(--output "markdown:$GITHUB_STEP_SUMMARY"); fi
while IFS= read -r path; do
    if [ -n "$path" ]; then paths+=("$path"); fi
done <<< "$PORTFOLIO"
if [ "$AGAINST" = none ]; then
    verb=score
else
    verb=check
    arguments+=(--against "$AGAINST")
    for what in $FAIL_ON; do arguments+=(--fail-on "$what"); done
fi
# An empty key is none.
[ -n "${DEBT_PSEUDONYM_KEY:-}" ] || unset DEBT_PSEUDONYM_KEY
status=0
"$DEBT" "$verb" "${arguments[@]}" -- ${paths[@]+"${paths[@]}"} || status=$?
case $status in
    0) word=holds ;;
    1) word=fails ;;
    *) word=unscored ;;
esac
{
    echo "status=$word"
    if [ -s "$report" ] && [ "$word" != unscored ]; then
        echo "report=$report"
        jq -r '"points=\(.score.mp / 1000)", "grade=\(.score.grade)", "rise=\(if .change then .change.rise_mp / 1000 else "" end)"' "$report"
    fi
    if [ -s "$markdown" ]; then echo "markdown=$markdown"; fi
} >> "$GITHUB_OUTPUT"
exit "$status"
