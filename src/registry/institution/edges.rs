//! Edges from partner institutions to other nouns.

use entity::{
    institution::Column,
    internship_program, linkage, official, partnership_application, partnership_party, program_supporter,
    vocabulary::{LinkageSide, SupporterRole},
};

use super::{InstitutionWhere, PartnerInstitution};
use crate::{
    graph::{
        Result,
        load::{Ask, Column as AnyColumn, Field, Many, One, Reach},
        order::Term,
        page::List,
    },
    registry::{
        application::{ApplicationOrderField, ApplicationWhere, PartnershipApplication},
        edges,
        institution::InstitutionOrderField,
        linkage::{BusinessLinkage, LinkageOrderField, LinkageWhere, Sides},
        official::{Official, OfficialOrderField, OfficialWhere},
        partnership::{Partnership, PartnershipOrderField, PartnershipWhere},
        program::{InternshipProgram, ProgramOrderField, ProgramWhere, in_roles},
        region::Region,
    },
};

edges! {
    pub(super) REGION: One<Region> = One::by("PartnerInstitution.region", Column::RegionCode);
    pub(super) PARENT: One<PartnerInstitution> = One::by("PartnerInstitution.parent", Column::ParentId);
    pub(super) CHILDREN: Many<PartnerInstitution> =
        Many::new("PartnerInstitution.children", Column::Id, Reach::Column(Column::ParentId.into()));
    pub(super) OFFICIALS: Many<Official> = Many::new(
        "PartnerInstitution.officials",
        Column::Id,
        Reach::Column(official::Column::InstitutionId.into()),
    );
    pub(super) PARTNERSHIPS: Many<Partnership> = Many::new(
        "PartnerInstitution.partnerships",
        Column::Id,
        Reach::Link {
            table: entity::partnership_party::Entity.into(),
            parent: partnership_party::Column::PartyId.into(),
            child: partnership_party::Column::PartnershipId.into(),
            columns: Vec::new(),
        },
    );
    pub(super) ORGANISED_PROGRAMS: Many<InternshipProgram> = Many::new(
        "PartnerInstitution.organisedPrograms",
        Column::Id,
        Reach::Column(internship_program::Column::OrganiserId.into()),
    );
    pub(super) HOSTED_PROGRAMS: Many<InternshipProgram> = Many::new(
        "PartnerInstitution.hostedPrograms",
        Column::Id,
        Reach::Column(internship_program::Column::HostId.into()),
    );
    pub(super) SUPPORTED_PROGRAMS: Many<InternshipProgram> = Many::new(
        "PartnerInstitution.supportedPrograms",
        Column::Id,
        Reach::Link {
            table: entity::program_supporter::Entity.into(),
            parent: program_supporter::Column::InstitutionId.into(),
            child: program_supporter::Column::ProgramId.into(),
            columns: vec![AnyColumn::link(program_supporter::Column::Role, 0)],
        },
    );
    LINKAGES: Many<BusinessLinkage> = Many::new(
        "PartnerInstitution.linkages",
        Column::Id,
        Reach::Either(linkage::Column::SupplierId.into(), linkage::Column::BuyerId.into()),
    )
    .uneven();
    SALES: Many<BusinessLinkage> = Many::new(
        "PartnerInstitution.linkages(as: SUPPLIER)",
        Column::Id,
        Reach::Column(linkage::Column::SupplierId.into()),
    )
    .uneven();
    PURCHASES: Many<BusinessLinkage> = Many::new(
        "PartnerInstitution.linkages(as: BUYER)",
        Column::Id,
        Reach::Column(linkage::Column::BuyerId.into()),
    )
    .uneven();
    pub(super) APPLICATIONS: Many<PartnershipApplication> = Many::new(
        "PartnerInstitution.applications",
        Column::Id,
        Reach::Column(partnership_application::Column::InstitutionId.into()),
    )
    .ordered([Term::descending(partnership_application::Column::RequestedOn)]);
}

/// Edges to its linkages, by the side of the institution.
pub(super) const SIDES: Sides = Sides { sales: &SALES, purchases: &PURCHASES, both: &LINKAGES };

pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::row("region", |_| Ok(REGION.ask().plain())),
        Field::row("parent", |_| Ok(PARENT.ask().plain())),
        Field::page("children", |a| {
            Ok(CHILDREN.ask(a.list::<InstitutionWhere, InstitutionOrderField>()?)?.plain())
        }),
        Field::page("officials", |a| {
            Ok(OFFICIALS.ask(a.list::<OfficialWhere, OfficialOrderField>()?)?.plain())
        }),
        Field::page("partnerships", |a| {
            Ok(PARTNERSHIPS.ask(a.list::<PartnershipWhere, PartnershipOrderField>()?)?.plain())
        }),
        Field::page("organisedPrograms", |a| {
            Ok(ORGANISED_PROGRAMS.ask(a.list::<ProgramWhere, ProgramOrderField>()?)?.plain())
        }),
        Field::page("hostedPrograms", |a| {
            Ok(HOSTED_PROGRAMS.ask(a.list::<ProgramWhere, ProgramOrderField>()?)?.plain())
        }),
        Field::page("supportedPrograms", |a| Ok(supported_programs(a.read("roles")?, a.list()?)?.plain())),
        // A walk has a statement of its own: inside another one, SQLite would execute it for each outer row.
        Field::apart("downstream"),
        Field::apart("upstream"),
        Field::page("linkages", |a| Ok(linkages(a.read("as")?, a.list()?)?.plain())),
        Field::page("applications", |a| {
            Ok(APPLICATIONS.ask(a.list::<ApplicationWhere, ApplicationOrderField>()?)?.plain())
        }),
    ]
}

pub(super) fn supported_programs(
    roles: Option<Vec<SupporterRole>>,
    list: List<ProgramWhere, ProgramOrderField>,
) -> Result<Ask<InternshipProgram>> {
    SUPPORTED_PROGRAMS.narrowed(in_roles(roles), list)
}

pub(super) fn linkages(
    side: Option<LinkageSide>,
    list: List<LinkageWhere, LinkageOrderField>,
) -> Result<Ask<BusinessLinkage>> {
    SIDES.on(side).ask(list)
}
