//! The share of villages with a cooperative, by province: a map and its table.

use maud::{Markup, html};

use super::{
    super::{
        coverage::{self, Coverage, EXISTING, Numbers, Region},
        part,
        picture::map,
        visit::Visit,
    },
    home, is_made_up,
};

fn provinces(data: &home::ResponseData) -> Vec<Region<'_>> {
    let villages = data.villages.nodes.iter().map(|node| (node.key.value.as_deref(), node.count));
    let covered = data.covered.nodes.iter().map(|node| (node.key.value.as_deref(), node.count));
    let (villages, covered) = (Numbers::of(villages), Numbers::of(covered));
    let provinces = data.provinces.nodes.iter().map(|province| Region {
        code: &province.code,
        name: &province.name,
        covered: covered.at(&province.code),
        villages: villages.at(&province.code),
        point: province.location.as_ref().map(|point| (point.latitude, point.longitude)),
    });
    provinces.collect()
}

/// The villages of the country with a cooperative, and all of them.
pub(super) fn country(data: &home::ResponseData) -> (i64, i64) {
    Coverage { caption: "", heading: "", regions: provinces(data), made_up: false }.total()
}

pub(super) fn show(visit: &Visit, data: &home::ResponseData) -> Markup {
    let language = visit.language;
    let coverage = Coverage {
        caption: &language.text("coverage-caption"),
        heading: &language.text("province"),
        regions: provinces(data),
        made_up: is_made_up(data, "Cooperative"),
    };
    let without = format!("{{level: {{eq: VILLAGE}}, cooperatives: {{none: {{{EXISTING}}}}}}}");
    html! {
        (coverage.map(visit, map::country))
        (coverage.table(visit))
        (coverage::downloads(visit, "", "PROVINCE"))
        p.soft { (language.text("map-note")) }
        (part::downloads_of(visit, &language.text("villages-without-list"), |format| {
            part::export("regions", format, &without, "code,name,kind,postalCode")
        }))
    }
}
