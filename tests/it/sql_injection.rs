//! SQL injection: hostile strings in every argument that introspection finds do not alter a statement.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value as Json, json};

use crate::support::{Registry, each_engine};

const HOSTILE: [&str; 10] = [
    "'; DROP TABLE cooperative; --",
    "\" OR \"1\" = \"1",
    "') OR 1=1 --",
    "%_\\",
    "$1 ?1 :name @name",
    "*\" NEAR(a b) AND ^x",
    "/* */ ; -- \n\r\t",
    "{\"a\":[1]}",
    "\u{1f4a9}\u{202e}e\u{301}\u{fffd}",
    "\u{0}",
];

/// The schema's types, by name.
struct Types(BTreeMap<String, Json>);

impl Types {
    async fn ask(registry: &Registry) -> Self {
        let kind = "kind name ofType { kind name ofType { kind name ofType { kind name } } }";
        let document = format!(
            "{{ __schema {{ types {{ kind name
                 fields {{ name args {{ name type {{ {kind} }} }} type {{ {kind} }} }}
                 inputFields {{ name type {{ {kind} }} }}
                 enumValues {{ name }} }} }} }}"
        );
        let data = registry.data(&document).await;
        let types = data["__schema"]["types"].as_array().unwrap().iter().cloned();
        Self(types.map(|kind| (kind["name"].as_str().unwrap().to_owned(), kind)).collect())
    }

    fn fields(&self, name: &str, which: &str) -> Vec<Json> {
        self.0[name][which].as_array().cloned().unwrap_or_default()
    }

    /// Every way to put a text somewhere into a value of a type, with the other parts that it needs.
    fn texts(&self, kind: &Json, text: &str, depth: usize) -> Vec<String> {
        match kind["kind"].as_str().unwrap() {
            "NON_NULL" => self.texts(&kind["ofType"], text, depth),
            "LIST" => self
                .texts(&kind["ofType"], text, depth)
                .into_iter()
                .map(|value| format!("[{value}]"))
                .collect(),
            "SCALAR" => match kind["name"].as_str().unwrap() {
                "Int" | "Float" | "Boolean" => Vec::new(),
                _ => vec![json!(text).to_string()],
            },
            "INPUT_OBJECT" if depth > 0 => {
                let name = kind["name"].as_str().unwrap();
                let fields = self.fields(name, "inputFields");
                let mut all = Vec::new();
                for field in &fields {
                    let others = fields.iter().filter(|other| {
                        other["name"] != field["name"] && other["type"]["kind"] == "NON_NULL"
                    });
                    let others: Vec<String> = others
                        .map(|other| {
                            format!(", {}: {}", other["name"].as_str().unwrap(), self.some(&other["type"]))
                        })
                        .collect();
                    let others = others.concat();
                    for value in self.texts(&field["type"], text, depth - 1) {
                        all.push(format!("{{{}: {value}{others}}}", field["name"].as_str().unwrap()));
                    }
                }
                all
            }
            _ => Vec::new(),
        }
    }

    /// The lists at the root that need no argument, each with the type of its rows.
    fn lists(&self) -> Vec<(String, String)> {
        let free = self.fields("Query", "fields").into_iter().filter(|list| {
            let arguments = list["args"].as_array().unwrap();
            arguments.iter().all(|argument| argument["type"]["kind"] != "NON_NULL")
        });
        free.filter_map(|list| {
            let page = list["type"]["ofType"]["name"].as_str().filter(|name| name.ends_with("Connection"))?;
            let nodes = self.fields(page, "fields").into_iter().find(|field| field["name"] == "nodes")?;
            let noun = nodes["type"]["ofType"]["ofType"]["ofType"]["name"].as_str()?;
            Some((list["name"].as_str()?.to_owned(), noun.to_owned()))
        })
        .collect()
    }

    /// Questions through the arguments of what the rows of a list lead on to. Their conditions are those of the lists
    /// at the root, and a part stands for all; an argument of a single text is asked with each of them.
    fn nested(&self) -> Vec<String> {
        let mut questions = Vec::new();
        for (list, noun) in self.lists() {
            for field in self.fields(&noun, "fields") {
                let (name, selection) = (field["name"].as_str().unwrap(), self.selection(&field["type"]));
                for argument in field["args"].as_array().unwrap() {
                    let (by, kind) = (argument["name"].as_str().unwrap(), &argument["type"]);
                    for (at, text) in HOSTILE.iter().enumerate() {
                        let ways = self.texts(kind, text, 2);
                        let (first, step) = if ways.len() == 1 { (0, 1) } else { (at, HOSTILE.len() + 1) };
                        questions.extend(ways.into_iter().skip(first).step_by(step).map(|value| {
                            format!("{list}(first: 1) {{ nodes {{ {name}({by}: {value}){selection} }} }}")
                        }));
                    }
                }
            }
        }
        questions
    }

    /// Any value of a type.
    fn some(&self, kind: &Json) -> String {
        match kind["kind"].as_str().unwrap() {
            "NON_NULL" => self.some(&kind["ofType"]),
            "LIST" => "[]".into(),
            "ENUM" => {
                self.0[kind["name"].as_str().unwrap()]["enumValues"][0]["name"].as_str().unwrap().into()
            }
            "INPUT_OBJECT" => {
                let fields = self.fields(kind["name"].as_str().unwrap(), "inputFields");
                let needed = fields.iter().filter(|field| field["type"]["kind"] == "NON_NULL");
                let needed: Vec<String> = needed
                    .map(|field| {
                        format!("{}: {}", field["name"].as_str().unwrap(), self.some(&field["type"]))
                    })
                    .collect();
                format!("{{{}}}", needed.join(", "))
            }
            _ => match kind["name"].as_str().unwrap() {
                "String" | "ID" => "\"x\"".into(),
                _ => "1".into(),
            },
        }
    }

    fn selection(&self, kind: &Json) -> &'static str {
        match kind["kind"].as_str().unwrap() {
            "NON_NULL" | "LIST" => self.selection(&kind["ofType"]),
            "SCALAR" | "ENUM" => "",
            _ if self
                .fields(kind["name"].as_str().unwrap(), "fields")
                .iter()
                .any(|field| field["name"] == "nodes") =>
            {
                " { nodes { __typename } }"
            }
            _ => " { __typename }",
        }
    }
}

async fn rows(registry: &Registry) -> Vec<i64> {
    let mut counted = Vec::new();
    for table in
        ["cooperative", "institution", "linkage", "partnership", "region", "person", "seaql_migrations"]
    {
        let count = Statement::from_string(
            registry.database.get_database_backend(),
            format!("SELECT count(*) FROM {table}"),
        );
        let row = registry.database.query_one_raw(count).await.unwrap().unwrap();
        counted.push(row.try_get_by_index(0).unwrap());
    }
    counted
}

#[tokio::test]
async fn no_text_alters_a_statement() {
    each_engine(async |registry| {
        let types = Types::ask(registry).await;
        let before = rows(registry).await;
        let mut questions = Vec::new();
        for field in types.fields("Query", "fields") {
            let (name, arguments) = (field["name"].as_str().unwrap(), field["args"].as_array().unwrap());
            for argument in arguments {
                let others = arguments
                    .iter()
                    .filter(|other| other["name"] != argument["name"] && other["type"]["kind"] == "NON_NULL");
                let others: Vec<String> = others
                    .map(|other| {
                        format!(", {}: {}", other["name"].as_str().unwrap(), types.some(&other["type"]))
                    })
                    .collect();
                let others = others.concat();
                // Related rows of related rows are asked about alike: those of one list stand for all.
                let depth = if name == "linkages" { 4 } else { 2 };
                for (at, text) in HOSTILE.iter().enumerate() {
                    // Every way gets some of the texts, and every text goes every few ways.
                    let ways = types.texts(&argument["type"], text, depth).into_iter().skip(at);
                    for value in ways.step_by(if depth > 2 { 149 } else { 5 }) {
                        let selection = types.selection(&field["type"]);
                        let argument = argument["name"].as_str().unwrap();
                        questions.push(format!("{name}({argument}: {value}{others}){selection}"));
                    }
                }
            }
        }
        questions.extend(types.nested());
        assert!(questions.len() > 1_500, "{} questions cannot be all", questions.len());
        for question in questions {
            let answer = registry.ask(&format!("{{ {question} }}")).await;
            for error in answer.body["errors"].as_array().into_iter().flatten() {
                assert_ne!(error["extensions"]["code"], "INTERNAL", "{question}: {error}");
                let words = error["message"].as_str().unwrap().to_lowercase();
                assert!(
                    !["syntax error", "sqlite", "sqlx", "postgres"].iter().any(|word| words.contains(word)),
                    "{error}"
                );
            }
        }
        assert_eq!(rows(registry).await, before);
    })
    .await;
}
