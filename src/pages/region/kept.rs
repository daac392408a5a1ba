//! What a node keeps of the pages of provinces: their answers, computed for all readers at a time.

use graphql_client::GraphQLQuery;

use super::{
    super::{document::Asked, failure::Failure, scalar::RegionCode, visit::Visit},
    Answer,
    level::Level,
    parts, trade,
};
use crate::http::{Kept, KeptBy};

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "schema.graphql",
    query_path = "src/pages/region/known.graphql",
    response_derives = "Debug"
)]
struct RegionKnown;

pub(super) const DOCUMENT: &str = region_known::QUERY;

/// The answers of each province.
#[derive(Clone, Debug, Default)]
pub(in crate::pages) struct Figures {
    region: KeptBy<Asked<Answer>>,
    parts: KeptBy<Asked<parts::Answer>>,
    /// By code and language.
    trade: KeptBy<Asked<trade::Answer>>,
}

/// The answers that are kept of one region; none of a region that is no province.
#[derive(Debug, Default)]
pub(super) struct KeptAnswers {
    pub(super) region: Option<Kept<Asked<Answer>>>,
    pub(super) parts: Option<Kept<Asked<parts::Answer>>>,
    pub(super) trade: Option<Kept<Asked<trade::Answer>>>,
}

impl Figures {
    pub(super) async fn of(&self, visit: &Visit, level: Level, code: &str) -> Result<KeptAnswers, Failure> {
        if level != Level::Province {
            return Ok(KeptAnswers::default());
        }
        if self.region.known(code).is_none() {
            // A reader pays to learn whether there is the province before anything is computed for nobody's points.
            let asked = visit.ask::<RegionKnown>(region_known::Variables { code: code.to_owned() }).await;
            let asked = asked.map_err(Failure::of_unknown_key)?;
            asked.data.region.as_ref().ok_or_else(|| Failure::absent(&asked.origin.errors))?;
        }
        let language = visit.language.code();
        Ok(KeptAnswers {
            region: Some(self.region.of(code)),
            parts: Some(self.parts.of(code)),
            trade: Some(self.trade.of(&format!("{code} {language}"))),
        })
    }
}
