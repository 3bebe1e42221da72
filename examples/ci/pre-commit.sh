#!/bin/sh
# Copy to .git/hooks/pre-commit and make it executable: a commit that raises Decision Debt is stopped.
#
# It checks what is staged; a plain `debt check` reads the files on the disk. In a merge the commit is compared with both
# sides, and only what neither of them has is new. `git commit --no-verify` lets one commit pass.
set -eu
portfolio=${DEBT_PORTFOLIO:-portfolio.yaml}
# The first commit has nothing to be compared with, and a commit without the portfolio has nothing to check.
git rev-parse --quiet --verify HEAD > /dev/null || exit 0
git ls-files --error-unmatch -- "$portfolio" > /dev/null 2>&1 || exit 0
exec debt check --quiet --staged --against HEAD "$portfolio"
