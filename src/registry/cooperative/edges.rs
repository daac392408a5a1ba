//! Edges from cooperatives to other nouns.

use entity::{
    annual_report, cooperative::Column, cooperative_business_class, cooperative_commodity,
    internship_program, linkage, officer, partnership_application, partnership_party, placement,
    vocabulary::LinkageSide,
};

use super::Cooperative;
use crate::{
    graph::{
        Result,
        load::{Ask, Column as AnyColumn, Field, Many, One, Reach},
        order::Term,
        page::List,
    },
    registry::{
        annual_report::{AnnualReport, AnnualReportOrderField, AnnualReportWhere},
        application::{ApplicationOrderField, ApplicationWhere, PartnershipApplication},
        business_class::{BusinessClass, BusinessClassOrderField, BusinessClassWhere},
        business_unit::{BusinessUnit, BusinessUnitOrderField, BusinessUnitWhere},
        commodity::{
            CooperativeCommodity, CooperativeCommodityOrderField, CooperativeCommodityWhere, of_year,
        },
        edges,
        linkage::{BusinessLinkage, LinkageOrderField, LinkageWhere, Sides},
        officer::{Officer, OfficerOrderField, OfficerWhere},
        partnership::{Partnership, PartnershipOrderField, PartnershipWhere},
        placement::{Placement, PlacementOrderField, PlacementWhere},
        program::{InternshipProgram, ProgramOrderField, ProgramWhere},
        region::Region,
    },
};

edges! {
    pub(super) REGION: One<Region> = One::by("Cooperative.region", Column::RegionCode);
    pub(super) SUCCESSOR: One<Cooperative> = One::by("Cooperative.successor", Column::SuccessorId);
    pub(super) OFFICERS: Many<Officer> =
        Many::new("Cooperative.officers", Column::Id, Reach::Column(officer::Column::CooperativeId.into()))
            .ordered([Term::ascending(officer::Column::Body), Term::ascending(officer::Column::Role)]);
    pub(super) BUSINESS_UNITS: Many<BusinessUnit> = Many::new(
        "Cooperative.businessUnits",
        Column::Id,
        Reach::Column(entity::business_unit::Column::CooperativeId.into()),
    );
    pub(super) BUSINESS_CLASSES: Many<BusinessClass> = Many::new(
        "Cooperative.businessClasses",
        Column::Id,
        Reach::Link {
            table: entity::cooperative_business_class::Entity.into(),
            parent: cooperative_business_class::Column::CooperativeId.into(),
            child: cooperative_business_class::Column::BusinessClassId.into(),
            columns: vec![AnyColumn::link(cooperative_business_class::Column::IsPrimary, 0)],
        },
    );
    pub(super) COMMODITIES: Many<CooperativeCommodity> = Many::new(
        "Cooperative.commodities",
        Column::Id,
        Reach::Column(cooperative_commodity::Column::CooperativeId.into()),
    );
    pub(super) ANNUAL_REPORTS: Many<AnnualReport> = Many::new(
        "Cooperative.annualReports",
        Column::Id,
        Reach::Column(annual_report::Column::CooperativeId.into()),
    )
    .ordered([Term::descending(annual_report::Column::BookYear)]);
    pub(super) PARTNERSHIPS: Many<Partnership> = Many::new(
        "Cooperative.partnerships",
        Column::Id,
        Reach::Link {
            table: entity::partnership_party::Entity.into(),
            parent: partnership_party::Column::PartyId.into(),
            child: partnership_party::Column::PartnershipId.into(),
            columns: Vec::new(),
        },
    );
    LINKAGES: Many<BusinessLinkage> = Many::new(
        "Cooperative.linkages",
        Column::Id,
        Reach::Either(linkage::Column::SupplierId.into(), linkage::Column::BuyerId.into()),
    )
    .uneven();
    SALES: Many<BusinessLinkage> = Many::new(
        "Cooperative.linkages(as: SUPPLIER)",
        Column::Id,
        Reach::Column(linkage::Column::SupplierId.into()),
    )
    .uneven();
    PURCHASES: Many<BusinessLinkage> = Many::new(
        "Cooperative.linkages(as: BUYER)",
        Column::Id,
        Reach::Column(linkage::Column::BuyerId.into()),
    )
    .uneven();
    pub(super) HOSTED_PROGRAMS: Many<InternshipProgram> = Many::new(
        "Cooperative.hostedPrograms",
        Column::Id,
        Reach::Column(internship_program::Column::HostId.into()),
    );
    pub(super) PLACEMENTS: Many<Placement> = Many::new(
        "Cooperative.placements",
        Column::Id,
        Reach::Column(placement::Column::CooperativeId.into()),
    );
    pub(super) APPLICATIONS: Many<PartnershipApplication> = Many::new(
        "Cooperative.applications",
        Column::Id,
        Reach::Column(partnership_application::Column::CooperativeId.into()),
    )
    .ordered([Term::descending(partnership_application::Column::RequestedOn)]);
}

/// Edges to its linkages, by the side of the cooperative.
pub(super) const SIDES: Sides = Sides { sales: &SALES, purchases: &PURCHASES, both: &LINKAGES };

pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::row("region", |_| Ok(REGION.ask().plain())),
        Field::row("successor", |_| Ok(SUCCESSOR.ask().plain())),
        Field::page("officers", |a| Ok(OFFICERS.ask(a.list::<OfficerWhere, OfficerOrderField>()?)?.plain())),
        Field::page("businessUnits", |a| {
            Ok(BUSINESS_UNITS.ask(a.list::<BusinessUnitWhere, BusinessUnitOrderField>()?)?.plain())
        }),
        Field::page("businessClasses", |a| {
            Ok(BUSINESS_CLASSES.ask(a.list::<BusinessClassWhere, BusinessClassOrderField>()?)?.plain())
        }),
        Field::page("commodities", |a| Ok(commodities(a.read("year")?, a.list()?)?.plain())),
        Field::page("annualReports", |a| {
            Ok(ANNUAL_REPORTS.ask(a.list::<AnnualReportWhere, AnnualReportOrderField>()?)?.plain())
        }),
        Field::page("partnerships", |a| {
            Ok(PARTNERSHIPS.ask(a.list::<PartnershipWhere, PartnershipOrderField>()?)?.plain())
        }),
        // A walk has a statement of its own: inside another one, SQLite would execute it for each outer row.
        Field::apart("downstream"),
        Field::apart("upstream"),
        Field::page("linkages", |a| Ok(linkages(a.read("as")?, a.list()?)?.plain())),
        Field::page("hostedPrograms", |a| {
            Ok(HOSTED_PROGRAMS.ask(a.list::<ProgramWhere, ProgramOrderField>()?)?.plain())
        }),
        Field::page("placements", |a| {
            Ok(PLACEMENTS.ask(a.list::<PlacementWhere, PlacementOrderField>()?)?.plain())
        }),
        Field::page("applications", |a| {
            Ok(APPLICATIONS.ask(a.list::<ApplicationWhere, ApplicationOrderField>()?)?.plain())
        }),
    ]
}

pub(super) fn linkages(
    side: Option<LinkageSide>,
    list: List<LinkageWhere, LinkageOrderField>,
) -> Result<Ask<BusinessLinkage>> {
    SIDES.on(side).ask(list)
}

pub(super) fn commodities(
    year: Option<i32>,
    list: List<CooperativeCommodityWhere, CooperativeCommodityOrderField>,
) -> Result<Ask<CooperativeCommodity>> {
    COMMODITIES.narrowed(of_year(year, list.filter.as_ref()), list)
}
