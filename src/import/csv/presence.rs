//! Who is there: words for somebody who is gone, for accounts that are no person's, and for a manager who is nobody.

use super::header::plain;
use super::names::with_note;
use crate::import::draft::is_nothing;

/// Whether somebody of a row is there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Presence {
    /// There, or nothing is said about it.
    Here,
    /// Terminated, suspended, deactivated.
    Gone,
    /// A bot or a service.
    Bot,
    /// A guest of another organisation.
    Guest,
    /// A position that nobody has.
    Vacant,
}

/// Words of a status column that mean that somebody is gone, written plainly.
#[rustfmt::skip]
const GONE: &[&str] = &[
    "terminated", "termed", "inactive", "deactivated", "deactive", "disabled", "suspended", "deleted", "archived", "left", "leaver", "resigned", "retired", "former", "formeremployee", "exemployee", "alumni", "alumnus", "departed", "offboarded", "exited", "separated", "dismissed", "deceased", "deprovisioned", "nolongeremployed", "nolongerwithcompany", "notactive", "ended", "released", "quit", "fired", "laidoff", "blocked", "expired", "withdrawn", "exit", "t", "voluntarytermination", "involuntarytermination", "terminatedvoluntary", "terminatedinvoluntary", "contractended", "seprated", "cancelled", "rescinded",
    "inaktiv", "ausgeschieden", "ausgetreten", "beendet", "gesperrt", "deaktiviert", "ehemalig", "ehemaliger", "pensioniert", "verstorben", "nichtaktiv", "geloscht", "entlassen",
    "inactif", "sorti", "sortie", "parti", "partie", "desactive", "desactivee", "suspendu", "suspendue", "demissionne", "demissionnaire", "licencie", "licenciee", "retraite", "ancien", "ancienne", "contrattermine", "anciensalarie", "nonactif", "archive",
    "inactivo", "inactiva", "baja", "debaja", "dadodebaja", "cesado", "cesada", "cese", "suspendido", "suspendida", "desactivado", "desactivada", "despedido", "despedida", "jubilado", "jubilada", "finalizado", "exempleado", "bajadefinitiva", "deshabilitado",
    "inattivo", "inattiva", "cessato", "cessata", "dimesso", "dimessa", "sospeso", "sospesa", "disattivato", "disattivata", "licenziato", "licenziata", "pensionato", "nonattivo", "disabilitato",
    "inativo", "inativa", "demitido", "demitida", "desligado", "desligada", "suspenso", "aposentado", "rescindido",
    "inactief", "uitdienst", "uitgeschreven", "gedeactiveerd", "geschorst", "vertrokken", "nietactief", "exmedewerker", "geblokkeerd", "gepensioneerd",
    "退職", "退職済", "退職済み", "退職者", "退社", "退社済", "離職", "無効", "停止", "停止中", "利用停止", "解雇", "死亡退職", "定年退職",
    "离职", "已离职", "离职人员", "停用", "已停用", "禁用", "已禁用", "冻结", "退休", "已退休", "注销", "離職", "已離職", "退職", "停權",
    "퇴사", "퇴직", "퇴직자", "퇴사자", "비활성", "비활성화", "정지", "휴면", "사용중지",
];

/// Words that mean that somebody is there; any other word is named.
#[rustfmt::skip]
const HERE: &[&str] = &[
    "active", "activated", "enabled", "current", "employed", "hired", "present", "onboarding", "onboarded", "accepted", "probation", "inprobation", "onprobation", "leave", "onleave", "paidleave", "unpaidleave", "leaveofabsence", "loa", "parentalleave", "maternityleave", "longtermleave", "sabbatical", "gardenleave", "furlough", "noticeperiod", "onnotice", "a", "l", "p", "fulltime", "parttime", "regular", "permanent", "temporary", "temp", "contract", "contractor", "contingent", "freelance", "freelancer", "intern", "trainee", "apprentice", "workingstudent", "employee", "fulltimeemployee", "fixedterm", "casual", "seasonal", "exempt", "nonexempt", "owner", "primaryowner", "admin", "workspaceowner", "workspaceadmin", "member", "fullmember", "invitedmember", "invited", "pending", "provisioned", "staged", "recovery", "passwordexpired", "lockedout", "pendinguseraction", "salaried", "hourly", "confirmed", "yes", "true", "1", "ok", "live", "prehire", "new",
    "aktiv", "beschaftigt", "angestellt", "vollzeit", "teilzeit", "elternzeit", "mutterschutz", "probezeit", "befristet", "unbefristet", "beurlaubt", "abwesend", "werkstudent", "praktikant", "auszubildender", "gekundigt",
    "actif", "active", "enposte", "present", "presente", "cdi", "cdd", "stagiaire", "alternant", "apprenti", "tempsplein", "tempspartiel", "conge", "enconge", "periodeessai", "salarie",
    "activo", "activa", "alta", "vigente", "indefinido", "temporal", "jornadacompleta", "mediajornada", "enlicencia", "licencia", "vacaciones",
    "attivo", "attiva", "inforza", "inservizio", "tempoindeterminato", "tempodeterminato", "aspettativa",
    "ativo", "ativa", "afastado", "ferias", "trabalhando", "clt",
    "actief", "indienst", "vast", "tijdelijk", "voltijd", "deeltijd", "metverlof",
    "在籍", "在籍中", "在職", "在職中", "有効", "休職", "休職中", "育休", "産休", "正社員", "契約社員", "アルバイト", "パート", "派遣社員", "出向", "利用中", "試用期間",
    "在职", "正式", "正式员工", "试用", "试用期", "实习", "实习生", "启用", "已激活", "激活", "休假", "在岗", "全职", "兼职",
    "재직", "재직중", "휴직", "휴직중", "활성", "정규직", "계약직", "수습", "인턴",
];

/// Words in a manager's cell that mean nobody, and in a name's that the position is vacant; written plainly.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "tbd", "tba", "tbc", "tbh", "tbhired", "tobedetermined", "tobedefined", "tobehired", "tobeannounced", "tobeconfirmed", "tobeassigned", "vacant", "vacancy", "vacantposition", "openposition", "openrole", "openreq", "open", "unfilled", "nomanager", "nomgr", "nohr", "nosupervisor", "nobody", "noone", "notassigned", "unassigned", "notapplicable", "notset", "notavailable", "nomanagerassigned", "blank", "empty", "unknown", "missing", "dummy", "placeholder", "no", "false", "nicht", "x", "xx", "xxx", "0", "00", "000", "0000", "00000", "000000", "0000000", "00000000", "boardofdirectors", "theboard", "ref", "value", "name", "self",
    "unbesetzt", "vakant", "offen", "keine", "keiner", "keinvorgesetzter", "keineangabe", "nichtzugewiesen", "nichtbesetzt", "ka", "entfallt", "leer", "niemand",
    "aucun", "aucune", "sansobjet", "vacante", "postevacant", "adefinir", "nonassigne", "apourvoir", "nonrenseigne",
    "ninguno", "ninguna", "sinasignar", "sinjefe", "noaplica", "pordefinir", "sinresponsable", "porasignar", "puestovacante",
    "nessuno", "nonassegnato", "dadefinire", "vuoto", "scoperto", "vacanteposto",
    "nenhum", "vago", "semgestor", "naoaplicavel", "adefinirse",
    "geen", "vacature", "nvt", "nietvantoepassing", "onbekend", "nogtebepalen", "openstaand",
    "なし", "無し", "未定", "空席", "未設定", "該当なし", "不在",
    "无", "暂无", "空缺", "待定", "未分配", "没有", "無", "暫無", "待聘",
    "없음", "공석", "미정", "미지정", "해당없음",
];

/// Words with which the name of a vacant position, or a manager who is to come, begins.
const NOBODY_IN_FRONT: [&str; 8] =
    ["vacant", "vacancy", "tbd", "tba", "tbh", "unbesetzt", "vakant", "vacante"];

/// What a status says; `None` where the word is not known.
pub(super) fn status(cell: &str) -> Option<Presence> {
    if is_nothing(cell) {
        return Some(Presence::Here);
    }
    let whole = plain(cell);
    let first = plain(
        cell.split([' ', '-', '/', ':', ',', '(', '_']).find(|word| !word.is_empty()).unwrap_or_default(),
    );
    let is = |words: &[&str], word: &str| words.contains(&word);
    if whole.contains("guest") || whole == "external" || whole == "externaluser" || whole == "ゲスト" {
        return Some(Presence::Guest);
    }
    if is(
        &[
            "bot",
            "app",
            "service",
            "serviceaccount",
            "serviceprincipal",
            "integration",
            "workflowbot",
            "apiuser",
            "systemaccount",
            "system",
            "robot",
            "ボット",
        ],
        &whole,
    ) {
        return Some(Presence::Bot);
    }
    if is(GONE, &whole) {
        return Some(Presence::Gone);
    }
    if is(HERE, &whole) {
        return Some(Presence::Here);
    }
    // `Terminated - Voluntary`, `Inactive (2025)`, `Active Employee`, `3 - Withdrawn`; one letter is no such word.
    let known = |word: &str| word.chars().count() > 1 || !word.is_ascii();
    // `Suspended user`, `Full-Time Permanent`: a long word tells it also where it is not alone.
    let begins =
        |words: &[&str]| words.iter().any(|word| word.chars().count() >= 6 && whole.starts_with(word));
    match () {
        () if known(&first) && is(GONE, &first) => Some(Presence::Gone),
        () if known(&first) && is(HERE, &first) => Some(Presence::Here),
        () if begins(GONE) => Some(Presence::Gone),
        () if begins(HERE) => Some(Presence::Here),
        () => None,
    }
}

/// Yes or no, in the ways in which systems write it.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    match plain(cell).as_str() {
        "yes" | "y" | "true" | "1" | "t" | "ja" | "j" | "oui" | "o" | "si" | "s" | "sim" | "vrai"
        | "verdadero" | "vero" | "waar" | "wahr" | "x" | "はい" | "是" | "예" | "active" | "enabled"
        | "aktiv" | "actif" | "activo" => Some(true),
        "no" | "n" | "false" | "0" | "f" | "nein" | "non" | "nee" | "nao" | "faux" | "falso" | "onwaar"
        | "falsch" | "いいえ" | "否" | "아니오" | "inactive" | "disabled" | "inaktiv" | "inactif"
        | "inactivo" => Some(false),
        _ => None,
    }
}

/// What an account type or Windows' `userAccountControl` says.
pub(super) fn account(cell: &str) -> Presence {
    // The second bit of `userAccountControl` is set where an account is disabled.
    if let Some(flags) = cell.trim().parse::<u32>().ok().filter(|flags| *flags >= 0x200) {
        return if flags & 2 == 0 { Presence::Here } else { Presence::Gone };
    }
    match status(cell) {
        Some(presence @ (Presence::Bot | Presence::Guest | Presence::Gone)) => presence,
        _ => Presence::Here,
    }
}

/// Whether a manager's cell, or a name, says that there is nobody.
pub(super) fn is_nobody(cell: &str) -> bool {
    let (name, _) = with_note(cell);
    let whole = plain(cell);
    let bare = plain(name);
    let first =
        plain(cell.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default());
    let not_applicable = cell.trim().get(..3).is_some_and(|start| start.eq_ignore_ascii_case("n/a"));
    let is_error = cell.trim().starts_with('#') && cell.trim().ends_with(['!', '?']);
    whole.is_empty()
        || is_error
        || not_applicable
        || NOBODY.contains(&whole.as_str())
        || NOBODY.contains(&bare.as_str())
        || NOBODY_IN_FRONT.contains(&first.as_str())
}

/// Whether a name is that of a position which nobody has.
pub(super) fn is_vacant(name: &str) -> bool {
    let first =
        plain(name.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default());
    let whole = plain(name);
    NOBODY_IN_FRONT.contains(&first.as_str())
        || [
            "openposition",
            "openrole",
            "openreq",
            "tobehired",
            "tobedetermined",
            "空席",
            "空缺",
            "待聘",
            "공석",
            "postevacant",
        ]
        .contains(&whole.as_str())
}

/// Whether the first filled cell of a row says that it adds up the others.
pub(super) fn is_total(cell: &str) -> bool {
    const TOTALS: [&str; 24] = [
        "total",
        "totals",
        "grandtotal",
        "subtotal",
        "sum",
        "totalcount",
        "headcount",
        "totalheadcount",
        "rowcount",
        "recordcount",
        "totalemployees",
        "summe",
        "gesamt",
        "gesamtsumme",
        "anzahl",
        "totalgeneral",
        "totale",
        "totaal",
        "合計",
        "総計",
        "总计",
        "合计",
        "합계",
        "총계",
    ];
    let head = cell.split(':').next().unwrap_or_default();
    let count =
        head.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '(' || c == ')');
    TOTALS.contains(&plain(count).as_str())
}

#[cfg(test)]
mod tests {
    use super::{Presence, account, is_nobody, is_total, is_vacant, status};

    #[test]
    fn words_say_who_is_there() {
        for gone in [
            "Terminated",
            "INACTIVE",
            "Suspended",
            "Deactivated",
            "Terminated - Voluntary",
            "退職",
            "Baja",
            "uit dienst",
            "T",
            "已离职",
            "Désactivé",
        ] {
            assert_eq!(status(gone), Some(Presence::Gone), "{gone}");
        }
        for here in [
            "Active",
            "Full-Time",
            "Full-Time Permanent",
            "On Leave",
            "Aktiv",
            "在籍中",
            "Primary Owner",
            "",
            "Active Employee",
        ] {
            assert_eq!(status(here), Some(Presence::Here), "{here}");
        }
        assert_eq!(
            (status("Bot"), status("Multi-Channel Guest"), status("Purple")),
            (Some(Presence::Bot), Some(Presence::Guest), None)
        );
        assert_eq!(
            (account("514"), account("512"), account("Guest")),
            (Presence::Gone, Presence::Here, Presence::Guest)
        );
    }

    #[test]
    fn words_for_nobody_are_nobody() {
        for nobody in [
            "TBD",
            "Vacant",
            "NO_MANAGER",
            "N/A - top",
            "(blank)",
            "TBD (Q3)",
            "Vacant - Head of X",
            "未定",
            "unbesetzt",
            "#REF!",
            "?",
        ] {
            assert!(is_nobody(nobody), "{nobody}");
        }
        for somebody in ["Bo Lind", "2", "bo@corp.example", "Tobias", "Open, Lena"] {
            assert!(!is_nobody(somebody), "{somebody}");
        }
        assert!(is_vacant("Vacant (EM Payments)") && !is_vacant("Bo") && !is_vacant("No, Bo"));
        assert!(is_total("Total") && is_total("Grand Total: 3") && !is_total("Totalis"));
    }
}
