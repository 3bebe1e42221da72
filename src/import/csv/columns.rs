//! Which column means what: the names that the usual HR systems give them, or what somebody mapped.

use super::sheet::{Row, Table};
use crate::base::message::{Message, message};
use crate::base::nearest::nearest;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Mark, Place};

/// What a column can be for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Role {
    Id,
    Name,
    FirstName,
    LastName,
    Email,
    Title,
    Squad,
    ManagerId,
    ManagerEmail,
    ManagerName,
    Position,
    ManagerPosition,
    Started,
    Left,
}

/// A role: the word it is mapped by, and the names of columns that are taken for it, the likeliest first, without
/// case, blanks or punctuation.
struct Known(Role, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const KNOWN: [Known; 14] = [
    Known(Role::Id, "id", &["employeeid", "empid", "employeenumber", "employeeno", "empno", "personid", "personnumber", "personnelnumber", "personnelno", "personalnummer", "persnr", "pernr", "staffid", "staffnumber", "workerid", "associateid", "userid", "matricule", "legajo", "matricula", "mitarbeiternummer", "mitarbeiterid", "mitarbeiternr", "id", "uid", "username", "login"]),
    Known(Role::Name, "name", &["fullname", "displayname", "employeename", "workername", "preferredname", "legalname", "name", "employee", "worker", "nombrecompleto", "nomcomplet"]),
    Known(Role::FirstName, "first_name", &["firstname", "givenname", "forename", "preferredfirstname", "vorname", "prenom", "nombre", "nome"]),
    Known(Role::LastName, "last_name", &["lastname", "surname", "familyname", "nachname", "familienname", "nomdefamille", "apellido", "apellidos", "sobrenome"]),
    Known(Role::Email, "email", &["workemail", "workemailaddress", "email", "emailaddress", "mail", "businessemail", "companyemail", "userprincipalname"]),
    Known(Role::Title, "title", &["jobtitle", "title", "positiontitle", "businesstitle", "position", "role", "jobprofile", "designation", "stellenbezeichnung", "poste", "puesto", "cargo"]),
    Known(Role::Squad, "squad", &["squad", "squadid"]),
    Known(Role::ManagerId, "manager", &["managerid", "manageremployeeid", "managerempid", "manageremployeenumber", "managernumber", "managerno", "supervisorid", "supervisoremployeeid", "supervisornumber", "linemanagerid", "reportstoid", "reportstoemployeeid", "reportingmanagerid", "reportsto", "reportingto", "directmanagerid", "manageruserid", "bossid", "parentid", "superiorid", "vorgnr", "vorgesetztennummer", "vorgesetzterid", "manager", "supervisor", "linemanager", "reportingmanager", "directmanager", "vorgesetzter"]),
    Known(Role::ManagerEmail, "manager_email", &["manageremail", "manageremailaddress", "supervisoremail", "linemanageremail", "reportstoemail", "managerworkemail", "managermail"]),
    Known(Role::ManagerName, "manager_name", &["managername", "supervisorname", "linemanagername", "reportingmanagername", "reportstoname", "managerfullname"]),
    Known(Role::Position, "position_id", &["jobid", "positionid", "positionnumber", "planstelle"]),
    Known(Role::ManagerPosition, "manager_position_id", &["reportingtojobid", "reportstojobid", "managerjobid", "managerpositionid", "reportstopositionid", "supervisorpositionid", "parentpositionid"]),
    Known(Role::Started, "started", &["hiredate", "startdate", "dateofhire", "datehired", "hiredon", "joindate", "dateofjoining", "joiningdate", "originalhiredate", "employmentstartdate", "entrydate", "started", "eintrittsdatum", "eintritt", "dateembauche", "fechaingreso", "dataadmissao"]),
    Known(Role::Left, "left", &["terminationdate", "enddate", "leavedate", "leavingdate", "lastworkingday", "exitdate", "dateofleaving", "dateoftermination", "employmentenddate", "left", "austrittsdatum", "austritt", "datesortie", "fechabaja"]),
];

/// What a department is called, for `--squads department` and `--squads team`.
const DEPARTMENTS: [&str; 8] = [
    "department",
    "departmentname",
    "dept",
    "deptname",
    "abteilung",
    "departement",
    "departamento",
    "costcenter",
];
const TEAMS: [&str; 6] = ["team", "teamname", "teamid", "squad", "group", "gruppe"];

impl Role {
    /// The word by which `--map` names it.
    pub fn word(self) -> &'static str {
        KNOWN.iter().find(|known| known.0 == self).map_or("", |known| known.1)
    }

    /// The role that a word names.
    pub fn of_word(word: &str) -> Option<Role> {
        KNOWN.iter().find(|known| known.1 == word).map(|known| known.0)
    }

    /// Every word that `--map` knows.
    pub fn words() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().map(|known| known.1)
    }

    /// Every role, in the order in which they are shown.
    pub fn all() -> impl Iterator<Item = Role> {
        KNOWN.iter().map(|known| known.0)
    }
}

/// Which column a role has.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns(Vec<(Role, usize)>);

impl Columns {
    /// The column of a role.
    pub(super) fn of(&self, role: Role) -> Option<usize> {
        self.0.iter().find(|(known, _)| *known == role).map(|(_, column)| *column)
    }

    /// Whether a column is read at all.
    pub(super) fn is_read(&self, column: usize) -> bool {
        self.0.iter().any(|(_, read)| *read == column)
    }

    /// A cell as an error may show it: the first line of one that is read; of others only that they are there.
    pub(super) fn shown<'r>(&self, column: usize, row: &'r Row) -> &'r str {
        match row.cells.get(column).map_or("", String::as_str) {
            cell if cell.is_empty() || self.is_read(column) => cell.lines().next().unwrap_or_default(),
            _ => "\u{2026}",
        }
    }
}

/// What somebody said about the columns.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// `--map ROLE=COLUMN`.
    pub map: Vec<(Role, String)>,
    /// `--squads`: `department`, `team` or the name of a column.
    pub squads: Option<String>,
}

/// Finds the columns. What was mapped must be there; what is not recognised is not read.
pub(super) fn find(table: &Table, mapping: &Mapping, file: FileIx, diagnostics: &mut Diagnostics) -> Columns {
    let plain: Vec<String> = table.headers.iter().map(|header| plain(header)).collect();
    let mut columns = Columns::default();
    for (role, name) in &mapping.map {
        columns.0.extend(named(table, name, file, diagnostics).map(|column| (*role, column)));
    }
    if let Some(squads) = &mapping.squads {
        let by_names =
            |names: &[&str]| names.iter().find_map(|name| plain.iter().position(|header| header == name));
        let column = match squads.as_str() {
            "department" => by_names(&DEPARTMENTS),
            "team" => by_names(&TEAMS),
            _ => None,
        };
        columns.0.extend(
            column.or_else(|| named(table, squads, file, diagnostics)).map(|column| (Role::Squad, column)),
        );
    }
    for Known(role, _, names) in &KNOWN {
        if columns.of(*role).is_some() {
            continue;
        }
        let free = |name: &&str| {
            plain.iter().enumerate().position(|(index, header)| header == name && !columns.is_read(index))
        };
        if let Some(column) = names.iter().find_map(free) {
            columns.0.push((*role, column));
        }
    }
    for (role, column) in &columns.0 {
        let same = plain.iter().filter(|header| **header == plain[*column]).count();
        if same > 1 {
            let message =
                message!("the column ", table.headers[*column].clone(), " appears twice, and it is read as ");
            let place = Place::exact(file, Mark { line: 1, column: 1 }, 1);
            let message = message.and(Message::words(role.word().to_owned()));
            diagnostics.push(
                Diagnostic::error(Code::DuplicateColumn, message, place)
                    .help(message!("rename one of the two")),
            );
        }
    }
    columns
}

fn named(table: &Table, name: &str, file: FileIx, diagnostics: &mut Diagnostics) -> Option<usize> {
    let exact = table.headers.iter().position(|header| header == name);
    let column = exact.or_else(|| table.headers.iter().position(|header| plain(header) == plain(name)));
    if column.is_none() {
        let message = message!("unknown column ", name.to_owned());
        let place = Place::exact(file, Mark { line: 1, column: 1 }, 1);
        let near = nearest(name, table.headers.iter().map(String::as_str));
        let help = match near {
            Some(near) => message!("did you mean ", near.to_owned(), "?"),
            None => message!("the columns are ", table.headers.join(", ")),
        };
        diagnostics.push(Diagnostic::error(Code::UnknownColumn, message, place).help(help));
    }
    column
}

/// A column's name without case, blanks and punctuation: `Employee #` and `employee_id` are written in many ways.
fn plain(name: &str) -> String {
    deunicode::deunicode(name)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
