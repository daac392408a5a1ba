//! Generates cooperatives: one Merah Putih cooperative per village, and older ones of all kinds.

use chrono::{Datelike, Days, NaiveDate};
use entity::{
    cooperative, party,
    vocabulary::{
        CommunityBase, CooperativeForm, CooperativeProgram, CooperativeStatus, CooperativeType,
        FormationModel, PartyKind, RegionKind,
    },
};
use sea_orm::prelude::Uuid;

use super::{Stock, person::word};
use crate::{
    exchange::{
        draw::Draw,
        gazetteer::GazetteerRegion,
        identity::{ANCHOR, Origin, day, id, record},
        slug::slug,
    },
    graph::{fold::fold, place::UnitVector},
};

/// The party row of a cooperative.
pub(in crate::exchange) fn party_of(row: &cooperative::Model) -> party::Model {
    party::Model {
        id: row.id,
        kind: PartyKind::Cooperative,
        name_fold: row.name_fold.clone(),
        region_code: Some(row.region_code.clone()),
    }
}

/// Whether the cooperative is a legal entity, or was one.
pub(super) fn is_legal(status: CooperativeStatus) -> bool {
    use CooperativeStatus::{Deliberated, InNotary, Planned};
    !matches!(status, Planned | Deliberated | InNotary)
}

/// Whether the cooperative has ended.
pub(super) fn is_over(status: CooperativeStatus) -> bool {
    matches!(status, CooperativeStatus::Merged | CooperativeStatus::Dissolved)
}

pub(super) fn village_status(draw: &mut Draw) -> CooperativeStatus {
    use CooperativeStatus::{
        Deliberated, Dissolved, InNotary, Inactive, LegalEntity, Merged, Operating, Planned, Suspended,
    };
    draw.weighted(&[
        (Planned, 10),
        (Deliberated, 15),
        (InNotary, 15),
        (LegalEntity, 530),
        (Operating, 370),
        (Inactive, 45),
        (Suspended, 5),
        (Merged, 4),
        (Dissolved, 6),
    ])
}

pub(super) fn other_status(draw: &mut Draw) -> CooperativeStatus {
    use CooperativeStatus::{Dissolved, Inactive, LegalEntity, Merged, Operating, Suspended};
    draw.weighted(&[
        (Operating, 62),
        (Inactive, 20),
        (LegalEntity, 6),
        (Suspended, 2),
        (Merged, 3),
        (Dissolved, 7),
    ])
}

/// The Merah Putih cooperative of a village; `ordinal` is its number in the country, counted from 0.
pub(in crate::exchange) fn of_village(
    stock: &Stock,
    draw: &mut Draw,
    village: &GazetteerRegion,
    ordinal: u64,
    status: CooperativeStatus,
    successor: Option<Uuid>,
) -> cooperative::Model {
    use CooperativeType::{Consumer, Marketing, Producer, SavingsAndLoan, Service};
    let key = village.digits();
    let (program, word) = match village.kind {
        RegionKind::Kelurahan => (CooperativeProgram::UrbanVillageMerahPutih, "Kelurahan"),
        _ => (CooperativeProgram::VillageMerahPutih, "Desa"),
    };
    let formation = draw.weighted(&[
        (FormationModel::New, 70),
        (FormationModel::Developed, 22),
        (FormationModel::Revitalised, 8),
    ]);
    let founded = match formation {
        FormationModel::New => draw.day(day(2025, 3, 15), day(2025, 7, 20)),
        _ => draw.day(day(1988, 1, 1), day(2021, 12, 31)),
    };
    let registered = draw.day(day(2025, 7, 21), day(2025, 11, 30));
    let origin = Origin::synthetic(id("cooperative", &key, stock.seed));
    cooperative::Model {
        slug: format!("{}-{key}", slug(&village.name)),
        short_name: None,
        short_name_fold: None,
        registration_number: is_legal(status).then(|| format!("{key}001")),
        program,
        cooperative_type: draw.weighted(&[
            (Consumer, 62),
            (Producer, 20),
            (Marketing, 6),
            (Service, 7),
            (SavingsAndLoan, 5),
        ]),
        community_base: CommunityBase::General,
        formation_model: Some(formation),
        ..shell(
            stock,
            draw,
            origin,
            Shell {
                key: &key,
                name: format!("Koperasi {word} Merah Putih {}", village.name),
                region: village,
                ordinal,
                status,
                founded: (status != CooperativeStatus::Planned).then_some(founded),
                registered,
                successor,
            },
        )
    }
}

/// A cooperative outside the Merah Putih program. Its slug is set later.
pub(super) fn other(
    stock: &Stock,
    draw: &mut Draw,
    region: &GazetteerRegion,
    ordinal: u64,
    status: CooperativeStatus,
    successor: Option<Uuid>,
) -> cooperative::Model {
    use CooperativeType::{Consumer, Marketing, Producer, SavingsAndLoan, Service};
    let key = format!("G{ordinal}");
    let (legal, short, community_base, cooperative_type) = draw.weighted(&[
        (("Koperasi Unit Desa", "KUD", CommunityBase::Kud, Producer), 26),
        (("Koperasi Konsumen Pondok Pesantren", "Kopontren", CommunityBase::Pesantren, Consumer), 16),
        (("Koperasi Produsen", "KP", CommunityBase::General, Producer), 14),
        (("Koperasi Pemasaran", "Kopsar", CommunityBase::General, Marketing), 8),
        (("Koperasi Nelayan", "Kopnel", CommunityBase::Fisher, Producer), 8),
        (("Koperasi Simpan Pinjam", "KSP", CommunityBase::General, SavingsAndLoan), 12),
        (("Koperasi Karyawan", "Kopkar", CommunityBase::Employee, Consumer), 10),
        (("Koperasi Mahasiswa", "Kopma", CommunityBase::Student, Service), 6),
    ]);
    let own = format!("{} {}", word(draw), word(draw));
    let short_name = format!("{short} {own}");
    let founded = draw.day(day(1965, 1, 1), day(2022, 12, 31));
    let registered = founded + Days::new(u64::try_from(draw.between(30, 400)).unwrap_or(30));
    let origin = Origin::synthetic(id("cooperative", &key, stock.seed));
    cooperative::Model {
        short_name_fold: Some(fold(&short_name)),
        short_name: Some(short_name),
        registration_number: Some(format!("{}009{ordinal:06}", region.within(5).replace('.', ""))),
        program: CooperativeProgram::General,
        cooperative_type,
        form: if draw.chance(20) { CooperativeForm::Secondary } else { CooperativeForm::Primary },
        community_base,
        ..shell(
            stock,
            draw,
            origin,
            Shell {
                key: &key,
                name: format!("{legal} {own}"),
                region,
                ordinal: 100_000 + ordinal,
                status,
                founded: Some(founded),
                registered,
                successor,
            },
        )
    }
}

/// The data that both kinds of cooperatives are made from.
struct Shell<'a> {
    key: &'a str,
    name: String,
    region: &'a GazetteerRegion,
    ordinal: u64,
    status: CooperativeStatus,
    founded: Option<NaiveDate>,
    registered: NaiveDate,
    successor: Option<Uuid>,
}

fn shell(stock: &Stock, draw: &mut Draw, origin: Origin, shell: Shell<'_>) -> cooperative::Model {
    let Shell { key, name, region, ordinal, status, founded, registered, successor } = shell;
    let legal = is_legal(status);
    let members = (legal && !is_over(status) && !draw.chance(120)).then(|| {
        let members = draw.amount(if key.starts_with('G') { 240 } else { 75 }, 0.9, 6_000);
        i32::try_from(members).unwrap_or_default() + 9
    });
    let point = stock.gazetteer.near(&region.code, key);
    let sphere = point.map(|(latitude, longitude, _)| UnitVector::of_parts(latitude, longitude, 1_000));
    let (number, raw) = legal_number(ordinal, registered, region);
    record!(
        origin,
        cooperative {
            id: id("cooperative", key, stock.seed),
            slug: String::new(),
            name_fold: fold(&name),
            name,
            short_name: None,
            short_name_fold: None,
            registration_number: None,
            legal_entity_number: legal.then_some(number),
            legal_entity_number_raw: legal.then_some(raw),
            tax_number: (legal && draw.chance(700)).then(|| format!("00{:014}", 17 * ordinal)),
            business_number: (legal && draw.chance(550)).then(|| format!("00{:011}", 13 * ordinal)),
            program: CooperativeProgram::General,
            cooperative_type: CooperativeType::Consumer,
            form: CooperativeForm::Primary,
            community_base: CommunityBase::General,
            formation_model: None,
            status,
            region_code: region.code.to_string(),
            address: draw.chance(700).then(|| format!("Jalan {} No. {}", word(draw), draw.between(1, 240))),
            latitude_e3: point.map(|(latitude, ..)| latitude),
            longitude_e3: point.map(|(_, longitude, _)| longitude),
            location_approximate: point.map(|_| true),
            phone: draw.chance(350).then(|| format!("+62 800 0001 {:04}", ordinal % 10_000)),
            email: draw.chance(400).then(|| format!("k{}@example.org", key.to_lowercase())),
            website: draw.chance(30).then(|| format!("https://k{}.example.org", key.to_lowercase())),
            established_on: founded,
            legal_entity_on: legal.then_some(registered),
            principal_saving: legal.then(|| 10_000 * draw.between(1, 25)),
            mandatory_saving: legal.then(|| 5_000 * draw.between(1, 10)),
            member_count: members,
            member_count_on: members.map(|_| draw.day(day(2026, 4, 1), ANCHOR.pred_opt().unwrap_or(ANCHOR))),
            successor_id: successor,
            sphere_x_e9: sphere.map(|at| at.x),
            sphere_y_e9: sphere.map(|at| at.y),
            sphere_z_e9: sphere.map(|at| at.z),
            location_precision: point.map(|(.., precision)| precision),
        }
    )
}

/// The registration and legal entity numbers. They are unique, because the ordinal is and 7,919 has no factor in
/// common with 10,000,000.
fn legal_number(ordinal: u64, registered: NaiveDate, region: &GazetteerRegion) -> (String, String) {
    let year = registered.year();
    if year < 2010 {
        let number = format!("{}/BH/{}/{year}", ordinal + 1, region.within(5));
        return (number.clone(), number);
    }
    let serial = (ordinal * 7_919 + 104_729) % 10_000_000;
    let class = [26, 28, 29, 29, 29][usize::try_from(ordinal % 5).unwrap_or_default()];
    let number = format!("AHU-{serial:07}.AH.01.{class}.TAHUN {year}");
    let raw = number.replace("TAHUN", "Tahun");
    (number, raw)
}
