//! Memory in proportion: what a large file takes beyond what a small one takes, against its size. The peak is what the
//! system counted for the process, so it is the same on a busy machine.

use std::fmt::Write;
use std::path::Path;

use crate::needs;
use crate::run;

/// Runs a command to its end and prints the most memory that it held, in KiB.
const PEAK: &str = "import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";

fn peak(python: &Path, arguments: &[&str], file: &Path) -> f64 {
    let run = run::tool(python).args(["-c", PEAK]).arg(run::program()).args(arguments).arg(file);
    let said = run.env("DEBT_TODAY", run::TODAY).end().ok();
    1024.0 * said.trim().parse::<f64>().expect("a number")
}

/// How many bytes each further byte of the file costs at the peak.
fn proportion(arguments: &[&str], text: impl Fn(usize) -> String, many: usize) -> Option<f64> {
    let python = needs::PYTHON.there()?;
    let folder = tempfile::tempdir().expect("a folder");
    let measured = [10, many].map(|count| {
        let (file, text) = (folder.path().join(format!("{count}.txt")), text(count));
        std::fs::write(&file, &text).expect("written");
        (peak(python, arguments, &file), f64::from(u32::try_from(text.len()).expect("small")))
    });
    let [(small, few_bytes), (large, bytes)] = measured;
    Some((large - small) / (bytes - few_bytes))
}

/// 1:1s without a description, as short as calendars export them. As many people as 1:1s are the worst case: nothing is said
/// twice.
fn calendar(people: usize) -> impl Fn(usize) -> String {
    move |events| {
        let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n".to_owned();
        for event in 0..events {
            let person = event % people;
            write!(
                text,
                "BEGIN:VEVENT\r\nUID:event-{event}@example.org\r\nDTSTAMP:20261101T000000Z\r\n\
                 DTSTART:20260105T090000Z\r\nDTEND:20260105T093000Z\r\nRRULE:FREQ=WEEKLY\r\n\
                 SUMMARY:Delivery 1:1 number {event}\r\nORGANIZER;CN=Bo Lind:mailto:bo@example.org\r\n\
                 ATTENDEE;CN=Bo Lind:mailto:bo@example.org\r\n\
                 ATTENDEE;CN=Person {person}:mailto:p{person}@example.org\r\nEND:VEVENT\r\n"
            )
            .expect("memory takes it");
        }
        text + "END:VCALENDAR\r\n"
    }
}

#[test]
fn a_calendar_takes_at_most_four_times_its_size() {
    for people in [500, usize::MAX] {
        for arguments in [&["audit", "--format", "json"][..], &["import", "ics"][..]] {
            let Some(times) = proportion(arguments, calendar(people), 12_000) else { return };
            assert!(
                times < 4.0,
                "{arguments:?} with at most {people} people takes {times:.2} times the file"
            );
        }
    }
}
