use async_graphql::Request;
use sea_orm::ConnectionTrait;
use simpul::{
    graph::load::{Planner, Residents},
    http::Door,
    store,
};
use std::sync::Arc;
#[tokio::main]
async fn main() {
    let url = std::env::args().nth(1).unwrap();
    let db = store::connect(&url).await.unwrap();
    migration::up(&db).await.unwrap();
    let pg = url.starts_with("postgres");
    let id = |n: u32| {
        if pg {
            format!("'00000000-0000-7000-8000-{n:012}'")
        } else {
            format!("x'0000000000007000800000000000{n:04}'")
        }
    };
    let b = |x: bool| if pg { x.to_string() } else { i32::from(x).to_string() };
    let rec = "1,1000000,1000000,'SYNTHETIC',null,null";
    let sqls = vec![
     "INSERT INTO region VALUES ('32',null,'PROVINCE','PROVINSI','Jawa Barat','jawa barat',null,null,null),('32.04','32','REGENCY_CITY','KABUPATEN','Kabupaten Bandung','kabupaten bandung',-703000,10752000,null),('32.04.01','32.04','DISTRICT','KECAMATAN','Ciwidey','ciwidey',null,null,null)".to_string(),
     "INSERT INTO commodity VALUES ('K001','padi','padi','rice','FOOD_CROP','TON')".into(),
     format!("INSERT INTO party VALUES ({},'COOPERATIVE','a','32.04.01'),({},'INSTITUTION','b',null),({},'INSTITUTION','c','32')",id(1),id(2),id(3)),
     format!("INSERT INTO cooperative VALUES ({},'al','Koperasi Al','koperasi al','Al','al',null,null,null,null,null,'GENERAL','CONSUMER','PRIMARY','PESANTREN',null,'OPERATING','32.04.01',null,-7100,107430,{},null,null,null,null,null,null,null,null,null,null,{rec})",id(1),b(false)),
     format!("INSERT INTO institution VALUES ({},'uni','Uni','uni',null,null,'UNIVERSITY',null,null,'uni.id',{},null,null,{rec}),({},'shop','Shop','shop',null,null,'RETAILER',null,null,null,{},'32',null,{rec})",id(2),b(true),id(3),b(true)),
     format!("INSERT INTO linkage VALUES {}", (10..20).map(|n| format!("({},'L{n}','OFFTAKE','GENERAL_TRADE','{}',{},{},'K001',{},null,null,null,{},{},30,null,{rec})", id(n), if n%2==0 {"ACTIVE"} else {"TRIAL"}, id(1), id(3), if n%3==0 {"null".into()} else {format!("'2025-01-{n}'")}, if n%4==0 {"null".into()} else {(n*1000).to_string()}, b(false))).collect::<Vec<_>>().join(",")),
     format!("INSERT INTO partnership VALUES ({},{},'N1','MoU','mou','MOU',null,'SIGNED','2025-09-01',null,null,null,null,5000,'INDONESIAN',127,{rec})",id(30),id(2)),
     format!("INSERT INTO partnership_party VALUES ({0},{1},'FIRST',1),({0},{2},'SECOND',2)",id(30),id(2),id(1)),
     format!("INSERT INTO internship_program VALUES ({},'MAGANG','Magang','magang','BOARD_INTERNSHIP','RUNNING','AGRICULTURE',2025,null,null,114,24,38,3,'[\"a\",\"b\"]','[]',{},{},{rec})",id(40),id(2),id(1)),
     format!("INSERT INTO program_supporter VALUES ({},{},'SUPPORTER')",id(40),id(3)),
     format!("INSERT INTO internship_batch VALUES ({},{},1,'2025-11-15','2025-11-16','2025-11-22',null,38,'COMPLETED',null,null,{rec})",id(41),id(40)),
     format!("INSERT INTO batch_province VALUES ({},'32')",id(41)),
    ];
    for s in sqls {
        if let Err(e) = db.execute_unprepared(&s).await {
            eprintln!("{e}\n{s}");
        }
    }
    for planner in [Planner::On, Planner::Off] {
        let door = Door::new(db.clone(), Arc::new(Residents::default()), planner);
        for (f, v) in [
            ("tests/queries/mobile/cooperative-profile.graphql", r#"{"by":{"slug":"al"}}"#),
            ("tests/queries/dashboard/internship-program.graphql", r#"{"code":"MAGANG"}"#),
            ("tests/queries/dashboard/institution-network.graphql", r#"{"by":{"slug":"uni"}}"#),
        ] {
            let q = std::fs::read_to_string(f).unwrap();
            let req = Request::new(q)
                .variables(async_graphql::Variables::from_json(serde_json::from_str(v).unwrap()));
            let (r, n) = door.answer(req).await;
            println!("{planner:?} {n:?}\n{}", serde_json::to_string(&r).unwrap());
        }
        if let Some(q) = std::env::args().nth(2) {
            let (r, n) = door.answer(Request::new(q)).await;
            println!("{planner:?} {n:?}\n{}", serde_json::to_string(&r).unwrap());
        }
    }
}
