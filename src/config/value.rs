//! Value types of settings.

use std::str::FromStr;

use clap::ValueEnum;
use serde::Deserialize;

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    On,
    Off,
}

/// Which documents may be executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum AllowedDocuments {
    /// All documents.
    Any,
    /// All documents; those that are not trusted are logged.
    Log,
    /// Trusted documents only.
    Only,
}

/// The cost limit of one request in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct CostLimit(pub u32);

/// The smallest cost limit: below it, the introspection query of GraphiQL and of code generators would be refused.
const LEAST_COST_LIMIT: i64 = 200_000;

impl TryFrom<i64> for CostLimit {
    type Error = String;

    fn try_from(points: i64) -> Result<Self, String> {
        // The API shows it as an `Int`.
        let limit = i32::try_from(points).ok().filter(|_| points >= LEAST_COST_LIMIT);
        let limit = limit.and_then(|points| u32::try_from(points).ok());
        limit.map(Self).ok_or_else(|| format!("between {LEAST_COST_LIMIT} and {}, not {points}", i32::MAX))
    }
}

impl FromStr for CostLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse::<i64>().map_err(|error| error.to_string())?.try_into()
    }
}

/// The refill rate of each caller in points per second; `None` means no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RateLimitSetting")]
pub struct RateLimit(pub Option<u32>);

impl FromStr for RateLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.parse()) {
            ("off", _) => Ok(Self(None)),
            (_, Ok(points)) if points > 0 => Ok(Self(Some(points))),
            _ => Err(format!("`off`, or how many points come back every second, not `{text}`")),
        }
    }
}

/// The two forms of a rate limit in `simpul.toml`.
#[derive(Deserialize)]
#[serde(untagged)]
enum RateLimitSetting {
    Points(u32),
    Word(String),
}

impl TryFrom<RateLimitSetting> for RateLimit {
    type Error = String;

    fn try_from(setting: RateLimitSetting) -> Result<Self, String> {
        match setting {
            RateLimitSetting::Points(points) => points.to_string().parse(),
            RateLimitSetting::Word(word) => word.parse(),
        }
    }
}
