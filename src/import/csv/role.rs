//! What a column can be for, and the word by which `--map` names it.

/// What a column can be for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// What tells people apart.
    Id,
    /// The whole name.
    Name,
    /// The given name.
    FirstName,
    /// What stands between the given and the family name: *van der*.
    Infix,
    /// The family name.
    LastName,
    /// The address at work.
    Email,
    /// A directory's distinguished name.
    Dn,
    /// The job's title.
    Title,
    /// The squad.
    Squad,
    /// The guild.
    Guild,
    /// The manager, in whatever way they are named.
    Manager,
    /// The manager's id.
    ManagerId,
    /// The manager's address.
    ManagerEmail,
    /// The manager's name.
    ManagerName,
    /// The manager's given name.
    ManagerFirstName,
    /// The manager's family name.
    ManagerLastName,
    /// The position of the job.
    Position,
    /// The position of the manager's job.
    ManagerPosition,
    /// Who owns craft, in whatever way they are named.
    CraftOwner,
    /// Who owns the rating, in whatever way they are named.
    RatedBy,
    /// The level, a number from 1 to 20.
    Level,
    /// The way up: warrant or officer.
    Track,
    /// The first day.
    Started,
    /// The last day.
    Left,
    /// A word that says whether somebody is there: *Active*, *Terminated*.
    Status,
    /// Yes where somebody is there.
    Active,
    /// Yes where somebody is gone.
    Gone,
    /// What kind of account it is: a person's, a guest's, a bot's.
    AccountType,
}

#[rustfmt::skip]
const ALL: [(Role, &str); 28] = [
    (Role::Id, "id"),
    (Role::Name, "name"),
    (Role::FirstName, "first_name"),
    (Role::Infix, "infix"),
    (Role::LastName, "last_name"),
    (Role::Email, "email"),
    (Role::Dn, "dn"),
    (Role::Title, "title"),
    (Role::Squad, "squad"),
    (Role::Guild, "guild"),
    (Role::Manager, "manager"),
    (Role::ManagerId, "manager_id"),
    (Role::ManagerEmail, "manager_email"),
    (Role::ManagerName, "manager_name"),
    (Role::ManagerFirstName, "manager_first_name"),
    (Role::ManagerLastName, "manager_last_name"),
    (Role::Position, "position_id"),
    (Role::ManagerPosition, "manager_position_id"),
    (Role::CraftOwner, "craft_owner"),
    (Role::RatedBy, "rated_by"),
    (Role::Level, "level"),
    (Role::Track, "track"),
    (Role::Started, "started"),
    (Role::Left, "left"),
    (Role::Status, "status"),
    (Role::Active, "active"),
    (Role::Gone, "gone"),
    (Role::AccountType, "account_type"),
];

/// The columns that can say who manages somebody, in the order in which they are believed.
pub(super) const MANAGER_ROLES: [Role; 7] = [
    Role::ManagerId,
    Role::ManagerPosition,
    Role::ManagerEmail,
    Role::Manager,
    Role::ManagerName,
    Role::ManagerFirstName,
    Role::ManagerLastName,
];

impl Role {
    /// The word by which `--map` names it.
    pub fn word(self) -> &'static str {
        ALL.iter().find(|known| known.0 == self).map_or("", |known| known.1)
    }

    /// The role that a word names; `delivery_owner` is the portfolio's word for the manager.
    pub fn of_word(word: &str) -> Option<Role> {
        let word = if word == "delivery_owner" { "manager" } else { word };
        ALL.iter().find(|known| known.1 == word).map(|known| known.0)
    }

    /// Every word that `--map` knows.
    pub fn words() -> impl Iterator<Item = &'static str> {
        ALL.iter().map(|known| known.1)
    }

    /// Every role, in the order in which they are shown.
    pub fn all() -> impl Iterator<Item = Role> {
        ALL.iter().map(|known| known.0)
    }
}
