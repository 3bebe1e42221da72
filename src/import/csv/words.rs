//! The one table of header words: what HR systems and directories call each column, by role and language. There is
//! no code for a single vendor: `BambooHR`, Workday or `SmartHR` are words here.

use super::role::Role;

/// Words of one role in one language, the likeliest first. Case, accents, blanks and punctuation do not count.
pub(super) struct Words(
    pub(super) Role,
    #[cfg_attr(not(test), expect(dead_code, reason = "for who reads the table, and for its test"))]
    pub(super) &'static str,
    pub(super) &'static [&'static str],
);

/// Every role's words. A word behind another of its role gives way to it; a word of two roles belongs to the first.
/// What names a manager's attribute (*Reports To Associate ID*, 上長社員番号) is made of `MANAGERS` and these.
#[rustfmt::skip]
pub(super) const WORDS: &[Words] = &[
    Words(Role::Id, "en", &["employee id", "emp id", "empl id", "employee number", "employee no", "emp no", "empl no", "employee code", "emp code", "employee identifier", "employee key", "ee id", "person id", "person number", "person id external", "personnel number", "personnel no", "staff id", "staff number", "staff no", "worker id", "worker number", "associate id", "associate number", "payroll number", "payroll id", "file number", "badge number", "badge id", "hris id", "eid", "user id", "user sys id", "id", "uid", "user name", "login", "login name", "sam account name", "logon name", "account name", "user principal name", "upn", "user logon name", "external id", "unique id", "identifier", "object id", "azure ad object id", "object guid"]),
    Words(Role::Id, "de", &["personalnummer", "personal nr", "pers nr", "personalnr", "persnr", "pernr", "mitarbeiternummer", "mitarbeiter nr", "mitarbeiter id", "stammnummer", "benutzername", "anmeldename", "kennung"]),
    Words(Role::Id, "fr", &["matricule", "n matricule", "numero de matricule", "identifiant", "id salarie", "id employe", "numero employe", "numero salarie", "code salarie", "code employe"]),
    Words(Role::Id, "es", &["legajo", "numero de empleado", "no empleado", "n empleado", "num empleado", "id empleado", "id de empleado", "codigo de empleado", "clave de empleado", "codigo empleado", "numero de personal", "usuario"]),
    Words(Role::Id, "it", &["matricola", "codice dipendente", "id dipendente", "numero dipendente", "codice", "nome utente"]),
    Words(Role::Id, "pt", &["matricula", "codigo do funcionario", "id do funcionario", "numero do colaborador", "id colaborador", "registro"]),
    Words(Role::Id, "nl", &["personeelsnummer", "medewerkernummer", "medewerkersnummer", "medewerker id", "medewerker nr", "werknemernummer", "werknemer id", "personeelsnr", "gebruikersnaam", "medewerkercode"]),
    Words(Role::Id, "ja", &["社員番号", "従業員番号", "社員id", "従業員id", "社員no", "社員コード", "従業員コード", "職員番号", "ユーザーid", "ログインid"]),
    Words(Role::Id, "zh", &["工号", "员工编号", "员工号", "员工工号", "员工id", "人员编号", "员工userid", "用户id", "用户名", "账号", "員工編號", "工號", "員工代號", "員編", "使用者名稱"]),
    Words(Role::Id, "ko", &["사번", "사원번호", "직원번호", "직원id", "사원id", "아이디"]),

    Words(Role::Name, "en", &["full name", "display name", "employee name", "employee full name", "worker name", "preferred name", "preferred full name", "legal name", "legal full name", "last name first name", "first name last name", "surname first name", "first and last name", "last first name", "payroll name", "real name", "common name", "cn", "name", "employee", "worker", "associate", "associate name", "staff name", "member", "person", "team member"]),
    Words(Role::Name, "de", &["vollstandiger name", "anzeigename", "mitarbeitername", "mitarbeiter", "mitarbeiterin", "nachname vorname", "name vorname", "familienname vorname", "vor und nachname", "vor und zuname", "vorname nachname"]),
    Words(Role::Name, "fr", &["nom complet", "nom et prenom", "nom prenom", "prenom nom", "prenom et nom", "nom affiche", "collaborateur", "salarie", "employe", "nom"]),
    Words(Role::Name, "es", &["nombre completo", "nombre y apellidos", "nombre y apellido", "apellidos y nombre", "apellido y nombre", "nombres y apellidos", "apellidos y nombres", "nombre del empleado", "empleado", "colaborador", "trabajador", "nombre para mostrar"]),
    Words(Role::Name, "it", &["nominativo", "cognome e nome", "nome e cognome", "cognome nome", "nome cognome", "nome completo", "dipendente", "nome visualizzato"]),
    Words(Role::Name, "pt", &["nome do funcionario", "nome do colaborador", "funcionario", "nome de exibicao"]),
    Words(Role::Name, "nl", &["volledige naam", "weergavenaam", "achternaam voornaam", "naam medewerker", "medewerker", "werknemer", "naam"]),
    Words(Role::Name, "ja", &["氏名", "名前", "社員名", "従業員名", "従業員氏名", "社員氏名", "表示名", "フルネーム", "お名前"]),
    Words(Role::Name, "zh", &["姓名", "员工姓名", "员工", "名字", "成员", "員工姓名", "中文姓名", "显示名称", "顯示名稱"]),
    Words(Role::Name, "ko", &["이름", "성명", "직원명", "사원명", "표시이름"]),

    Words(Role::FirstName, "en", &["preferred first name", "first name", "given name", "forename", "legal first name", "legal given name", "first", "fname", "known as", "legal name first name", "preferred name first name"]),
    Words(Role::FirstName, "de", &["vorname", "rufname", "vornamen"]),
    Words(Role::FirstName, "fr", &["prenom", "prenom usuel", "prenom d usage", "prenoms"]),
    Words(Role::FirstName, "es", &["nombre", "nombres", "nombre de pila", "primer nombre"]),
    Words(Role::FirstName, "it", &["nome"]),
    Words(Role::FirstName, "pt", &["primeiro nome"]),
    Words(Role::FirstName, "nl", &["voornaam", "roepnaam", "voornamen"]),
    Words(Role::FirstName, "ja", &["名", "ビジネスネーム名"]),

    Words(Role::Infix, "nl", &["tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels", "infix"]),
    Words(Role::LastName, "en", &["preferred last name", "last name", "surname", "family name", "legal last name", "legal surname", "last", "lname", "sn", "legal name last name", "preferred name last name"]),
    Words(Role::LastName, "de", &["nachname", "familienname", "zuname"]),
    Words(Role::LastName, "fr", &["nom d usage", "nom usuel", "nom de famille"]),
    Words(Role::LastName, "es", &["apellidos", "apellido", "primer apellido", "apellido paterno"]),
    Words(Role::LastName, "it", &["cognome"]),
    Words(Role::LastName, "pt", &["sobrenome", "apelido", "ultimo nome"]),
    Words(Role::LastName, "nl", &["achternaam", "geslachtsnaam"]),
    Words(Role::LastName, "ja", &["姓", "ビジネスネーム姓", "苗字"]),
    Words(Role::LastName, "ko", &["성"]),

    Words(Role::Email, "en", &["work email", "work email address", "email primary work", "primary work email", "company email", "business email", "business email address", "corporate email", "email", "email address", "email id", "e mail", "mail", "primary email", "email work", "work mail", "office email", "official email", "work contact work email", "mail address", "primary email address"]),
    Words(Role::Email, "de", &["geschaftliche e mail", "dienstliche e mail", "e mail geschaftlich", "e mail adresse", "mailadresse", "emailadresse", "e mail dienstlich", "firmen e mail"]),
    Words(Role::Email, "fr", &["e mail professionnel", "email professionnel", "adresse e mail", "adresse email", "adresse mail", "adresse e mail professionnelle", "adresse electronique", "courriel", "courriel professionnel", "mail professionnel", "mel"]),
    Words(Role::Email, "es", &["correo corporativo", "correo electronico corporativo", "correo electronico", "correo", "correo de trabajo", "direccion de correo electronico", "email corporativo", "email empresa"]),
    Words(Role::Email, "it", &["email aziendale", "e mail aziendale", "indirizzo e mail", "indirizzo email", "posta elettronica", "indirizzo di posta elettronica"]),
    Words(Role::Email, "pt", &["e mail corporativo", "email corporativo", "e mail profissional", "endereco de e mail", "correio eletronico"]),
    Words(Role::Email, "nl", &["zakelijk e mailadres", "e mailadres", "emailadres", "zakelijke e mail", "e mail werk", "werk e mail", "e mail zakelijk"]),
    Words(Role::Email, "ja", &["メールアドレス", "メール", "会社メールアドレス", "社用メールアドレス", "eメール", "業務用メールアドレス"]),
    Words(Role::Email, "zh", &["邮箱", "工作邮箱", "企业邮箱", "公司邮箱", "电子邮箱", "电子邮件", "邮箱地址", "邮件", "電子郵件", "電子信箱", "公司信箱", "信箱"]),
    Words(Role::Email, "ko", &["이메일", "메일", "회사이메일", "이메일주소", "전자우편"]),

    Words(Role::Dn, "en", &["distinguished name", "dn"]),

    Words(Role::Title, "en", &["job title", "business title", "job title description", "position title", "employee title", "working title", "title", "job position", "position", "job", "job name", "job description", "role", "job role", "job profile", "designation", "occupation"]),
    Words(Role::Title, "de", &["stellenbezeichnung", "positionsbezeichnung", "jobtitel", "stelle", "funktion", "berufsbezeichnung", "tatigkeit", "rolle"]),
    Words(Role::Title, "fr", &["intitule de poste", "intitule du poste", "poste", "fonction", "emploi", "libelle emploi", "metier", "titre du poste"]),
    Words(Role::Title, "es", &["puesto", "puesto de trabajo", "cargo", "posicion", "funcion", "nombre del puesto"]),
    Words(Role::Title, "it", &["mansione", "qualifica", "ruolo", "posizione"]),
    Words(Role::Title, "pt", &["funcao", "cargo atual"]),
    Words(Role::Title, "nl", &["functie", "functietitel", "functienaam", "functieomschrijving", "functiebenaming", "rol"]),
    Words(Role::Title, "ja", &["役職", "役職名", "職位", "職種", "肩書", "肩書き", "ポジション"]),
    Words(Role::Title, "zh", &["职位", "岗位", "职务", "职位名称", "岗位名称", "職稱", "職位", "職務"]),
    Words(Role::Title, "ko", &["직책", "직위", "직급", "직무", "직함"]),

    Words(Role::Squad, "en", &["squad", "squad id", "squad name"]),
    Words(Role::Guild, "en", &["guild", "chapter", "guild name", "chapter name", "discipline", "craft", "community of practice", "practice area", "competence center", "competency center"]),
    Words(Role::Guild, "de", &["gilde", "fachgruppe", "disziplin"]),
    Words(Role::Guild, "fr", &["guilde", "chapitre", "discipline metier"]),
    Words(Role::Guild, "es", &["gremio", "capitulo", "disciplina"]),
    Words(Role::Guild, "nl", &["gilde nl", "vakgroep"]),
    Words(Role::Guild, "ja", &["ギルド", "チャプター"]),

    Words(Role::RatedBy, "en", &["rated by", "rater", "performance reviewer", "performance rater", "appraiser", "rating manager", "performance manager"]),
    Words(Role::RatedBy, "de", &["beurteiler", "beurteilt von"]),
    Words(Role::RatedBy, "fr", &["evaluateur"]),
    Words(Role::RatedBy, "es", &["evaluador"]),

    Words(Role::Position, "en", &["position id", "position number", "job id", "position code", "position no"]),
    Words(Role::Position, "de", &["planstelle", "planstellennummer"]),

    Words(Role::Started, "en", &["hire date", "start date", "date of hire", "date hired", "hired on", "hired", "join date", "joined date", "joined", "date joined", "date of joining", "date of join", "joining date", "doj", "doh", "most recent hire date", "last hire date", "original hire date", "original start date", "employment start date", "employment date", "company start date", "first day of work", "first day", "service date", "continuous service date", "seniority date", "entry date", "started", "start", "commencement date", "onboarding date", "employee hire date"]),
    Words(Role::Started, "de", &["eintrittsdatum", "eintritt", "eintrittstermin", "einstellungsdatum", "anstellungsdatum", "einstelldatum", "beschaftigungsbeginn", "anstellungsbeginn", "startdatum", "beginn", "eintritt am", "vertragsbeginn"]),
    Words(Role::Started, "fr", &["date d entree", "date embauche", "date d embauche", "date d arrivee", "date de debut", "date de debut de contrat", "date d anciennete", "date entree societe", "entree"]),
    Words(Role::Started, "es", &["fecha de ingreso", "fecha de alta", "fecha de contratacion", "fecha de incorporacion", "fecha de inicio", "fecha de entrada", "fecha de antiguedad", "fecha alta"]),
    Words(Role::Started, "it", &["data di assunzione", "data assunzione", "data di ingresso", "data inizio", "data di inizio", "data inizio rapporto", "data di inizio rapporto", "assunto il"]),
    Words(Role::Started, "pt", &["data de admissao", "data admissao", "admissao", "data de entrada", "data de inicio", "data de contratacao"]),
    Words(Role::Started, "nl", &["datum in dienst", "indiensttreding", "datum indiensttreding", "in dienst", "in dienst sinds", "in dienst per", "datum in dienst treding", "begindatum", "begindatum dienstverband", "indienstdatum"]),
    Words(Role::Started, "ja", &["入社年月日", "入社日", "入社日付", "採用日", "雇用開始日", "入社"]),
    Words(Role::Started, "zh", &["入职日期", "入职时间", "入职日", "加入日期", "聘用日期", "到职日期", "入職日期", "到職日", "到職日期", "入司日期"]),
    Words(Role::Started, "ko", &["입사일", "입사일자", "입사날짜", "채용일"]),

    Words(Role::Left, "en", &["termination date", "end date", "leave date", "leaving date", "last working day", "last working date", "last day of work", "last day worked", "last day", "exit date", "date of leaving", "date of termination", "date of exit", "dol", "separation date", "employment end date", "company end date", "departure date", "offboarding date", "resignation date", "relieving date", "left", "left on", "terminated on", "date left", "employee leave date time"]),
    Words(Role::Left, "de", &["austrittsdatum", "austritt", "letzter arbeitstag", "austritt am", "beschaftigungsende", "anstellungsende", "enddatum", "ausgeschieden am"]),
    Words(Role::Left, "fr", &["date de sortie", "date de depart", "date de fin", "date de fin de contrat", "sortie", "dernier jour travaille", "date sortie societe"]),
    Words(Role::Left, "es", &["fecha de baja", "fecha de salida", "fecha de egreso", "fecha de termino", "fecha de terminacion", "fecha de cese", "fecha de fin", "ultimo dia", "fecha baja"]),
    Words(Role::Left, "it", &["data di cessazione", "data cessazione", "data fine rapporto", "data di fine rapporto", "data di uscita", "data fine", "data dimissioni", "cessato il"]),
    Words(Role::Left, "pt", &["data de demissao", "data de desligamento", "data demissao", "data de saida", "data de rescisao", "desligamento"]),
    Words(Role::Left, "nl", &["datum uit dienst", "uit dienst", "uitdiensttreding", "datum uitdiensttreding", "uit dienst per", "einddatum", "einddatum dienstverband", "uitdienstdatum", "laatste werkdag"]),
    Words(Role::Left, "ja", &["退職年月日", "退職日", "退社日", "退職日付", "退社年月日", "最終出社日", "離職日"]),
    Words(Role::Left, "zh", &["离职日期", "离职时间", "离职日", "最后工作日", "離職日期", "離職日", "退职日期"]),
    Words(Role::Left, "ko", &["퇴사일", "퇴직일", "퇴사일자", "퇴직일자"]),

    Words(Role::Status, "en", &["employment status", "employee status", "worker status", "position status", "status", "account status", "user status", "lifecycle status", "hr status", "work status", "assignment status", "assignment status type", "employment state", "lifecycle state", "employee state"]),
    Words(Role::Status, "de", &["beschaftigungsstatus", "mitarbeiterstatus", "anstellungsstatus", "personalstatus"]),
    Words(Role::Status, "fr", &["statut", "etat", "situation", "statut du salarie", "statut employe", "statut du collaborateur"]),
    Words(Role::Status, "es", &["estado", "estatus", "situacion", "situacion laboral", "estado del empleado", "estado laboral", "estado empleado"]),
    Words(Role::Status, "it", &["stato", "stato dipendente", "stato rapporto", "stato del rapporto"]),
    Words(Role::Status, "pt", &["situacao", "status do funcionario", "situacao do colaborador"]),
    Words(Role::Status, "nl", &["status dienstverband", "status medewerker", "dienstverband status"]),
    Words(Role::Status, "ja", &["在籍状況", "在籍区分", "在籍ステータス", "在籍状態", "ステータス", "状態", "雇用ステータス"]),
    Words(Role::Status, "zh", &["员工状态", "在职状态", "状态", "人员状态", "在離職狀態", "員工狀態", "狀態", "在職狀態", "账号状态"]),
    Words(Role::Status, "ko", &["재직상태", "상태", "재직구분", "근무상태", "재직여부"]),

    Words(Role::Active, "en", &["account enabled", "enabled", "active", "is active", "is enabled", "active status", "currently active", "active employee", "currently employed", "is employed"]),
    Words(Role::Active, "de", &["aktiv", "konto aktiviert", "aktiviert"]),
    Words(Role::Active, "fr", &["actif", "compte active", "compte actif"]),
    Words(Role::Active, "es", &["activo", "cuenta habilitada", "habilitado"]),
    Words(Role::Active, "it", &["attivo", "abilitato"]),
    Words(Role::Active, "nl", &["actief", "ingeschakeld"]),
    Words(Role::Active, "pt", &["ativo"]),
    Words(Role::Active, "ja", &["有効"]),
    Words(Role::Active, "zh", &["是否在职", "在职", "启用"]),

    Words(Role::Gone, "en", &["suspended", "is suspended", "terminated", "is terminated", "deactivated", "disabled", "is disabled", "deleted", "is deleted", "inactive", "archived", "is archived", "account disabled", "block credential", "sign in blocked", "block sign in", "is former employee"]),
    Words(Role::Gone, "de", &["inaktiv", "ausgeschieden", "gesperrt", "deaktiviert"]),
    Words(Role::Gone, "fr", &["inactif", "suspendu", "desactive"]),
    Words(Role::Gone, "es", &["inactivo", "suspendido", "desactivado"]),

    Words(Role::AccountType, "en", &["user type", "account type", "is bot", "bot", "user account control"]),
];

/// What a manager is called: alone a column of managers, and with a word for an id, an address or a name that of one.
#[rustfmt::skip]
pub(super) const MANAGERS: &[&str] = &[
    "manager", "line manager", "direct manager", "reporting manager", "people manager", "primary manager", "immediate manager", "current manager", "solid line manager", "current direct manager", "reports to", "reporting to", "supervisor", "direct supervisor", "immediate supervisor", "line supervisor", "primary supervisor", "superior", "immediate superior", "boss", "parent", "team manager", "team lead", "team leader", "direct reporting manager", "l1 manager", "manager level 1", "delivery owner", "supervisors", "managers", "manager user",
    "vorgesetzter", "vorgesetzte", "vorgesetzte r", "vorgesetzter in", "vorgesetzten", "direkter vorgesetzter", "direkte fuhrungskraft", "direkte vorgesetzte", "disziplinarischer vorgesetzter", "disziplinarische fuhrungskraft", "fuhrungskraft", "berichtet an", "vorg", "teamleiter", "teamleitung",
    "responsable hierarchique", "superieur hierarchique", "responsable", "responsable direct", "manager direct", "superieur", "n 1", "n1", "chef direct", "manager n 1", "encadrant",
    "jefe directo", "jefe inmediato", "jefe", "jefa", "jefatura", "responsable directo", "superior directo", "superior inmediato", "reporta a", "supervisor directo", "gerente directo",
    "responsabile", "responsabile diretto", "diretto superiore", "superiore diretto", "superiore", "capo", "riporta a",
    "gestor", "gestor direto", "gestor imediato", "superior imediato", "chefe", "chefia", "lider", "lider direto", "reporta se a",
    "leidinggevende", "direct leidinggevende", "directe leidinggevende", "rapporteert aan", "teamleider", "verantwoordelijke",
    "上長", "上司", "直属上司", "直属の上司", "直属上長", "直属の上長", "マネージャー", "マネージャ", "評価者上長", "所属長", "レポート先", "レポートライン",
    "直属上级", "直接上级", "直接主管", "直属主管", "上级", "上级主管", "主管", "汇报对象", "汇报人", "汇报上级", "直屬主管", "直屬上級", "上級主管", "实线上级", "实线主管",
    "상사", "직속상사", "직속상급자", "직속상관", "관리자", "상급자", "팀장", "조직장", "매니저", "보고대상",
];

/// What the owner of somebody's craft is called, where an organisation has a second line.
#[rustfmt::skip]
pub(super) const CRAFT_OWNERS: &[&str] = &[
    "craft owner", "dotted line manager", "dotted line", "dotted line supervisor", "dotted manager", "dotted line reports to", "dotted line to", "dotted reporting manager", "matrix manager", "matrix managers", "matrix supervisor", "functional manager", "functional supervisor", "functional lead", "secondary manager", "second manager", "secondary supervisor", "indirect manager", "chapter lead", "chapter leader", "chapter manager", "guild lead", "guild leader", "discipline lead", "discipline manager", "craft lead", "craft manager", "practice lead", "practice manager", "competency lead", "competence lead",
    "fachlicher vorgesetzter", "fachliche vorgesetzte", "fachvorgesetzter", "fachliche fuhrungskraft", "fachliche fuhrung", "fachliche leitung", "matrix vorgesetzter",
    "responsable fonctionnel", "manager fonctionnel", "superieur fonctionnel", "manager matriciel", "responsable matriciel", "responsable metier",
    "responsable funcional", "jefe funcional", "gerente funcional", "jefe matricial", "responsable matricial",
    "responsabile funzionale", "superiore funzionale", "responsabile matriciale",
    "gestor funcional", "gestor matricial",
    "functioneel leidinggevende", "functioneel manager", "matrix leidinggevende",
    "兼務先上長", "ドットライン上長", "ドットラインマネージャー", "機能上長",
    "虚线上级", "虚线主管", "虚线汇报", "虚线汇报人", "职能主管", "虛線主管",
    "점선상사", "기능관리자", "점선보고",
];

/// What a department is called, for `--squads department`.
#[rustfmt::skip]
pub(super) const DEPARTMENTS: &[&str] = &[
    "department", "department name", "dept", "dept name", "home department description", "home department", "department description", "supervisory organization", "org unit", "org unit path", "organizational unit", "sub unit", "business unit", "division", "cost center",
    "abteilung", "bereich", "organisationseinheit", "kostenstelle",
    "departement", "service", "direction", "pole",
    "departamento", "area", "dipartimento", "reparto", "ufficio", "setor", "afdeling",
    "部署", "部署名", "部門", "所属", "部门", "部门名称", "部門名稱", "부서", "부서명", "소속",
];

/// What a team is called, for `--squads team`.
#[rustfmt::skip]
pub(super) const TEAMS: &[&str] = &[
    "team", "team name", "team id", "teams", "squad", "group", "gruppe", "equipe", "equipo", "squadra", "gruppo", "チーム", "チーム名", "团队", "小组", "團隊", "팀", "팀명",
];

/// What may stand in front of a header's own words, or be the table that it comes from.
#[rustfmt::skip]
pub(super) const IN_FRONT: &[&str] = &[
    "employees", "employee", "workers", "worker", "users", "user", "person", "persons", "staff", "profile", "associate", "members", "member", "current", "attributes", "properties", "mitarbeiter", "collaborateur", "empleado", "medewerker", "dipendente", "emp",
];

/// Small words that say nothing about a column.
#[rustfmt::skip]
pub(super) const SMALL: &[&str] = &["the", "of", "de", "del", "della", "dello", "di", "du", "des", "la", "le", "les", "el", "da", "do", "d", "l", "van", "der", "s", "の", "required", "read", "only"];

#[cfg(test)]
mod tests {
    use super::super::header::meaning;
    use super::super::role::Role;
    use super::WORDS;

    #[test]
    fn each_language_has_the_words_that_every_export_has() {
        for language in ["en", "de", "fr", "es", "it", "nl", "ja", "zh"] {
            for role in
                [Role::Id, Role::Name, Role::Email, Role::Title, Role::Started, Role::Left, Role::Status]
            {
                let has = WORDS.iter().any(|words| words.0 == role && words.1 == language);
                assert!(
                    has || (language == "de" && role == Role::Email),
                    "{language} has no word for {role:?}"
                );
            }
        }
    }

    #[test]
    fn a_word_means_what_the_table_says_or_what_a_role_before_it_says() {
        let order = |role: Role| Role::all().position(|known| known == role);
        for words in WORDS {
            for word in words.2 {
                let told = meaning(word).map(|meaning| meaning.role);
                let before = told.is_some_and(|told| {
                    told == words.0 || order(told) < order(words.0) || told == Role::Name
                });
                assert!(before, "{word} is {told:?}, not {:?}", words.0);
            }
        }
    }
}
