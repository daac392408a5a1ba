//! Generates programs, with their supporters and the agreements that they are based on.

use chrono::{Datelike, Days, NaiveDate};
use entity::{
    program_partnership, program_supporter,
    set::{LearningMethods, TextList},
    vocabulary::{LearningMethod, ProgramKind, ProgramStatus, Sector, SupporterRole},
};
use sea_orm::{Iterable, prelude::Uuid};

use super::{Stock, batch, participant::Waiting, partner::Partners};
use crate::{
    exchange::{
        draw::Draw,
        identity::{ANCHOR, Origin, day, id, rank, record},
    },
    graph::fold::fold,
    store::bulk::{Bulk, BulkError},
};

/// A party that hosts programs.
#[derive(Clone, Debug)]
pub(super) struct Host {
    pub(super) id: Uuid,
    pub(super) region: Option<String>,
}

pub(super) const TOPICS: [&str; 12] = [
    "Tata kelola koperasi",
    "Penyusunan rencana usaha",
    "Manajemen rantai pasok",
    "Penyusunan SOP",
    "Manajemen produksi",
    "Pengendalian mutu",
    "Pemasaran produk anggota",
    "Jejaring usaha",
    "Transformasi digital",
    "Akuntansi koperasi",
    "Pengelolaan gerai",
    "Pemberdayaan masyarakat",
];

/// Adds one program with its rows.
pub(super) fn add(
    stock: &Stock,
    bulk: &mut Bulk,
    number: usize,
    partners: &Partners,
    hosts: &[Host],
    waiting: &mut Waiting<'_>,
) -> Result<(), BulkError> {
    let key = format!("P{number}");
    let draw = &mut Draw::new("program", &key, stock.seed);
    let id = id("program", &key, stock.seed);
    let kind = kind(draw);
    let status = status(draw);
    let (starts_on, ends_on) = dates(draw, status);
    let organiser = organiser(draw, partners);
    let host = host(draw, kind, partners, hosts);
    let code = format!("{}-{}-{:04}", prefix(kind), starts_on.year(), number + 1);
    let some = draw.weighted(&[(1, 45), (2, 25), (3, 15), (4, 15)]);
    let provinces = waiting.provinces(draw, some);
    let announced = announced(status, &key, stock.seed);
    let frame = batch::Frame {
        program: id,
        key: &key,
        code: &code,
        status,
        announced,
        starts_on,
        ends_on,
        host: &host,
    };
    let batches = batch::plan(stock, draw, &frame, &provinces, waiting);
    let seated: i32 = batches.iter().map(|batch| batch.row.participant_count).sum();
    let name = format!("{} {} {}", title(kind), sector_word(draw), starts_on.year());
    let topics = draw.sample(TOPICS.len(), 5).into_iter().map(|index| TOPICS[index].to_owned()).collect();
    let methods: LearningMethods = LearningMethod::iter().filter(|_| draw.chance(450)).collect();
    bulk.add(&record!(
        Origin::synthetic(id),
        internship_program {
            id,
            code,
            name_fold: fold(&name),
            name,
            kind,
            status,
            sector: draw.weighted(&[
                (Sector::Agriculture, 40),
                (Sector::Livestock, 12),
                (Sector::CaptureFishery, 8),
                (Sector::Aquaculture, 8),
                (Sector::Trade, 14),
                (Sector::Financial, 6),
                (Sector::MultiServices, 12),
            ]),
            fiscal_year: starts_on.year(),
            starts_on: Some(starts_on),
            ends_on: Some(ends_on),
            target_participants: Some(seated.max(20) / 10 * 10 + 10),
            target_provinces: i32::try_from(provinces.len()).ok().filter(|count| *count > 0),
            participant_count: seated,
            methods: if methods.0 == 0 { LearningMethod::iter().take(1).collect() } else { methods },
            topics,
            goals: TextList(vec!["Mempercepat operasional koperasi desa".to_owned()]),
            organiser_id: organiser,
            host_id: Some(host.id),
            announced,
        }
    ))?;
    support(bulk, draw, id, partners)?;
    batches.into_iter().try_for_each(|batch| batch.add(bulk))
}

fn support(bulk: &mut Bulk, draw: &mut Draw, program_id: Uuid, partners: &Partners) -> Result<(), BulkError> {
    use SupporterRole::{AcademicAdviser, Certifier, ExpertProvider, Funder, Supporter};
    let mut known = Vec::new();
    for _ in 0..draw.count(0, 4) {
        let index = partners.agreement[draw.zipf(partners.agreement.len(), 0.8)];
        if known.contains(&index) {
            continue;
        }
        known.push(index);
        let role = draw.weighted(&[
            (Supporter, 45),
            (Funder, 15),
            (AcademicAdviser, 20),
            (ExpertProvider, 12),
            (Certifier, 8),
        ]);
        bulk.add(&program_supporter::Model { program_id, institution_id: partners.all[index].id, role })?;
    }
    let umbrella = known.iter().find_map(|index| partners.all[*index].umbrella);
    umbrella
        .map_or(Ok(()), |partnership_id| bulk.add(&program_partnership::Model { program_id, partnership_id }))
}

/// Whether the program was announced to the public; of cancelled programs, half were.
fn announced(status: ProgramStatus, key: &str, seed: u64) -> bool {
    match status {
        ProgramStatus::Draft => false,
        ProgramStatus::Cancelled => rank(&["announced", key, &seed.to_string()]).is_multiple_of(2),
        _ => true,
    }
}

fn kind(draw: &mut Draw) -> ProgramKind {
    use ProgramKind::{
        BoardInternship, ComparativeStudy, Incubation, Mentoring, StudentInternship,
        ThematicCommunityService, Training,
    };
    draw.weighted(&[
        (BoardInternship, 45),
        (Training, 25),
        (Mentoring, 8),
        (ThematicCommunityService, 8),
        (StudentInternship, 6),
        (Incubation, 4),
        (ComparativeStudy, 4),
    ])
}

fn status(draw: &mut Draw) -> ProgramStatus {
    use ProgramStatus::{Cancelled, Completed, Draft, Evaluated, Open, Published, Running};
    draw.weighted(&[
        (Completed, 44),
        (Evaluated, 20),
        (Running, 16),
        (Open, 8),
        (Published, 4),
        (Draft, 4),
        (Cancelled, 4),
    ])
}

/// First and last day. A completed program ends before the anchor day, a running one includes it, and a planned one
/// starts after it.
fn dates(draw: &mut Draw, status: ProgramStatus) -> (NaiveDate, NaiveDate) {
    use ProgramStatus::{Completed, Evaluated, Running};
    let starts = match status {
        Completed | Evaluated => draw.day(day(2025, 8, 4), ANCHOR - Days::new(130)),
        Running => draw.day(ANCHOR - Days::new(80), ANCHOR - Days::new(20)),
        _ => draw.day(ANCHOR + Days::new(14), ANCHOR + Days::new(120)),
    };
    (starts, starts + Days::new(120))
}

fn organiser(draw: &mut Draw, partners: &Partners) -> Uuid {
    let mut offices: Vec<(&String, &Uuid)> = partners.offices.iter().collect();
    offices.sort_unstable();
    match draw.weighted(&[(0, 50), (1, 30), (2, 20)]) {
        1 if !offices.is_empty() => *offices[draw.index(offices.len())].1,
        2 if !partners.campuses.is_empty() => partners.all[draw.pick(&partners.campuses)].id,
        _ => partners.ministry,
    }
}

fn host(draw: &mut Draw, kind: ProgramKind, partners: &Partners, hosts: &[Host]) -> Host {
    let at_campus = matches!(kind, ProgramKind::Training | ProgramKind::Incubation) && draw.chance(500);
    if at_campus && !partners.campuses.is_empty() {
        let index = partners.campuses[draw.zipf(partners.campuses.len(), 1.0)];
        return Host { id: partners.all[index].id, region: None };
    }
    hosts[draw.zipf(hosts.len(), 0.9)].clone()
}

fn prefix(kind: ProgramKind) -> &'static str {
    match kind {
        ProgramKind::BoardInternship => "MAGANG",
        ProgramKind::StudentInternship => "MAGANG-MHS",
        ProgramKind::ThematicCommunityService => "KKN",
        ProgramKind::Training => "PELATIHAN",
        ProgramKind::Mentoring => "DAMPING",
        ProgramKind::Incubation => "INKUBASI",
        ProgramKind::ComparativeStudy => "BANDING",
    }
}

fn title(kind: ProgramKind) -> &'static str {
    match kind {
        ProgramKind::BoardInternship => "Magang Pengurus Koperasi",
        ProgramKind::StudentInternship => "Magang Mahasiswa di Koperasi",
        ProgramKind::ThematicCommunityService => "KKN Tematik Koperasi",
        ProgramKind::Training => "Pelatihan Pengurus Koperasi",
        ProgramKind::Mentoring => "Pendampingan Koperasi",
        ProgramKind::Incubation => "Inkubasi Usaha Koperasi",
        ProgramKind::ComparativeStudy => "Studi Banding Koperasi",
    }
}

fn sector_word(draw: &mut Draw) -> &'static str {
    draw.pick(&[
        "Agribisnis",
        "Ritel Desa",
        "Peternakan",
        "Perikanan",
        "Simpan Pinjam",
        "Logistik Desa",
        "Pangan",
    ])
}
