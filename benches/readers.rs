//! Readers compared, on one text of about 5 MB: `cargo bench --bench readers`. Peak memory: `read_with.rs`.

mod organisation;
mod reading;

use divan::Bencher;
use divan::counter::BytesCount;

use organisation::Organisation;
use reading::READERS;

/// People in the text.
const PEOPLE: usize = 10_000;

fn main() {
    divan::main();
}

#[divan::bench(args = READERS.map(|reader| reader.0), sample_count = 20, sample_size = 1)]
fn read(bencher: Bencher<'_, '_>, name: &str) {
    let text = Organisation::new(PEOPLE).text();
    let reader = READERS.iter().find(|reader| reader.0 == name).expect("a name of the list").1;
    bencher
        .counter(BytesCount::of_str(text.as_str()))
        .bench_local(|| reader(&text).expect("the text is a portfolio"));
}
