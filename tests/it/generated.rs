//! Files that are made from the code are current. `DEBT_WRITE=1 cargo test --test it generated` writes them anew.

use debt::base::decimal::thousandths;
use debt::cli::{Document, command, generate, portfolio_page};
use debt::rules;
use debt::rules::rule::Cost;

use crate::run::debt;
use crate::support::{file, files_below, root, stdout_of};

/// Compares a file of the checkout with what it should be, or writes it where that is asked for.
fn is_current(path: &str, wanted: &str) {
    if std::env::var_os("DEBT_WRITE").is_some() {
        std::fs::create_dir_all(root().join(path).parent().expect("a folder")).expect("it can be made");
        std::fs::write(root().join(path), wanted).expect("it can be written");
    }
    let there = std::fs::read_to_string(root().join(path)).unwrap_or_default();
    assert!(there == wanted, "{path} is not current: run `DEBT_WRITE=1 cargo test --test it generated`");
}

#[test]
fn schemas() {
    for document in Document::all().iter().copied() {
        let word = document.word();
        is_current(&format!("schema/{word}.schema.json"), &generate(document));
        // What has just been written anew is in the program when it is built again.
        if std::env::var_os("DEBT_WRITE").is_none() {
            assert_eq!(stdout_of(&["schema", word]), generate(document));
        }
    }
}

#[test]
fn rules_page() {
    is_current("docs/rules.md", &stdout_of(&["explain", "--markdown"]));
}

/// The list of codes of errors and warnings.
#[test]
fn errors_page() {
    is_current("docs/errors.md", &debt::source::code::page());
}

/// The reference of the format, with an example for every key.
#[test]
fn portfolio_page_is_current() {
    is_current("docs/portfolio.md", &portfolio_page());
    let without: Vec<String> = portfolio_page()
        .lines()
        .filter(|line| line.starts_with("| `") || line.starts_with("| **`"))
        .filter(|line| line.ends_with("|  |") && !line.contains("see below"))
        .map(str::to_owned)
        .collect();
    assert!(without.is_empty(), "keys without an example: {without:#?}");
}

/// The principals in the example of a policy, by group: what each rule finds, and what its principal is of.
#[test]
fn principals_of_the_example() {
    let mut made = String::new();
    let mut group = None;
    for rule in rules::all() {
        if group.replace(rule.group) != Some(rule.group) {
            made.push_str(&format!("\n  # {}\n\n", rule.group.key().to_uppercase()));
        }
        made.push_str(&format!("  # {}\n", rule.page.what));
        let per =
            rule.page.formula.strip_prefix("{points} for each ").and_then(|rest| rest.split('.').next());
        let per = per.map(|per| format!("   # for each {}", per.replace(['{', '}'], ""))).unwrap_or_default();
        match rule.cost {
            Cost::ByKind => made
                .push_str(&format!("  # {} costs by the kind of the conversation: see below.\n", rule.code)),
            Cost::Flat | Cost::Each(_) => {
                made.push_str(&format!("  {}: {}{per}\n", rule.code, thousandths(rule.principal.mp())));
            }
        }
    }
    let text = file("examples/policy.yaml");
    let (head, rest) = text.split_once("principal:\n").expect("the example has principals");
    let (_, tail) =
        rest.split_once("\n\n# The principal of an overdue conversation").expect("and conversations");
    let wanted = format!("{head}principal:\n{made}\n# The principal of an overdue conversation{tail}");
    is_current("examples/policy.yaml", &wanted);
}

/// The help of every verb, short and long, as a person sees it.
#[test]
fn help() {
    let help = |arguments: &[&str]| debt().args(arguments).env("COLUMNS", "80").end().ok();
    is_current("tests/help/debt.txt", &help(&["--help"]));
    for verb in command().get_subcommands().filter(|verb| verb.get_name() != "help") {
        let name = verb.get_name();
        is_current(&format!("tests/help/{name}-short.txt"), &help(&[name, "-h"]));
        is_current(&format!("tests/help/{name}.txt"), &help(&[name, "--help"]));
        assert!(verb.get_after_help().is_some(), "the help of {name} has no example");
    }
}

/// What follows each command in a console block of the README is what it prints.
#[test]
fn readme_shows_what_is_printed() {
    let readme = file("README.md");
    let mut parts = readme.split("```console\n");
    let mut wanted = parts.next().unwrap_or_default().to_owned();
    let mut shown = 0;
    for part in parts {
        let (block, rest) = part.split_once("```").expect("a block ends");
        let first = block.lines().next().unwrap_or_default();
        let typed = first.strip_prefix("$ debt ").expect("a console block begins with its command");
        let output = stdout_of(&typed.split_whitespace().collect::<Vec<_>>());
        wanted.push_str(&format!("```console\n{first}\n{output}```{rest}"));
        shown += 1;
    }
    assert!(shown > 0, "the README shows no run");
    is_current("README.md", &wanted);
}

#[test]
fn examples_are_valid_under_the_schemas() {
    let validator = |document| {
        let schema: serde_json::Value = serde_json::from_str(&generate(document)).expect("JSON");
        jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
    };
    let (portfolio, policy) = (validator(Document::Portfolio), validator(Document::Policy));
    for path in files_below("examples", &["yaml"]) {
        let text = std::fs::read_to_string(&path).expect("readable");
        if !text.contains("schema/po") {
            continue;
        }
        let value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
        let schema = if text.contains("schema/policy") { &policy } else { &portfolio };
        let errors: Vec<String> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
    }
}

/// Fixtures are portfolios too, and what the schema says of them is what the reader says.
#[test]
fn fixtures_are_valid_under_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(&generate(Document::Portfolio)).expect("JSON");
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    for path in files_below("tests/fixtures/rules", &["yaml"]) {
        let text = std::fs::read_to_string(&path).expect("readable");
        let value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
        assert!(schema.is_valid(&value), "{}", path.display());
    }
}

#[test]
fn reports_are_valid_under_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(&generate(Document::Report)).expect("JSON");
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    for example in ["examples/portfolio.yaml", "examples/healthy.yaml", "examples/minimal.yaml"] {
        let report = stdout_of(&["score", example, "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        let errors: Vec<String> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{example}: {errors:#?}");
    }
    let part = stdout_of(&["score", "examples/portfolio.yaml", "--format", "json", "--squad", "ledger"]);
    assert!(schema.is_valid(&serde_json::from_str(&part).expect("JSON")));
}

#[test]
fn fixes_are_valid_under_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(&generate(Document::Fix)).expect("JSON");
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    for what in ["all", "D101", "split:meeting:bo-ana"] {
        let fixed = stdout_of(&["fix", what, "examples/portfolio.yaml", "--format", "json"]);
        let fixed: serde_json::Value = serde_json::from_str(&fixed).expect("JSON");
        let errors: Vec<String> = schema.iter_errors(&fixed).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{what}: {errors:#?}");
    }
}

#[test]
fn plans_are_valid_under_their_schema() {
    let schema: serde_json::Value = serde_json::from_str(&generate(Document::Plan)).expect("JSON");
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    for asked in [["--budget", "30m"], ["--budget", "5m"], ["--until", "C"], ["--squad", "ledger"]] {
        let plan =
            stdout_of(&[&["plan", "examples/portfolio.yaml", "--format", "json"][..], &asked].concat());
        let plan: serde_json::Value = serde_json::from_str(&plan).expect("JSON");
        let errors: Vec<String> = schema.iter_errors(&plan).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{asked:?}: {errors:#?}");
    }
}

/// Every key of the schemas is explained, since an editor shows that text over it.
#[test]
fn every_key_has_a_description() {
    fn look(value: &serde_json::Value, path: &str, missing: &mut Vec<String>) {
        if let Some(properties) = value.get("properties").and_then(serde_json::Value::as_object) {
            for (key, property) in properties {
                if property.get("description").is_none() {
                    missing.push(format!("{path}.{key}"));
                }
            }
        }
        match value {
            serde_json::Value::Object(object) => {
                object.iter().for_each(|(key, value)| look(value, &format!("{path}.{key}"), missing));
            }
            serde_json::Value::Array(array) => array.iter().for_each(|value| look(value, path, missing)),
            _ => {}
        }
    }
    let mut missing = Vec::new();
    for document in Document::all().iter().copied() {
        let schema: serde_json::Value = serde_json::from_str(&generate(document)).expect("JSON");
        look(&schema, &format!("{document:?}"), &mut missing);
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
