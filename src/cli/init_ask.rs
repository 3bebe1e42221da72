//! `debt init --interview`: at most twelve questions in plain lines, each asked again where an answer cannot be.

use std::io::{self, BufRead};

use super::env::Environment;
use super::output::to_stderr;
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::import::interview::Told;
use crate::render::escape::terminal;

/// So many questions are asked at most.
const MOST: usize = 12;

/// Who answers: somebody at a terminal, or lines that are piped.
struct Asking<'e> {
    environment: &'e Environment,
    asked: usize,
    lines: usize,
}

/// Asks; what was told.
pub(super) fn ask(today: Day, environment: &Environment) -> Result<Told, Trouble> {
    let mut told = Told::default();
    let mut asking = Asking { environment, asked: 0, lines: 0 };
    if environment.asks {
        to_stderr("At most 12 questions about one squad. Enter takes what is in brackets.\n\n");
    }
    asking.one("What is the squad called? [Squad]", |answer| told.squad(answer))?;
    asking.one("Who is in it, its lead too? Names with commas:", |answer| told.members(answer))?;
    let first = told.led().first().copied().unwrap_or_default().to_owned();
    let question = format!("Who leads it and owns its delivery? A name, or nobody [{}]", terminal(&first));
    asking.one(&question, |answer| told.lead(answer))?;
    let question = "Who owns whose craft? One name for all, or `Cy: Ana, Gus; Yuki: Mei` [nobody]";
    asking.one(question, |answer| told.craft(answer))?;
    if let Some(lead) = told.lead_name().map(terminal) {
        if !told.led().is_empty() {
            let names = terminal(&told.led().join(", "));
            let question = format!(
                "What are the 1:1s of {lead} for? A letter for each of {names}:\n   d delivery, c craft, b both in one, n no 1:1:"
            );
            asking.one(&question, |answer| told.jobs(answer))?;
        }
        if told.holds_any() {
            asking.one("How often? weekly, biweekly, monthly [weekly]", |answer| told.every(answer))?;
        }
        if told.has_craft_owners() {
            let question = "Who has a 1:1 with their craft owner? Names, all, or nobody [nobody]";
            asking.one(question, |answer| told.craft_one_on_ones(answer))?;
        }
        let question = format!(
            "A talk that {lead} puts off: with whom, what kind, since when,\n   such as `Ana promotion 2026-08-03` or `Gus pay 6 weeks` [no more]"
        );
        let mut more = !told.led().is_empty();
        while more && asking.asked < MOST {
            more = asking.one(&question, |answer| told.talk(answer, today))?;
        }
    }
    Ok(told)
}

impl Asking<'_> {
    /// Asks until the answer can be one. A line that is piped is not asked for again.
    fn one<T>(
        &mut self,
        question: &str,
        mut answered: impl FnMut(&str) -> Result<T, String>,
    ) -> Result<T, Trouble> {
        self.asked += 1;
        loop {
            if self.environment.asks {
                to_stderr(&format!("{}. {question} ", self.asked));
            }
            let mut typed = String::new();
            let count = io::stdin().lock().read_line(&mut typed)?;
            self.lines += 1;
            match answered(typed.trim()) {
                Ok(told) => return Ok(told),
                // Behind the end of the input nobody answers any more.
                Err(why) if self.environment.asks && count > 0 => {
                    to_stderr(&format!("   {}\n", terminal(&why)));
                }
                Err(why) => {
                    let question = question.lines().next().unwrap_or_default();
                    return Err(anyhow::anyhow!(
                        "answer {} (line {}), to \u{201C}{question}\u{201D}: {}",
                        self.asked,
                        self.lines,
                        terminal(&why)
                    )
                    .into());
                }
            }
        }
    }
}
