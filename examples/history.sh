#!/bin/sh
# Makes a small repository in which a portfolio has a history, for docs/history.md:
#
#     mkdir ledger && sh examples/history.sh ledger && cd ledger && debt history --why
set -eu
cd "$1"
git init --quiet --initial-branch=main .

# Commits everything at noon of a day.
commit() {
  git add --all
  GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" \
    git -c user.name=Bo -c user.email=bo@example.org commit --quiet --message "$2"
}

# Changes the portfolio by a script of sed.
edit() {
  sed "$1" portfolio.yaml > changed.yaml
  mv changed.yaml portfolio.yaml
}

cat > portfolio.yaml << 'END'
name: Ledger
people:
  - {id: ines, external: true}
  - {id: bo, squad: ledger, guild: backend, delivery_owner: ines}
  - {id: cy, squad: ledger, guild: backend}
  - {id: ana, squad: ledger, guild: backend}
  - {id: gus, squad: ledger, guild: backend}
  - {id: lena, squad: ledger, guild: backend}
  - {id: sol, squad: ledger, guild: backend}
squads:
  - {id: ledger, name: Ledger, lead: bo, escalates_to: ines}
guilds:
  - {id: backend, name: Backend, lead: cy}
meetings:
  - {id: ines-bo, owner: ines, with: bo, purpose: delivery}
  - {id: cy-bo, owner: cy, with: bo, purpose: craft}
  - {id: bo-cy, owner: bo, with: cy, purpose: delivery}
  - {id: bo-ana, owner: bo, with: ana, purpose: both}
  - {id: bo-gus, owner: bo, with: gus}
  - {id: bo-lena, owner: bo, with: lena, purpose: delivery}
  - {id: bo-sol, owner: bo, with: sol, purpose: delivery}
  - {id: cy-sol, owner: cy, with: sol, purpose: craft}
  - {id: cy-lena, owner: cy, with: lena, purpose: craft}
conversations:
  - {id: ana-pay, kind: pay, owner: bo, with: ana, raised: 2026-07-20, due: 2026-08-10}
END
commit 2026-08-03 'Write down who owns which line'

edit 's/owner: bo, with: gus/&, purpose: delivery/'
commit 2026-08-26 'Say what the 1:1 of Bo and Gus is for'

cat >> portfolio.yaml << 'END'
  - {id: sol-promotion, kind: promotion, owner: bo, with: sol, raised: 2026-09-07, due: 2026-09-14}
END
commit 2026-09-09 'Bo owes Sol the talk about the promotion'

edit 's/with: lena, purpose: delivery/with: lena, purpose: both/'
commit 2026-09-16 'Bo and Lena talk about everything in their 1:1'

edit 's/id: lena, squad: ledger/id: lena, squad: legder/'
commit 2026-09-25 'Tidy up'
edit 's/legder/ledger/'
commit 2026-09-28 'Spell the squad as it is called'

edit 's/due: 2026-08-10/&, held: 2026-10-06/'
commit 2026-10-06 'The pay talk with Ana was held'

edit 's/with: ana, purpose: both/with: ana, purpose: delivery/
/bo-gus/i\
\  - {id: cy-ana, owner: cy, with: ana, purpose: craft}'
commit 2026-10-21 'Split the 1:1 with Ana'

edit '/id: sol, squad/a\
\  - {id: mei, squad: ledger, guild: backend, started: 2026-11-02}'
commit 2026-11-02 'Mei joins'

edit '/bo-gus/i\
\  - {id: bo-mei, owner: bo, with: mei, purpose: delivery}'
commit 2026-11-10 'A 1:1 for Mei'
