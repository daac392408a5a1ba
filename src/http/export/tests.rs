use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_graphql::Value;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
};

use super::{answer_by, made::Begin};
use crate::{
    exchange::table::{self, Rows, TableError},
    graph::load::Planner,
    http::{
        Door, ExportCapacity, Settings,
        node::{ExportFiles, Node},
        spool::SpoolWriter,
    },
    store::{self, TimeLimit},
};

/// A table that panics at its first row, or at its end.
struct Panicking {
    file: SpoolWriter,
    at_row: bool,
}

impl Rows<SpoolWriter> for Panicking {
    fn row(&mut self, _: &[Value]) -> Result<(), TableError> {
        self.file.write_all(&vec![b'x'; 300_000])?;
        assert!(!self.at_row, "the secret of a row");
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<SpoolWriter, TableError> {
        panic!("the secret of the end");
    }
}

const AT_ROW: Begin = |_, _, _, _, file, _| Ok(Box::new(Panicking { file, at_row: true }));

const AT_END: Begin = |_, _, _, _, file, _| Ok(Box::new(Panicking { file, at_row: false }));

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The open files of this process in a folder.
fn open_in(folder: &Path) -> usize {
    let open = fs::read_dir("/proc/self/fd").unwrap().flatten();
    open.filter(|file| fs::read_link(file.path()).is_ok_and(|file| file.starts_with(folder))).count()
}

/// A node whose exports have one place, one permit, one connection, and bytes for one that panics.
async fn node(folder: &Path, files: &Path) -> Node {
    let (url, time) =
        (format!("sqlite://{}?mode=rwc", folder.join("registry.db").display()), Duration::from_mins(1));
    let database = store::connect(&url).await.unwrap();
    migration::up(&database).await.unwrap();
    let bound = TimeLimit::over(&database, time).await.unwrap();
    let exporters = store::connect_aside(&url, time).await.unwrap();
    let door = Door::new(database, bound, Arc::default(), Planner::On).with_export_database(exporters, bound);
    let capacity = ExportCapacity { running: 1, per_caller: 1, all: 1, patience: Duration::from_secs(1) };
    let exports = ExportFiles { folder: files.to_owned(), bytes: 700_000, capacity };
    Node::new(door, Settings { exports, ..Settings::default() })
}

#[tokio::test]
async fn an_export_that_panics_is_an_internal_error_and_gives_back_what_it_held() {
    let (folder, files) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let node = node(folder.path(), files.path()).await;
    let log = Log::default();
    let lines = log.clone();
    let logger = tracing_subscriber::fmt().with_ansi(false).with_writer(move || lines.clone());
    let _logging = tracing::subscriber::set_default(logger.finish());
    let answer = async |begin: Begin| {
        // Without `groupBy` there is one group, also of no rows.
        let uri = "/export/csv?query=%7BcooperativeAggregate%7Bnodes%7Bcount%7D%7D%7D";
        let response = answer_by(&node, Request::get(uri).body(Body::empty()).unwrap(), begin).await;
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.into()).unwrap())
    };
    for (nth, begin) in [AT_ROW, AT_END, AT_ROW, AT_END].into_iter().enumerate() {
        let (status, body) = answer(begin).await;
        let error = &serde_json::from_str::<serde_json::Value>(&body).unwrap()["errors"][0];
        assert_eq!((status, &error["extensions"]["code"]), (500, &"INTERNAL".into()), "{body}");
        assert!(error["extensions"]["errorId"].is_string() && !body.contains("secret"), "{body}");
        assert_eq!((node.spool().used(), open_in(files.path())), (0, 0));
        let metrics = node.metrics_text().await.unwrap();
        let metrics = str::from_utf8(&metrics).unwrap();
        let number = nth + 1;
        for line in [
            format!("simpul_errors_total{{code=\"INTERNAL\"}} {number}"),
            format!("simpul_exports_refused_total{{status=\"500\"}} {number}"),
            "simpul_exports_running 0".to_owned(),
            "simpul_export_rows_total 0".to_owned(),
        ] {
            assert!(metrics.lines().any(|known| known == line), "{line}: {metrics}");
        }
    }
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for (line, times) in [("the secret of a row", 2), ("the secret of the end", 2), ("INTERNAL:1", 4)] {
        assert_eq!(logged.matches(line).count(), times, "{line}: {logged}");
    }
    assert_eq!(answer(table::writer).await, (200, "count\r\n0\r\n".to_owned()));
    assert_eq!(open_in(files.path()), 1, "the file that is kept");
}
