//! Real structure: other people's organisations, where the folder with them is there.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::needs;
use crate::support::stdout_of;

/// 99 people of 24 special interest groups, chairs as squad leads, technical leads as guild leads; nothing else is
/// known. What must come of it is counted here from the file, by another reader.
#[test]
fn a_real_organisation_of_99_people() {
    let Some(folder) = needs::SHARED_DATA.there() else { return };
    let path = folder.join("org/kubernetes-sigs.yaml");
    let file: Value = serde_yaml::from_str(&std::fs::read_to_string(&path).expect("readable")).expect("YAML");
    let list = |section: &str| file[section].as_array().expect("a list").clone();
    let leads = |section: &str| -> BTreeMap<String, Option<String>> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        list(section).iter().map(|item| (text(&item["id"]).expect("an id"), text(&item["lead"]))).collect()
    };
    let (squads, guilds) = (leads("squads"), leads("guilds"));
    let lead = |of: &BTreeMap<String, Option<String>>, key: &Value| {
        key.as_str().and_then(|id| of.get(id).cloned().flatten())
    };
    let leads_a_guild_of_others = |id: &str| {
        list("people")
            .iter()
            .any(|other| other["id"] != id && lead(&guilds, &other["guild"]).as_deref() == Some(id))
    };
    let (mut without_craft_owner, mut with_delivery_owner) = (0, 0);
    for person in list("people") {
        let id = person["id"].as_str().expect("an id");
        let craft = lead(&guilds, &person["guild"]).filter(|owner| owner != id);
        without_craft_owner += usize::from(craft.is_none() && !leads_a_guild_of_others(id));
        with_delivery_owner += usize::from(lead(&squads, &person["squad"]).is_some_and(|owner| owner != id));
    }
    let report = stdout_of(&["score", path.to_str().expect("UTF-8"), "--format", "json"]);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let count = |code: &str| {
        let rows = report["by_rule"].as_array().expect("a list");
        rows.iter().find(|row| row["key"] == code).map_or(0, |row| row["count"].as_u64().expect("a number"))
    };
    assert_eq!(report["score"]["people"], list("people").len());
    assert_eq!(count("D201"), without_craft_owner as u64);
    // There are no meetings at all, so whoever has a delivery owner lacks a Delivery 1:1.
    assert_eq!(count("D403"), with_delivery_owner as u64);
    assert!(without_craft_owner > 10 && with_delivery_owner > 50);
    // What is not described is unknown, not debt.
    assert_eq!(count("D503") + count("D601") + count("D701"), 0);
    assert!(report["coverage"]["ratio"].as_f64().expect("a number") < 0.7);
}
