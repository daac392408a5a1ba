//! The lists of the data catalogue, with the columns of their files.

/// A list whose rows can be downloaded.
#[derive(Debug)]
pub(super) struct Dataset {
    /// The field at the root of the schema.
    pub(super) list: &'static str,
    /// The type of its rows.
    pub(super) noun: &'static str,
    /// The ids of its name, and of what a row is.
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// Paths of fields.
    pub(super) columns: &'static str,
    /// Bytes of a row as CSV, about; measured with synthetic rows.
    pub(super) row_bytes: i64,
    /// Whether all rows cost more than an export may, so that there is a file for each province.
    pub(super) by_province: bool,
}

macro_rules! datasets {
    ($($list:ident $noun:ident $name:literal $about:literal $bytes:literal $by_province:literal $columns:expr;)*) => {
        [$(Dataset {
            list: stringify!($list),
            noun: stringify!($noun),
            name: $name,
            about: $about,
            columns: $columns,
            row_bytes: $bytes,
            by_province: $by_province,
        }),*]
    };
}

/// All lists of the schema that have no list around them. Columns of personal data are left out.
pub(super) const DATASETS: [Dataset; 16] = datasets! {
    cooperatives Cooperative "kind-cooperative" "data-cooperatives-about" 221 false
        "slug,name,registrationNumber,program,type,form,communityBase,status,region.code,region.name,\
         region.province.name,establishedOn,legalEntityOn,memberCount,memberCountOn,source,asOf";
    businessUnits BusinessUnit "noun-outlet" "data-business-units-about" 125 false
        "cooperative.slug,cooperative.name,kind,status,ownership,openedOn,hasPower,hasInternet,buildProgress,source,asOf";
    cooperativeCommodities CooperativeCommodity "data-volumes" "data-volumes-about" 76 true
        "cooperative.slug,commodity.code,commodity.name,year,annualVolume,unit,areaHectares,workerCount,annualValue,source";
    annualReports AnnualReport "noun-report" "data-reports-about" 142 false
        "cooperative.slug,cooperative.name,bookYear,meetingOn,attendeeCount,femaleMemberCount,maleMemberCount,assets,\
         equity,liabilities,turnover,surplus,healthStatus,healthIndex,source";
    institutions PartnerInstitution "kind-institution" "data-institutions-about" 137 false
        "slug,name,shortName,kind,ownership,officialCode,domain,active,region.code,region.name,parent.slug,source,asOf";
    partnerships Partnership "noun-partnership" "data-partnerships-about" 192 false
        "number,title,kind,pattern,status,signedOn,effectiveFrom,effectiveTo,value,source,asOf";
    internshipPrograms InternshipProgram "kind-program" "data-programs-about" 221 false
        "code,name,kind,status,sector,fiscalYear,startsOn,endsOn,targetParticipants,targetProvinces,participantCount,\
         organiser.name,host.name,source,sourceReference,asOf";
    internshipBatches InternshipBatch "batches" "data-batches-about" 105 false
        "program.code,number,status,startsOn,openedOn,endsOn,capacity,participantCount,place.code,place.name,source,asOf";
    trainingSessions TrainingSession "noun-session" "data-sessions-about" 79 false
        "batch.program.code,batch.number,heldOn,topic,method,hours,source";
    placements Placement "data-placements" "data-placements-about" 75 false
        "batch.program.code,batch.number,cooperative.slug,cooperative.region.province.name,status,source";
    linkages BusinessLinkage "linkages" "data-linkages-about" 216 false
        "code,kind,pattern,status,supplier.slug,supplier.name,buyer.slug,buyer.name,commodity.code,commodity.name,\
         annualVolume,unit,annualValue,exclusive,paymentTermDays,startsOn,endsOn,source";
    linkageMonths LinkageMonth "data-months" "data-months-about" 51 false
        "linkage.code,month,volume,value,deliveryCount,rejectedPercent,source";
    partnershipApplications PartnershipApplication "noun-application" "data-applications-about" 94 false
        "cooperative.slug,institution.slug,package,status,requestedOn,decidedOn,linkage.code,source";
    regions Region "kind-region" "data-regions-about" 57 false
        "code,level,kind,name,postalCode,parent.code,location.latitude,location.longitude";
    commodities Commodity "data-commodities" "data-commodities-about" 29 false "code,name,category,unit";
    businessClasses BusinessClass "data-classes" "data-classes-about" 54 false "code,edition,section,title";
};

/// The formats of files: their extension and what else is in the address, and what they are called.
pub(super) const FORMATS: [(&str, &str, &str); 4] = [
    ("csv", "", "CSV"),
    ("csv", "&profile=excel-id", "CSV (Excel)"),
    ("xlsx", "", "Excel"),
    ("ndjson", "", "NDJSON"),
];

impl Dataset {
    /// The address of all its rows as a file.
    pub(super) fn file(&self, format: &str, more: &str) -> String {
        format!("/export/{}.{format}?columns={}{more}", self.list, self.columns)
    }
}
