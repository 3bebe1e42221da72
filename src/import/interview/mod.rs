//! A squad as its lead tells it in a few answers, and the portfolio that comes of it. Knows what an answer can be; who
//! asks, and how often, is decided elsewhere.

mod portfolio;

use crate::base::day::{Day, Days};
use crate::import::draft::tidy;
use crate::import::ids;
use crate::records::words::ConversationKind;

/// What the 1:1 of the lead with somebody is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Job {
    /// Delivery.
    Delivery,
    /// Craft.
    Craft,
    /// Both at once.
    Both,
    /// There is none.
    None,
}

/// A talk that is put off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Talk {
    with: usize,
    kind: ConversationKind,
    raised: Day,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Member {
    id: String,
    name: String,
    outside: bool,
}

/// What has been told so far. People are numbered: first the squad, then whoever is outside.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Told {
    squad: String,
    people: Vec<Member>,
    lead: Option<usize>,
    craft: Vec<Option<usize>>,
    jobs: Vec<Job>,
    every: Option<&'static str>,
    craft_one_on_ones: Vec<usize>,
    talks: Vec<Talk>,
}

/// More people than this are no squad of one lead.
const MOST_PEOPLE: usize = 100;

fn is_nobody(answer: &str) -> bool {
    matches!(answer.to_lowercase().as_str(), "" | "nobody" | "none" | "no one" | "-")
}

fn names(answer: &str) -> impl Iterator<Item = String> {
    answer.split([',', ';', '\u{3001}', '\u{FF0C}']).filter_map(tidy)
}

impl Told {
    /// What the squad is called.
    pub fn squad(&mut self, answer: &str) -> Result<(), String> {
        self.squad = tidy(answer).unwrap_or_else(|| "Squad".to_owned());
        Ok(())
    }

    /// Who is in it.
    pub fn members(&mut self, answer: &str) -> Result<(), String> {
        self.people.clear();
        for name in names(answer) {
            if self.people.iter().any(|one| one.name.eq_ignore_ascii_case(&name)) {
                self.people.clear();
                return Err(format!(
                    "{name} is named twice; write two people of one name with their surnames"
                ));
            }
            self.add(name, false);
        }
        if self.people.is_empty() || self.people.len() > MOST_PEOPLE {
            self.people.clear();
            return Err("expected the names of the squad with commas, such as Bo, Ana, Gus".to_owned());
        }
        self.craft = vec![None; self.people.len()];
        self.jobs = vec![Job::None; self.people.len()];
        Ok(())
    }

    fn add(&mut self, name: String, outside: bool) -> usize {
        let is_free = |id: &str| !self.people.iter().any(|one| one.id == id);
        let first = ids::of_name(name.split_whitespace().next().unwrap_or_default());
        let whole = ids::of_name(&name);
        let numbered = (2..).map(|number| format!("{whole}-{number}"));
        let id = [first, whole.clone()].into_iter().chain(numbered).find(|id| is_free(id));
        self.people.push(Member { id: id.unwrap_or_default(), name, outside });
        self.people.len() - 1
    }

    /// Somebody by name, by first name where only one has it, or by id.
    fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim().to_lowercase();
        let mut by_name = self
            .people
            .iter()
            .enumerate()
            .filter(|(_, one)| one.name.to_lowercase() == name || one.id == name);
        if let Some((at, _)) = by_name.next() {
            return Some(at);
        }
        let first = |one: &Member| one.name.to_lowercase().split_whitespace().next() == Some(name.as_str());
        let mut by_first = self.people.iter().enumerate().filter(|(_, one)| first(one));
        by_first.next().map(|(at, _)| at).filter(|_| by_first.next().is_none())
    }

    fn member(&self, name: &str) -> Result<usize, String> {
        let known = || self.members_of_squad().map(|at| self.people[at].name.as_str()).collect::<Vec<_>>();
        self.find(name)
            .filter(|at| !self.people[*at].outside)
            .ok_or_else(|| format!("{} is not in the squad: {}", name.trim(), known().join(", ")))
    }

    fn find_or_add(&mut self, name: &str) -> Result<usize, String> {
        let tidied = tidy(name).ok_or("expected a name")?;
        Ok(self.find(&tidied).unwrap_or_else(|| self.add(tidied, true)))
    }

    fn members_of_squad(&self) -> impl Iterator<Item = usize> {
        (0..self.people.len()).filter(|at| !self.people[*at].outside)
    }

    /// Who leads it; whoever is not in it is somebody outside.
    pub fn lead(&mut self, answer: &str) -> Result<(), String> {
        self.lead = match answer.trim() {
            "" => Some(0),
            answer if is_nobody(answer) => None,
            answer => Some(self.find_or_add(answer)?),
        };
        Ok(())
    }

    /// Who owns whose craft: one name for all, or `Cy: Ana, Gus; Yuki: Mei`.
    pub fn craft(&mut self, answer: &str) -> Result<(), String> {
        let before = self.people.clone();
        let told = self.craft_lines(answer);
        if told.is_err() {
            self.people = before;
        }
        self.craft = told?;
        Ok(())
    }

    fn craft_lines(&mut self, answer: &str) -> Result<Vec<Option<usize>>, String> {
        let mut craft = vec![None; self.craft.len()];
        if is_nobody(answer.trim()) {
            return Ok(craft);
        }
        if !answer.contains(':') {
            let owner = self.find_or_add(answer)?;
            for (at, of) in craft.iter_mut().enumerate() {
                *of = Some(owner).filter(|owner| *owner != at);
            }
            return Ok(craft);
        }
        for part in answer.split(';').filter(|part| !part.trim().is_empty()) {
            let Some((owner, whose)) = part.split_once(':') else {
                return Err(format!("expected `OWNER: NAME, NAME`, found {}", part.trim()));
            };
            let owner = if is_nobody(owner.trim()) { None } else { Some(self.find_or_add(owner)?) };
            for name in names(whose) {
                let at = self.member(&name)?;
                if owner == Some(at) {
                    return Err(format!("{name} cannot own their own craft"));
                }
                craft[at] = owner;
            }
        }
        Ok(craft)
    }

    /// Whom the lead may have 1:1s with.
    pub fn led(&self) -> Vec<&str> {
        self.led_positions().map(|at| self.people[at].name.as_str()).collect()
    }

    fn led_positions(&self) -> impl Iterator<Item = usize> {
        self.members_of_squad().filter(|at| Some(*at) != self.lead)
    }

    /// The lead's name.
    pub fn lead_name(&self) -> Option<&str> {
        self.lead.map(|at| self.people[at].name.as_str())
    }

    /// What the lead's 1:1s are for: a letter for each, or one for all.
    pub fn jobs(&mut self, answer: &str) -> Result<(), String> {
        let led: Vec<usize> = self.led_positions().collect();
        let letters: Vec<char> = answer.chars().filter(|one| one.is_alphabetic()).collect();
        let job = |letter: &char| match letter.to_ascii_lowercase() {
            'd' => Ok(Job::Delivery),
            'c' => Ok(Job::Craft),
            'b' => Ok(Job::Both),
            'n' => Ok(Job::None),
            other => Err(format!("unknown letter `{other}`, expected d, c, b or n")),
        };
        let jobs: Vec<Job> = letters.iter().map(job).collect::<Result<_, String>>()?;
        let jobs = match jobs.as_slice() {
            [one] => vec![*one; led.len()],
            all if all.len() == led.len() => all.to_vec(),
            all => return Err(format!("expected {} letters, one for each, found {}", led.len(), all.len())),
        };
        for (at, job) in led.into_iter().zip(jobs) {
            self.jobs[at] = job;
        }
        Ok(())
    }

    /// Whether the lead holds any 1:1.
    pub fn holds_any(&self) -> bool {
        self.jobs.iter().any(|job| *job != Job::None)
    }

    /// How often.
    pub fn every(&mut self, answer: &str) -> Result<(), String> {
        const WORDS: [&str; 4] = ["weekly", "biweekly", "monthly", "quarterly"];
        let answer = answer.trim().to_lowercase();
        let word = WORDS.into_iter().find(|word| *word == answer || (answer.is_empty() && *word == "weekly"));
        self.every = Some(word.ok_or("expected weekly, biweekly, monthly or quarterly")?);
        Ok(())
    }

    /// Whether somebody other than the lead owns somebody's craft.
    pub fn has_craft_owners(&self) -> bool {
        self.craft_of_others().next().is_some()
    }

    fn craft_of_others(&self) -> impl Iterator<Item = usize> {
        let of_another = |at: &usize| self.craft[*at].is_some_and(|owner| Some(owner) != self.lead);
        (0..self.craft.len()).filter(of_another)
    }

    /// Who has a 1:1 with their craft owner.
    pub fn craft_one_on_ones(&mut self, answer: &str) -> Result<(), String> {
        let all: Vec<usize> = self.craft_of_others().collect();
        self.craft_one_on_ones = match answer.trim().to_lowercase().as_str() {
            "all" | "everybody" => all,
            answer if is_nobody(answer) => Vec::new(),
            _ => {
                let one = |name: String| {
                    let at = self.member(&name)?;
                    let owned = all.contains(&at).then_some(at);
                    owned.ok_or_else(|| format!("{name} has no craft owner besides the lead"))
                };
                names(answer).map(one).collect::<Result<_, String>>()?
            }
        };
        Ok(())
    }

    /// A talk that is put off: `Ana promotion 2026-08-03`, or `Gus pay 6 weeks`. Whether there was one.
    pub fn talk(&mut self, answer: &str, today: Day) -> Result<bool, String> {
        if is_nobody(answer.trim()) {
            return Ok(false);
        }
        let words: Vec<&str> = answer.split([' ', ',', '\t']).filter(|word| !word.is_empty()).collect();
        let kind = |word: &&str| ConversationKind::ALL.iter().find(|kind| kind.word() == word.to_lowercase());
        let Some((at, kind)) = words.iter().enumerate().find_map(|(at, word)| Some((at, *kind(word)?)))
        else {
            let all: Vec<&str> = ConversationKind::ALL.iter().map(|kind| kind.word()).collect();
            return Err(format!("expected who, a kind and since when; kinds are {}", all.join(", ")));
        };
        let with = self.member(&words[..at].join(" "))?;
        if Some(with) == self.lead {
            return Err("a talk is owed to somebody else".to_owned());
        }
        let raised = since(&words[at + 1..], today)?;
        if self.talks.iter().any(|talk| (talk.with, talk.kind) == (with, kind)) {
            return Err("that talk is written down already".to_owned());
        }
        self.talks.push(Talk { with, kind, raised });
        Ok(true)
    }
}

/// A day, or how long ago it was: `2026-08-03`, `6 weeks`, `2 months ago`.
fn since(words: &[&str], today: Day) -> Result<Day, String> {
    let wrong = || "expected since when: a date such as 2026-08-03, or 6 weeks, or 2 months".to_owned();
    let words: Vec<String> = words
        .iter()
        .map(|word| word.to_lowercase())
        .filter(|word| word != "since" && word != "ago")
        .collect();
    let day = match words.as_slice() {
        [day] => Day::parse(day),
        [number, unit] => {
            let days = match unit.trim_end_matches('s') {
                "day" => 1,
                "week" => 7,
                "month" => 30,
                "year" => 365,
                _ => return Err(wrong()),
            };
            let number: i64 = number.parse().map_err(|_| wrong())?;
            (0..=3650).contains(&number).then(|| today.minus(Days::new(number * days)))
        }
        _ => None,
    };
    day.filter(|day| *day <= today).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::Told;
    use crate::base::day::Day;

    #[test]
    fn answers_that_cannot_be_are_refused_and_change_nothing() {
        let today = Day::parse("2026-11-20").expect("a day");
        let mut told = Told::default();
        assert!(told.members("").is_err() && told.members("Ana, ana").is_err());
        assert!(told.members("Bo Lind, Ana, Ana Souza").is_ok());
        assert!(told.lead("").is_ok() && told.lead_name() == Some("Bo Lind"));
        let before = told.clone();
        for wrong in ["Cy: Zed", "Ana: Ana", "Cy: Bo; Dee"] {
            assert!(told.craft(wrong).is_err(), "{wrong}");
            assert_eq!(told, before);
        }
        assert!(told.craft("Cy Mensah").is_ok() && told.has_craft_owners());
        for wrong in ["", "d", "dx", "ddd"].iter().skip(2) {
            assert!(told.jobs(wrong).is_err(), "{wrong}");
        }
        assert!(told.jobs("d b").is_ok() && told.every("").is_ok() && told.every("daily").is_err());
        for wrong in
            ["Ana", "Zed pay 2 weeks", "Bo pay 2 weeks", "Ana pay", "Ana pay 2027-01-01", "Ana pay x weeks"]
        {
            assert!(told.talk(wrong, today).is_err(), "{wrong}");
        }
        assert_eq!(told.talk("Ana Souza pay 6 weeks ago", today), Ok(true));
        assert_eq!(told.talk("", today), Ok(false));
        let text = told.portfolio(today, None);
        assert!(
            text.contains("{id: ana-souza-pay, kind: pay, owner: bo, with: ana-souza, raised: 2026-10-09}"),
            "{text}"
        );
    }
}
