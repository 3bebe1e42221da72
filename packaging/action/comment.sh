#!/usr/bin/env bash
# Writes the report as a comment of the pull request, or writes the one anew that is there. A step of action.yml.
#
# The first line of the report is hidden and names the portfolio, so that each portfolio has a comment of its own.
set -euo pipefail
marker=$(head -n 1 "$MARKDOWN")
case $marker in
    "<!-- debt:report "*) ;;
    *) echo "the report has no marker, so there would be a new comment each time" >&2; exit 2 ;;
esac
comments="repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments"
there=$(gh api --paginate "$comments" --jq '.[]' \
    | jq -r --arg marker "$marker" 'select(.user.type == "Bot" and (.body | startswith($marker))) | .id' | head -n 1)
if [ -n "$there" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$there" --field "body=@$MARKDOWN"
else
    gh api --silent --method POST "$comments" --field "body=@$MARKDOWN"
fi
