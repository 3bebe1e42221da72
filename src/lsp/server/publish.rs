//! What is said about files without being asked: their diagnostics, once for each change of what there is to say.

use std::collections::BTreeMap;

use gen_lsp_types::{Diagnostic, PublishDiagnosticsParams};
use lsp_server::{Message, Notification};

use super::Server;
use crate::lsp::diagnostics;
use crate::lsp::project::Project;

/// What was said about a file, and for which version.
pub(super) type Said = (Option<i32>, Vec<Diagnostic>);

impl Server<'_> {
    /// Says what there is to say about every file of every portfolio, where that is not what was said last.
    pub(super) fn publish(&mut self) {
        self.sort();
        let is_due = self.looked.values().any(|looked| looked.is_due);
        let has_moved = std::mem::take(&mut self.has_moved);
        if !is_due && !has_moved {
            return;
        }
        let mut all: BTreeMap<String, Said> = BTreeMap::new();
        let projects: Vec<Project> = self.looked.keys().cloned().collect();
        for project in projects {
            let Some(analysis) = self.fresh(&project) else { continue };
            if let Some(looked) = self.looked.get_mut(&project) {
                looked.is_due = false;
            }
            let said = diagnostics::of(&analysis, self.client.encoding);
            for (file, mut said) in analysis.files.iter().zip(said) {
                if !self.client.related {
                    for one in &mut said {
                        one.related_information = None;
                    }
                }
                if !file.uri.is_empty() {
                    all.entry(file.uri.clone()).or_insert((file.version, Vec::new())).1.extend(said);
                }
            }
        }
        let gone: Vec<String> =
            self.published.keys().filter(|uri| !all.contains_key(*uri)).cloned().collect();
        for uri in gone {
            all.insert(uri, (None, Vec::new()));
        }
        for (uri, (version, said)) in all {
            // An editor waits for the answer to what it typed, even if that is the same. Of a file that is not open nothing is
            // taken to be wrong until something was said.
            let is_news = match self.published.get(&uri) {
                Some((before, last)) => *before != version || *last != said,
                None => version.is_some() || !said.is_empty(),
            };
            if is_news {
                let params =
                    PublishDiagnosticsParams { uri: uri.clone().into(), version, diagnostics: said.clone() };
                let method = "textDocument/publishDiagnostics".to_owned();
                self.send(Message::Notification(Notification::new(method, params)));
            }
            if said.is_empty() && version.is_none() {
                self.published.remove(&uri);
            } else {
                self.published.insert(uri, (version, said));
            }
        }
    }
}
