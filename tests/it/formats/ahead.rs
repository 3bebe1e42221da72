//! The weeks to come: the same scorecard on later days, and nothing else.

use debt::report::{Key, Privacy};

use super::{CLEAN, EXAMPLE, with_private_report, with_report};

#[test]
fn each_week_is_the_scorecard_of_its_day() {
    let ahead = with_report(EXAMPLE, |report, _| report.factors.forecast());
    assert_eq!(ahead.days.len(), 13);
    let on = |text: &str| {
        with_report(text, |report, _| {
            let lapsed = report.factors.rows().filter(|row| row.code == "D302");
            (report.score.mp.mp(), lapsed.map(|row| row.mp.mp()).sum::<i64>())
        })
    };
    let (_, lapsed_now) = on(EXAMPLE);
    for week in &ahead.days {
        let (score, lapsed) = on(&EXAMPLE.replace("as_of: 2026-11-20", &format!("as_of: {}", week.day)));
        let missed = (lapsed - lapsed_now).max(0);
        assert_eq!((score, missed), (week.mp.mp(), week.missed_mp.mp()), "{}", week.day);
    }
    let by_group = |end: bool| -> i64 {
        ahead.by_group.iter().map(|row| if end { row.to_mp.mp() } else { row.from_mp.mp() }).sum()
    };
    assert_eq!((by_group(false), by_group(true)), (ahead.days[0].mp.mp(), ahead.days[12].mp.mp()));
    // For 28 days after the last entry a 1:1 that was not written down may have been missed; then the file sleeps.
    assert!(ahead.days[..4].is_sorted_by_key(|week| week.missed_mp) && ahead.days[3].missed_mp.mp() > 0);
    assert_eq!(ahead.days[12].missed_mp.mp(), 0);
}

#[test]
fn what_grows_fastest_comes_first_and_missed_ones_are_told_apart() {
    let ahead = with_report(EXAMPLE, |report, _| report.factors.forecast());
    let growth: Vec<i64> = ahead.growing.iter().map(|row| row.to_mp.mp() - row.from_mp.mp()).collect();
    assert!(growth.iter().all(|mp| *mp > 0) && growth.is_sorted_by(|a, b| a >= b), "{growth:?}");
    assert_eq!((ahead.growing.len(), ahead.growing[0].id.raw()), (10, "D301:conversation:ana-promotion"));
    assert!(ahead.growing.iter().all(|row| row.code != "D302"));
    // Only a day that is still to come is named.
    let today = ahead.days[0].day;
    assert!(
        ahead.growing.iter().all(|row| row.onset.is_none_or(|onset| onset > today && row.from_mp.mp() == 0))
    );
    assert!(ahead.growing.iter().any(|row| row.onset.is_some()));
}

#[test]
fn no_debt_stays_none() {
    let ahead = with_report(CLEAN, |report, _| report.factors.forecast());
    assert!(ahead.growing.is_empty() && ahead.days.iter().all(|week| week.mp.mp() == 0));
}

#[test]
fn an_aggregate_names_nothing_that_grows() {
    let aggregate =
        with_private_report(EXAMPLE, &Privacy::aggregate(5, None), |report, _| report.factors.forecast());
    assert!(aggregate.growing.is_empty() && aggregate.growing_left_out == 0);
    let key = Key::new(b"sixteen bytes or more").expect("long enough");
    let hidden =
        with_private_report(EXAMPLE, &Privacy::pseudonyms(key), |report, _| report.factors.forecast());
    let words: Vec<&str> = hidden.growing.iter().map(|row| row.words.raw()).collect();
    assert!(
        !words.is_empty() && !words.iter().any(|words| words.contains("Ana") || words.contains("Lindqvist")),
        "{words:?}"
    );
}
