//! Officials: the name can be read beneath an institution; only the office can be filtered and sorted by.

use serde_json::json;

use crate::support::each_engine;

#[tokio::test]
async fn an_official_is_found_by_the_office_and_read_with_the_name() {
    each_engine(async |registry| {
        let document = "{
            institution(by: {slug: \"kementerian-koperasi\"}) {
              officials(where: {position: {contains: \"DEPUTI bidang\"}}) { nodes { name position institution { slug } } }
              others: officials(where: {position: {contains: \"kepala dinas\"}}) { totalCount } }
            institutions(where: {officials: {some: {position: {startsWith: \"kepala dinas\"}}}}) { nodes { slug } } }";
        let data = registry.data(document).await;
        let official = json!({
            "name": "Destry Anna Sari",
            "position": "Deputi Bidang Pengembangan Talenta dan Daya Saing Koperasi",
            "institution": { "slug": "kementerian-koperasi" },
        });
        assert_eq!(data["institution"]["officials"]["nodes"], json!([official]));
        assert_eq!(data["institution"]["others"]["totalCount"], 0);
        let slug = "dinas-koperasi-dan-usaha-kecil-provinsi-jawa-barat";
        assert_eq!(data["institutions"]["nodes"], json!([{ "slug": slug }]));
    })
    .await;
}

#[tokio::test]
async fn no_official_is_filtered_or_sorted_by_name() {
    each_engine(async |registry| {
        for question in [
            "institution(by: {slug: \"kementerian-koperasi\"}) { officials(where: {name: {contains: \"a\"}}) { totalCount } }",
            "institution(by: {slug: \"kementerian-koperasi\"}) { officials(orderBy: [{field: NAME}]) { nodes { position } } }",
            "institutions(where: {officials: {some: {name: {contains: \"a\"}}}}) { totalCount }",
        ] {
            let answer = registry.ask(&format!("{{ {question} }}")).await;
            assert_eq!(answer.code(), "FORBIDDEN", "{question}: {}", answer.body);
        }
    })
    .await;
}
