//! The outline of a file: its sections, and in them its items with their points.

use std::collections::HashMap;

use gen_lsp_types::{BaseSymbolInformation, DocumentSymbol, Location, Range, SymbolInformation, SymbolKind};

use super::analysis::Analysis;
use super::diagnostics::{points, shown};
use super::index::{Item, Top};
use super::position::Encoding;
use crate::records::sections::{List, Section};
use crate::source::FileIx;

/// The sections of a file with their items.
pub fn symbols(analysis: &Analysis, file: FileIx, encoding: Encoding) -> Vec<DocumentSymbol> {
    let mut owed: Owed<'_> = HashMap::new();
    for row in analysis.scored.iter().flat_map(|scored| &scored.factors) {
        *owed.entry((row.subject.kind, row.subject.id.raw())).or_default() += row.mp.mp();
    }
    let index = analysis.index();
    let items: Vec<&Item> = index.items.iter().filter(|item| item.file == file).collect();
    let section = |top: &Top| {
        let range = analysis.range(file, top.key_at.start..top.to, encoding);
        let list = Section::find(&top.name).and_then(|section| match section {
            Section::List(list) => Some(list),
            Section::Single(_) => None,
        });
        let is_inside = |item: &&&Item| {
            Some(item.list) == list && top.key_at.start <= item.at.start && item.at.start < top.to
        };
        let mine = items.iter().filter(is_inside);
        let children: Vec<DocumentSymbol> =
            mine.map(|item| of_item(analysis, item, &owed, encoding)).collect();
        let kind = if list.is_some() { SymbolKind::Array } else { SymbolKind::Property };
        let selection = analysis.range(file, top.key_at.clone(), encoding);
        symbol(shown(&top.name), None, kind, range, selection, children)
    };
    let tops = index.tops.iter().filter(|top| top.file == file && !top.name.is_empty());
    tops.map(section).collect()
}

/// What items owe in milli-points, by kind and id.
type Owed<'a> = HashMap<(&'static str, &'a str), i64>;

fn of_item(analysis: &Analysis, item: &Item, owed: &Owed<'_>, encoding: Encoding) -> DocumentSymbol {
    let id = item.id.as_deref().filter(|id| !id.is_empty());
    let name = item.name.as_deref().filter(|name| !name.is_empty());
    let called = id.or(name).unwrap_or("(no id)");
    let mut detail: Vec<String> = name.filter(|_| id.is_some()).map(shown).into_iter().collect();
    if let Some(owed) = item.kind().zip(id).and_then(|item| owed.get(&item)) {
        detail.push(points(*owed));
    }
    let detail = (!detail.is_empty()).then(|| detail.join(", "));
    let range = analysis.range(item.file, item.at.clone(), encoding);
    let selection = item.id_at.clone().unwrap_or_else(|| {
        let line = analysis.rest_of_line(item.file, item.at.start);
        line.start..line.end.min(item.at.end)
    });
    let selection = analysis.range(item.file, selection, encoding);
    symbol(shown(called), detail, kind_of(item.list), range, selection, Vec::new())
}

fn symbol(
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    range: Range,
    selection_range: Range,
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    #[expect(deprecated, reason = "the type has the field, and it is left out")]
    DocumentSymbol {
        name,
        detail,
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range,
        children: Some(children),
    }
}

fn kind_of(list: List) -> SymbolKind {
    match list {
        List::People => SymbolKind::Object,
        List::Squads | List::Guilds => SymbolKind::Namespace,
        List::Meetings | List::Conversations => SymbolKind::Event,
        List::Decisions | List::Promotions | List::Mentorships => SymbolKind::Struct,
        List::Acknowledgements => SymbolKind::Constant,
    }
}

/// The same one after the other, for clients that take no symbols within symbols.
pub fn flat(symbols: &[DocumentSymbol], uri: &str) -> Vec<SymbolInformation> {
    let mut all = Vec::new();
    for section in symbols {
        all.push(information(section, uri, None));
        let children = section.children.iter().flatten();
        all.extend(children.map(|item| information(item, uri, Some(&section.name))));
    }
    all
}

fn information(symbol: &DocumentSymbol, uri: &str, container: Option<&String>) -> SymbolInformation {
    #[expect(deprecated, reason = "the type has the field, and it is left out")]
    SymbolInformation {
        deprecated: None,
        location: Location { uri: uri.into(), range: symbol.range },
        base_symbol_information: BaseSymbolInformation {
            name: symbol.name.clone(),
            kind: symbol.kind,
            tags: None,
            container_name: container.cloned(),
        },
    }
}
