//! `simpul explain`: what it prints of a document, and that it is loaded as a request is.

use std::process::{Command, Output};

use serde_json::{Value, json};
use simpul::{
    cli::explain::{ExplainError, Explained, explain},
    config::{ServeOptions, Switch},
    graph::load::Planner,
    store::Engine,
};

use crate::support::{Registry, database};

const DOCUMENT: &str = "query($first: Int!) { cooperatives(first: $first, where: {status: {eq: OPERATING}}) {
    totalCount nodes { id name linkages(as: SUPPLIER, first: 2) { totalCount nodes { code buyer { name } } } } } }";

fn request() -> Explained {
    let variables = Some("{\"first\": 2}".to_owned());
    Explained { document: DOCUMENT.to_owned(), variables, ..Explained::default() }
}

fn options(planner: Switch) -> ServeOptions {
    let mut options = ServeOptions::default();
    options.planner = Some(planner);
    options.statement_timeout_ms = 60_000.try_into().ok();
    options
}

/// The last block of code.
fn answer(explanation: &str) -> Value {
    let block = explanation.rsplit("```json\n").next().unwrap().split("\n```").next().unwrap();
    serde_json::from_str(block).unwrap()
}

#[tokio::test]
async fn the_answer_and_the_statements_are_those_of_a_request() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let registry = Registry::over(engine, fresh.connection.clone(), database::TIME).await;
        for (planner, switch) in [(Planner::On, Switch::On), (Planner::Off, Switch::Off)] {
            let asked = registry.planned(planner).ask_with(DOCUMENT, json!({ "first": 2 })).await;
            let explained = explain(&fresh.url(), request(), &options(switch)).await.unwrap().markdown();
            assert_eq!(answer(&explained), asked.body);
            assert_eq!(explained.matches("\n## Statement ").count(), asked.statements, "{explained}");
            assert!(explained.contains("where   status = 'OPERATING'"), "{explained}");
            assert!(explained.contains("branch: ") == (switch == Switch::On), "{explained}");
        }
        fresh.discard().await;
    }
}

#[tokio::test]
async fn an_error_of_a_request_is_part_of_its_answer() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let unknown =
            Explained { document: "{ cooperatives { nothing } }".to_owned(), ..Explained::default() };
        let explained = explain(&fresh.url(), unknown, &options(Switch::On)).await.unwrap().markdown();
        assert!(explained.contains("GRAPHQL_VALIDATION_FAILED"), "{explained}");
        assert!(!explained.contains("## Statement"), "{explained}");
        let wrong = Explained { variables: Some("[1]".to_owned()), ..request() };
        let error = explain(&fresh.url(), wrong, &options(Switch::On)).await.unwrap_err();
        assert!(matches!(error, ExplainError::Variables(_)), "{error}");
        fresh.discard().await;
    }
}

/// Statements of a search are recorded too, without a plan.
#[tokio::test]
async fn every_statement_of_a_search_is_printed() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let text = "{ search(text: \"al ittifaq\", first: 2) { nodes { ... on Cooperative { name } } } }";
        let search = Explained { document: text.to_owned(), ..Explained::default() };
        let explained = explain(&fresh.url(), search, &options(Switch::On)).await.unwrap().markdown();
        assert!(explained.contains("\n## Statement 2 of 2"), "{explained}");
        fresh.discard().await;
    }
}

/// More edges than are planned beneath one row: the request restarts, and the statements of both attempts are printed.
#[tokio::test]
async fn the_attempts_of_a_request_are_told_apart() {
    let list = |at| format!("l{at}: linkages(as: SUPPLIER, first: {}) {{ nodes {{ code }} }}", at + 1);
    let lists = (0..45).map(list).collect::<Vec<_>>().join(" ");
    let document = format!("{{ cooperative(by: {{slug: \"kopontren-al-ittifaq\"}}) {{ name {lists} }} }}");
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let many = Explained { document: document.clone(), ..Explained::default() };
        let explained = explain(&fresh.url(), many, &options(Switch::On)).await.unwrap().markdown();
        assert!(explained.contains("\n## Statement 3 of 3"), "{explained}");
        assert_eq!(explained.matches(", attempt 2 of the request.").count(), 2, "{explained}");
        fresh.discard().await;
    }
}

/// Without a planner, the linkages of one party and of several are read by the same SQL.
#[tokio::test]
async fn each_statement_has_its_own_plan_where_their_sql_is_equal() {
    let again = "linkages(first: 5) { nodes { supplier { ... on Cooperative { linkages(first: 5) { nodes { code } } } } } }";
    let buyers =
        format!("linkages(first: 5) {{ nodes {{ buyer {{ ... on PartnerInstitution {{ {again} }} }} }} }}");
    let document = format!("{{ cooperative(by: {{slug: \"kopontren-al-ittifaq\"}}) {{ {buyers} }} }}");
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let request = Explained { document: document.clone(), ..Explained::default() };
        let explanation = explain(&fresh.url(), request, &options(Switch::Off)).await.unwrap().markdown();
        let groups =
            explanation.lines().filter(|line| line.starts_with("group ") && line.contains(".linkages"));
        let sizes: Vec<&str> = groups.map(|line| line.rsplit(", ").next().unwrap()).collect();
        assert!(
            sizes.contains(&"beneath 1 row") && sizes.iter().any(|size| size.ends_with(" rows")),
            "{explanation}"
        );
        fresh.discard().await;
    }
}

fn simpul(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_simpul"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIMPUL_")) {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(env!("CARGO_TARGET_TMPDIR")).output().unwrap()
}

#[tokio::test]
async fn the_engine_says_how_it_executes_each_statement() {
    for engine in database::engines() {
        let fresh = database::fresh(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("document.graphql");
        std::fs::write(&file, DOCUMENT).unwrap();
        let (url, file) = (fresh.url(), file.display().to_string());
        let common = ["explain", "--database-url", &url, "--statement-timeout-ms", "60000"];
        let output = simpul(&[&common[..], &["--variables", "{\"first\": 2}", "--analyze", &file]].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}");
        let analysis = text.split("### Analysis").nth(1).unwrap();
        let said = if engine == Engine::Postgres { "Execution Time: " } else { "SEARCH " };
        assert!(analysis.contains(said), "{analysis}");
        for (arguments, named) in [
            (["--variables", "first", &file], "--variables"),
            (["--planner", "on", "/not/there.graphql"], "/not/there.graphql"),
        ] {
            let output = simpul(&[&common[..], &arguments].concat());
            let line = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{line}");
            assert!(line.contains(named), "{line}");
        }
        fresh.discard().await;
    }
}
