//! The season of `docs/registrar.md`: each request is sent as the caller that the page names, and its answer is compared.
//!
//! With `INSTA_UPDATE=always`, the answers in the page are replaced by those that came. Placeholders stay where they are.

use std::{collections::BTreeMap, fs, path::PathBuf};

use async_graphql::{Request, Value, Variables};
use entity::vocabulary::Role;
use sea_orm::ActiveEnum;
use simpul::{
    access::{GrantScope, RegionCode, Viewer},
    graph::label::Language,
    http::CallerContext,
};

use super::{Written, each_written, season::key_of, with_role};

/// The longest line of an answer in the page.
const WIDTH: usize = 144;

/// What stands between backticks in threes: prose and code by turns.
struct Page {
    parts: Vec<String>,
}

/// One request in the page.
struct Step {
    sender: String,
    document: String,
    variables: Option<String>,
    /// The part that has the answer.
    answer: usize,
}

impl Page {
    fn path() -> PathBuf {
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/registrar.md"))
    }

    fn read() -> Self {
        let text = fs::read_to_string(Self::path()).unwrap();
        Self { parts: text.split("```").map(str::to_owned).collect() }
    }

    fn json(&self, at: usize) -> Option<&str> {
        self.parts.get(at)?.strip_prefix("json\n")
    }

    /// The requests: a document, variables where there are some, and the answer.
    fn steps(&self) -> Vec<Step> {
        let (mut steps, mut at) = (Vec::new(), 1);
        while at < self.parts.len() {
            let code = &self.parts[at];
            let Some(document) = code.strip_prefix("graphql\n") else {
                assert!(!code.starts_with("json\n"), "without a request:{code}");
                at += 2;
                continue;
            };
            let prose = &self.parts[at - 1];
            let sender = prose.rsplit_once("** sends").and_then(|(before, _)| before.rsplit_once("**"));
            let sender = sender.unwrap_or_else(|| panic!("nobody sends {document}")).1.to_owned();
            assert!(self.json(at + 2).is_some(), "without an answer: {document}");
            let has_variables = self.json(at + 4).is_some();
            let variables = has_variables.then(|| self.json(at + 2).unwrap().to_owned());
            let answer = if has_variables { at + 4 } else { at + 2 };
            steps.push(Step { sender, document: document.to_owned(), variables, answer });
            at = answer + 2;
        }
        steps
    }

    /// A caller as the page's table says: its role, and the region or the party that the role is for.
    fn viewer(&self, name: &str, names: &Names) -> Viewer {
        let rows = self.parts.iter().step_by(2).flat_map(|prose| prose.lines());
        let rows = rows.filter(|line| line.starts_with("| "));
        let cells = |row: &str| row.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let row = rows.map(cells).find(|cells| cells[1].eq_ignore_ascii_case(name));
        let row = row.unwrap_or_else(|| panic!("who is {name}?"));
        let (role, of) = (&row[2], row[3].trim_matches('`'));
        if role == "none" {
            return Viewer::Anonymous;
        }
        let role = Role::try_from_value(role).unwrap();
        let scope = match placeholder(of) {
            Some(party) => GrantScope::Party(key_of(&names.0[party].as_str().into())),
            None => GrantScope::WithinRegion(RegionCode::new(of).unwrap()),
        };
        with_role(name, role, scope)
    }
}

/// The name in `<name>`.
fn placeholder(text: &str) -> Option<&str> {
    text.strip_prefix('<')?.strip_suffix('>')
}

/// Values of the placeholders that answers had so far.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    /// Variables, with values for their placeholders.
    fn filled(&self, value: Value) -> Value {
        match value {
            Value::String(text) => match placeholder(&text) {
                Some(name) => Value::String(
                    self.0.get(name).unwrap_or_else(|| panic!("no answer has <{name}>")).clone(),
                ),
                None => Value::String(text),
            },
            Value::List(items) => Value::List(items.into_iter().map(|item| self.filled(item)).collect()),
            Value::Object(fields) => {
                Value::Object(fields.into_iter().map(|(name, field)| (name, self.filled(field))).collect())
            }
            other => other,
        }
    }

    /// An answer, with placeholders for known values, and for new ones where the page has a placeholder.
    fn replaced(&mut self, answer: Value, shown: Option<&Value>) -> Value {
        match (answer, shown) {
            (Value::String(text), Some(Value::String(shown))) => {
                Value::String(self.name_of(text, Some(shown)))
            }
            (Value::String(text), _) => Value::String(self.name_of(text, None)),
            (Value::List(items), shown) => {
                let shown = if let Some(Value::List(shown)) = shown { shown.as_slice() } else { &[] };
                let items = items.into_iter().enumerate();
                Value::List(items.map(|(at, item)| self.replaced(item, shown.get(at))).collect())
            }
            (Value::Object(fields), shown) => {
                let shown = if let Some(Value::Object(shown)) = shown { Some(shown) } else { None };
                let fields = fields.into_iter().map(|(name, field)| {
                    let field = self.replaced(field, shown.and_then(|shown| shown.get(&name)));
                    (name, field)
                });
                Value::Object(fields.collect())
            }
            (other, _) => other,
        }
    }

    fn name_of(&mut self, text: String, shown: Option<&String>) -> String {
        let place = shown.and_then(|shown| placeholder(shown));
        if place == Some("time") && text.len() > 19 && text.ends_with('Z') {
            return "<time>".to_owned();
        }
        if let Some((name, _)) = self.0.iter().find(|(_, value)| **value == text) {
            return format!("<{name}>");
        }
        match place {
            Some(name) if name != "time" && !self.0.contains_key(name) => {
                self.0.insert(name.to_owned(), text);
                format!("<{name}>")
            }
            _ => text,
        }
    }
}

/// JSON as the page writes it: what fits is on one line.
fn written(value: &Value, indent: usize) -> String {
    let line = on_one_line(value);
    let inner = " ".repeat(indent + 2);
    let members: Vec<String> = match value {
        _ if indent + line.chars().count() <= WIDTH => return line,
        Value::Object(fields) => fields
            .iter()
            .map(|(name, field)| format!("{inner}\"{name}\": {}", written(field, indent + 2)))
            .collect(),
        Value::List(items) => {
            items.iter().map(|item| format!("{inner}{}", written(item, indent + 2))).collect()
        }
        _ => return line,
    };
    let (open, close) = if matches!(value, Value::List(_)) { ('[', ']') } else { ('{', '}') };
    format!("{open}\n{}\n{}{close}", members.join(",\n"), " ".repeat(indent))
}

fn on_one_line(value: &Value) -> String {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let fields: Vec<_> =
                fields.iter().map(|(name, field)| format!("\"{name}\": {}", on_one_line(field))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Value::List(items) => format!("[{}]", items.iter().map(on_one_line).collect::<Vec<_>>().join(", ")),
        other => serde_json::to_string(other).unwrap(),
    }
}

/// The answer to a request, without its extensions.
async fn answer(registry: &Written, viewer: &Viewer, step: &Step, names: &Names) -> Value {
    let variables = step.variables.as_ref().map_or_else(Variables::default, |text| {
        let variables: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"));
        Variables::from_value(names.filled(variables))
    });
    let context = CallerContext {
        viewer: viewer.clone(),
        scope: viewer.scope().into(),
        language: Language::En,
        ..CallerContext::default()
    };
    let request = Request::new(&step.document).variables(variables);
    let answer = registry.door.answer(request.into(), &context).await;
    let mut answer: Value = serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
    let Value::Object(members) = &mut answer else { panic!("{answer}") };
    members.shift_remove("extensions");
    answer
}

#[tokio::test]
async fn the_season_of_docs_registrar_runs_as_it_is_written() {
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    each_written(async |registry| {
        let (mut page, mut names) = (Page::read(), Names::default());
        let steps = page.steps();
        assert!(steps.len() > 25, "only {} requests", steps.len());
        let mut different = Vec::new();
        for step in &steps {
            let viewer = page.viewer(&step.sender, &names);
            let answer = answer(registry, &viewer, step, &names).await;
            let shown = page.json(step.answer).unwrap();
            let parsed = serde_json::from_str(shown).unwrap_or_else(|error| panic!("{error} in {shown}"));
            let came = format!("json\n{}\n", written(&names.replaced(answer, Some(&parsed)), 0));
            if came != page.parts[step.answer] {
                different.push(format!("{}{}", step.document, came));
                page.parts[step.answer] = came;
            }
        }
        if update {
            fs::write(Page::path(), page.parts.join("```")).unwrap();
        } else {
            assert!(different.is_empty(), "other answers than in the page:\n{}", different.join("\n"));
        }
    })
    .await;
}
