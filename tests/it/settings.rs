//! The settings of the policy: the example writes each of them out, with its default.

use debt::policy::{Policy, SETTINGS};
use debt::rules::catalog;

use crate::support::file;

#[test]
fn the_example_writes_every_setting_with_its_default() {
    let policy = Policy::defaults(&catalog());
    let example: serde_json::Value = serde_yaml::from_str(&file("examples/policy.yaml")).expect("YAML");
    let mut wrong = Vec::new();
    for setting in SETTINGS {
        assert_eq!(setting.get(&policy), setting.default, "{}", setting.key);
        let written = setting.key.split('.').fold(&example, |value, key| &value[key]);
        if written.to_string() != setting.shown(setting.default) {
            wrong.push(format!("{}: {written}, not {}", setting.key, setting.shown(setting.default)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
