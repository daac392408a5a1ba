//! Topics and goals of the seed's program, which its source was read into in English, in the reader's language.

use std::borrow::Cow;

use super::super::language::Language;

/// Texts of the seed, and the ids of their wording.
const WORDING: [(&str, &str); 17] = [
    ("agribusiness chain upstream to downstream", "topic-chain"),
    ("supply chain development", "topic-supply-chain"),
    ("SOP drafting", "topic-procedures"),
    ("production management", "topic-production"),
    ("long-term planning", "topic-planning"),
    ("quality management", "topic-quality"),
    ("marketing of members' products", "topic-marketing"),
    ("business networking", "topic-networking"),
    ("digital transformation", "topic-digital"),
    ("community and santri empowerment", "topic-empowerment"),
    ("innovation / formula finding", "topic-innovation"),
    ("accelerate operation of Kopdes Merah Putih", "goal-operation"),
    ("business ecosystem and partnership at village level", "goal-ecosystem"),
    ("capacity of board members", "goal-capacity"),
    ("entrepreneurial DNA", "goal-enterprise"),
    ("understand business model, grow the business, replicate best practice", "goal-replicate"),
    ("cooperatives as aggregation hub and economic node of the village", "goal-hub"),
];

/// A topic or a goal in the reader's language; as the API has it where no wording is known.
pub(super) fn shown(language: Language, text: &str) -> Cow<'_, str> {
    let known = WORDING.iter().find(|(known, _)| *known == text);
    known.map_or(Cow::Borrowed(text), |(_, id)| language.text(id))
}
