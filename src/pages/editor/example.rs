//! Examples: the documents of `tests/queries`, with their variables.

use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;

/// A document that a reader may begin with.
#[derive(Debug, Serialize)]
pub(super) struct Example {
    /// The id of its title among the texts.
    #[serde(skip)]
    pub(super) title: &'static str,
    pub(super) query: &'static str,
    /// The variables in JSON, as a reader would write them.
    pub(super) variables: String,
}

macro_rules! examples {
    ($($title:literal $path:literal,)*) => {
        [$(example(
            $title,
            include_str!(concat!("../../../tests/queries/", $path, ".graphql")),
            include_str!(concat!("../../../tests/queries/", $path, ".json")),
        )),*]
    };
}

/// All examples.
pub(super) static EXAMPLES: LazyLock<[Example; 10]> = LazyLock::new(|| {
    examples![
        "example-cooperative-profile" "mobile/cooperative-profile",
        "example-search" "mobile/search",
        "example-nearby" "mobile/nearby",
        "example-map" "mobile/map",
        "example-institution-network" "dashboard/institution-network",
        "example-internship-program" "dashboard/internship-program",
        "example-supply-chain" "dashboard/supply-chain",
        "example-linkage-figures" "analyst/linkage-figures",
        "example-coverage" "analyst/coverage",
        "example-cooperatives-without-offtaker" "analyst/cooperatives-without-offtaker",
    ]
});

fn example(title: &'static str, query: &'static str, file: &str) -> Example {
    let file: Value = serde_json::from_str(file).unwrap_or_default();
    let variables =
        file.get("variables").filter(|given| given.as_object().is_some_and(|given| !given.is_empty()));
    let variables = variables.and_then(|given| serde_json::to_string_pretty(given).ok()).unwrap_or_default();
    Example { title, query, variables }
}
