//! The language server, driven by a client of our own and by Neovim.

mod broken;
mod client;
mod features;
mod folders;
mod neovim;
mod protocol;
mod random;
mod tables;
mod vscode;

/// A portfolio with something to say about: emoji and CJK before what is looked at.
pub(crate) const TEAM: &str = "\
version: 1
as_of: 2026-11-20
people:
  - {id: bo, name: \"Bo \u{1F600} Lindqvist\", squad: ledger, guild: backend, track: officer}
  - {id: cy, name: \u{674E}\u{96F7}, squad: ledger, guild: backend, track: warrant}
  - id: ana
    name: Ana
    squad: ledger
    guild: backend
  - {id: dee, external: true}
squads:
  - {id: ledger, name: Ledger, lead: bo, escalates_to: dee}
guilds:
  - {id: backend, lead: cy}
meetings:
  - {id: bo-ana, owner: bo, with: ana, purpose: both, every: weekly, last_held: 2026-11-18}
  # Not labelled yet.
  - {id: bo-cy, owner: bo, with: cy, every: weekly, last_held: 2026-11-18}
  - {owner: cy, with: bo, purpose: craft, every: monthly, last_held: 2026-11-03}
conversations:
  - id: ana-promotion
    kind: promotion
    owner: bo
    with: ana
    raised: 2026-08-01
    due: 2026-08-15
acknowledgements:
  - factor: D101:meeting:bo-ana
    reason: Cy has no time before December
    named_on: 2026-11-10
    through: 2026-12-05
";
