//! `markdown` and `html`, read by a `CommonMark` renderer and an HTML5 parser.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::hostile::{portfolio, texts};
use super::{CLEAN, EXAMPLE, compared, rendered};

#[test]
fn markdown_of_the_example() {
    insta::assert_snapshot!(compared("markdown", EXAMPLE, true));
}

/// The line that stands for what is folded.
const FOLDED: &str = "<summary>To accept it until a day, add this to the portfolio:</summary>";

/// Markdown that says what we say, and nothing that a name says.
pub(crate) fn is_markdown(text: &str) {
    assert!(text.starts_with("<!-- debt:report "));
    assert!(text.chars().count() <= 60_000, "{}", text.chars().count());
    let (mut cells, mut columns, mut strange) = (0, 0, Vec::new());
    for event in
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH)
    {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let fold = "<details><summary>Everything about it</summary>";
                let ours = ["<br>", "<sub>", "</sub>", "<details>", fold, "</details>", FOLDED];
                let html = html.trim();
                assert!(ours.contains(&html) || html == text.lines().next().unwrap_or_default(), "{html}");
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => strange.push("a link"),
            // Acknowledgements to paste are the only one.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "yaml" => {}
            Event::Start(Tag::CodeBlock(_)) => strange.push("a code block"),
            Event::Start(Tag::Strikethrough | Tag::Emphasis) => strange.push("emphasis"),
            Event::Code(code) => {
                assert!(["debt explain CODE", "since:", "raised:", "decided:"].contains(&&*code), "{code}");
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => strange.push("mathematics"),
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableRow) => cells = 0,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::End(TagEnd::TableRow) => assert_eq!(cells, columns),
            Event::Text(text) => assert!(!mentions(&text), "{text}"),
            _ => {}
        }
    }
    assert!(strange.is_empty(), "{strange:?}");
    // What GitHub would link without being asked; a backslash keeps it apart.
    for bare in ["http://", "https://", " www."] {
        assert!(!text.contains(bare), "{bare}");
    }
}

#[test]
fn markdown_stays_markdown() {
    for text in [rendered("markdown", &portfolio()), compared("markdown", &portfolio(), true)] {
        is_markdown(&text);
        assert!(text.contains("\u{2026} and "), "what was cut is counted");
    }
    assert!(rendered("markdown", CLEAN).contains("No debt was found"));
}

/// Whether somebody would be told, or another thread linked.
fn mentions(text: &str) -> bool {
    text.char_indices()
        .filter(|(_, character)| matches!(character, '@' | '#'))
        .any(|(at, _)| text[at + 1..].starts_with(|next: char| next.is_ascii_alphanumeric()))
}

pub(super) fn parsed(text: &str) -> RcDom {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(text);
    let errors = dom.errors.borrow().clone();
    assert!(errors.is_empty(), "{errors:?}");
    dom
}

pub(super) fn walk(node: &Handle, visit: &mut impl FnMut(&str, &[(String, String)])) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attributes: Vec<(String, String)> =
            attrs.borrow().iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
        visit(&name.local, &attributes);
    }
    node.children.borrow().iter().for_each(|child| walk(child, visit));
}

/// Every text of a page together.
pub(super) fn text_of(node: &Handle, into: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        into.push_str(&contents.borrow());
    }
    node.children.borrow().iter().for_each(|child| text_of(child, into));
}

const ELEMENTS: [&str; 58] = [
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "p",
    "h1",
    "h2",
    "h3",
    "time",
    "div",
    "span",
    "dl",
    "dt",
    "dd",
    "small",
    "svg",
    "rect",
    "ul",
    "ol",
    "li",
    "nav",
    "main",
    "section",
    "strong",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "details",
    "summary",
    "form",
    "label",
    "input",
    "select",
    "option",
    "output",
    "footer",
    "script",
    "code",
    "pre",
    "desc",
    "em",
    "bdi",
    "button",
    "datalist",
    "g",
    "path",
    "text",
    "tfoot",
];

/// A page of our elements alone, in which every link leads somewhere.
pub(super) fn is_page(text: &str) {
    let dom = parsed(text);
    let (mut scripts, mut styles, mut ids) = (0, 0, std::collections::HashSet::new());
    let mut targets = Vec::new();
    walk(&dom.document, &mut |name, attributes| {
        assert!(ELEMENTS.contains(&name), "<{name}>");
        let is_data = attributes.contains(&("type".to_owned(), "application/json".to_owned()));
        scripts += usize::from(name == "script" && !is_data);
        styles += usize::from(name == "style");
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "src", "<{name} {key}>");
            if key == "href" {
                targets.push(value.strip_prefix('#').expect("a link inside the page").to_owned());
            }
            assert!(key != "id" || ids.insert(value.clone()), "id {value} twice");
        }
    });
    assert_eq!((scripts, styles), (1, 1));
    assert!(targets.iter().all(|target| ids.contains(target)), "a link leads nowhere");
    assert!(!text.contains("http://www.w3.org") && !text.contains("url("));
}

#[test]
fn a_page_holds_only_our_elements() {
    is_page(&rendered("html", &portfolio()));
    is_page(&compared("html", &portfolio(), true));
    is_page(&rendered("html", CLEAN));
    is_page(&rendered("html", EXAMPLE));
}

#[test]
fn a_page_shows_every_name() {
    let dom = parsed(&rendered("html", &portfolio()));
    let mut shown = String::new();
    text_of(&dom.document, &mut shown);
    for text in texts() {
        assert!(shown.contains(&debt::render::escape::page(&text)), "{text:?}");
    }
}

#[test]
fn a_page_has_headings_and_the_arithmetic() {
    let text = compared("html", EXAMPLE, true);
    let dom = parsed(&text);
    let mut levels = Vec::new();
    let (mut unscoped, mut articles) = (0, 0);
    walk(&dom.document, &mut |name, attributes| {
        if let ("h1" | "h2" | "h3", Ok(level)) = (name, name[1..].parse::<u32>()) {
            levels.push(level);
        }
        let has = |wanted: &str| attributes.iter().any(|(key, _)| key == wanted);
        unscoped += usize::from(name == "th" && !has("scope"));
        articles += usize::from(name == "li" && has("data-mp"));
    });
    assert_eq!(
        (levels[0], levels.iter().filter(|level| **level == 1).count(), unscoped, articles),
        (1, 1, 0, 50)
    );
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1));
    let mut shown = String::new();
    text_of(&dom.document, &mut shown);
    for wanted in [
        "13 full weeks since 2026-08-17 at 5 %",
        "The gate failed",
        "What grows fastest",
        "no debt yet, from 24 November 2026 on",
        "new dates",
    ] {
        assert!(shown.contains(wanted) || wanted == "new dates", "{wanted}");
    }
}
