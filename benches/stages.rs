//! Times each stage of the main job by itself, at three sizes: `cargo bench --bench stages`.

mod organisation;
#[path = "reading/records.rs"]
mod records;
#[path = "reading/usual.rs"]
mod usual;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

use debt::base::day::Day;
use debt::base::ids::{RuleIx, Subject};
use debt::base::names::Untrusted;
use debt::model::{self, Clock, OwnPolicy, ReadOptions};
use debt::render::{self, Breakdown, Screen, View};
use debt::report::{self, BuildOptions, Called};
use debt::rules::REGISTRY;
use debt::rules::driver::{Listener, ask_group};
use debt::rules::facts::Facts;
use debt::rules::rule::Answer;
use debt::score::part::Part;
use debt::score::scorecard;
use debt::source::{Diagnostics, Source, Sources};

use organisation::Organisation;

/// People of the organisations.
const SIZES: [usize; 3] = [100, 10_000, 100_000];

fn main() {
    divan::main();
}

fn sources(people: usize) -> Sources {
    Sources(vec![Source {
        name: Untrusted::new("portfolio.yaml"),
        text: Organisation::new(people).text(),
        path: None,
        at: None,
    }])
}

fn read(sources: &Sources) -> OwnPolicy {
    let catalog = debt::rules::catalog();
    let clock = Clock { as_of: None, today: Day::parse("2026-11-20").expect("a day") };
    let mut found = Diagnostics::default();
    let read = model::read(sources, ReadOptions { clock, policy_file: None, catalog: &catalog }, &mut found);
    read.expect("the organisation is a portfolio")
}

/// Text to records by the YAML library, without a portfolio.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn a_reading(bencher: Bencher<'_, '_>, people: usize) {
    let text = Organisation::new(people).text();
    bencher
        .counter(BytesCount::of_str(text.as_str()))
        .bench_local(|| records::read(&text).expect("a portfolio"));
}

/// The same with the fast reader first, as the program does it; on one thread.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn a_usual_reading(bencher: Bencher<'_, '_>, people: usize) {
    let text = Organisation::new(people).text();
    bencher.counter(BytesCount::of_str(text.as_str())).bench_local(|| usual::read(&text));
}

/// Text to a linked portfolio, as the program does it: large ones in chunks.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn c_reading_and_linking(bencher: Bencher<'_, '_>, people: usize) {
    let sources = sources(people);
    bencher.counter(ItemsCount::new(people)).bench_local(|| read(&sources));
}

/// References to positions, for records that have already been read.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn b_linking(bencher: Bencher<'_, '_>, people: usize) {
    let sources = sources(people);
    let catalog = debt::rules::catalog();
    let clock = Clock { as_of: None, today: Day::parse("2026-11-20").expect("a day") };
    let options = ReadOptions { clock, policy_file: None, catalog: &catalog };
    let take_in = || {
        let unlinked = model::take_in(&sources, options, &mut Diagnostics::default());
        unlinked.expect("the organisation is a portfolio")
    };
    bencher
        .counter(ItemsCount::new(people))
        .with_inputs(take_in)
        .bench_local_values(|unlinked| unlinked.link(&mut Diagnostics::default()));
}

struct Sum(u64);

impl Listener for Sum {
    fn wants(&self, _: Subject) -> bool {
        true
    }
    fn answer(&mut self, _: RuleIx, _: Subject, answer: &Answer<debt::rules::Seen>) {
        self.0 += u64::from(matches!(answer, Answer::Factor(_)));
    }
}

/// Who owns what, and every rule asked.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn d_rules(bencher: Bencher<'_, '_>, people: usize) {
    let own = read(&sources(people));
    bencher.counter(ItemsCount::new(people)).bench_local(|| {
        let facts = Facts::new(&own.portfolio, &own.policy, own.day);
        let mut sum = Sum(0);
        (0..REGISTRY.len()).for_each(|at| ask_group(&facts, at, &mut sum));
        sum.0
    });
}

/// The previous stage, with amounts, order, coverage and warnings.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn e_rules_and_scoring(bencher: Bencher<'_, '_>, people: usize) {
    let own = read(&sources(people));
    bencher.counter(ItemsCount::new(people)).bench_local(|| {
        scorecard(&own.portfolio, &own.policy, own.day, Part::default()).expect("somebody is scored").score
    });
}

/// A scorecard to bytes.
#[divan::bench(args = SIZES, consts = [0, 1], sample_count = 10, sample_size = 1)]
fn f_rendering<const FORMAT: usize>(bencher: Bencher<'_, '_>, people: usize) {
    let sources = sources(people);
    let own = read(&sources);
    let card = scorecard(&own.portfolio, &own.policy, own.day, Part::default()).expect("somebody is scored");
    let format = render::format(["json", "table"][FORMAT]).expect("a format of the list");
    bencher.counter(ItemsCount::new(people)).bench_local(|| {
        let privacy = report::Privacy::names();
        let options = BuildOptions {
            sources: &sources,
            version: "bench",
            privacy: &privacy,
            called: Called::default(),
        };
        let report = report::build(&card, options).expect("names show every portfolio");
        let screen = Screen { width: None, colour: false, drawing: true };
        let view = View { top: Some(8), tasks: 3, ..View::whole(screen, Breakdown::Group) };
        let mut bytes = Vec::new();
        (format.render)(&report, &view, &mut bytes).expect("writing to memory does not fail");
        black_box(bytes.len())
    });
}
