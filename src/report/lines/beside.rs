//! The lines beside a score: for a page that shows both.

use super::super::{BuildOptions, Called, Report};
use super::{LinesReport, Selection, build};

impl Report<'_> {
    /// Who owns what of those who are scored here, without where it is written; nothing where they are more than `most`,
    /// or an aggregate names nobody.
    pub fn lines(&self, most: u64) -> Option<LinesReport> {
        if self.score.people > most || self.min_group.is_some() {
            return None;
        }
        let privacy = self.factors.privacy().clone().without_locations();
        let (sources, version) = (self.factors.sources, self.tool.version);
        // The page says what the portfolio is called; the lines in it do not.
        let options = BuildOptions { sources, version, privacy: &privacy, called: Called::default() };
        build(self.factors.card(), options, &Selection::default()).ok()
    }
}
