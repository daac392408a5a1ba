//! Makes the file of an export, or finds the one that the same export made shortly before.

use std::{collections::BTreeMap, io, sync::Arc, time::Instant};

use async_graphql::Value;
use axum::http::StatusCode;

use super::{Failure, column, target::Target};
use crate::{
    document::sha256,
    exchange::table::{self, About, TableError},
    graph::scheduling::blocking,
    http::{
        door::{AdmittedExport, CallerContext, ExportError, ExportRequest, Exported},
        node::Node,
        refusal::Refusal,
        spool::{Place, SpoolFull, SpooledFile},
    },
    registry::about,
    store::clock,
};

/// What became of an export.
pub(super) enum Made {
    /// It was priced only: `extensions.cost`.
    Priced(Value),
    File {
        file: Arc<SpooledFile>,
        noun: String,
    },
}

/// Makes the file. Its place is given back when it is complete.
pub(super) async fn make(
    node: &Node,
    target: &Target,
    request: ExportRequest<'_>,
    context: &CallerContext,
    (place, dry_run): (Place, bool),
) -> Result<Made, Failure> {
    let (door, spool) = (node.door(), node.spool());
    let mut admitted = door.admit_export(request, target.expand.as_deref(), context).await?;
    let noun = admitted.noun().to_owned();
    let order = target.short.as_ref().and_then(|short| short.columns.as_deref());
    if let Some(order) = order {
        admitted.order(order);
    }
    let identity = format!("{} {} {} {order:?}", admitted.identity, target.format, target.profile);
    let identity = sha256(&identity);
    let making = spool.making(&identity);
    let _turn = making.lock().await;
    if let Some(file) = spool.find(&identity).filter(|_| !dry_run) {
        door.end_export(admitted, context, BTreeMap::new());
        return Ok(Made::File { file, noun });
    }
    let Ok(_permit) = node.exports().permit(&place).await else {
        let refusal = overloaded();
        door.end_export(admitted, context, [(refusal.code(), 1)].into());
        return Err(refusal.into());
    };
    let _running = door.metrics().exports().running();
    let began = Instant::now();
    let mut written = write(node, target, &mut admitted, context, dry_run).await;
    if let Err(ExportError::Restart) = written {
        written = write(node, target, &mut admitted, context, dry_run).await;
    }
    match written {
        Ok((made, None)) => {
            door.end_export(admitted, context, BTreeMap::new());
            Ok(Made::Priced(made.cost))
        }
        Ok((made, Some(file))) => {
            door.end_export(admitted, context, BTreeMap::new());
            door.metrics().exports().made(made.rows, file.length, began.elapsed());
            let file = Arc::new(file);
            spool.keep(identity, Arc::clone(&file));
            Ok(Made::File { file, noun })
        }
        Err(ExportError::Failed(answer)) => {
            door.end_export(admitted, context, answer.codes());
            Err(Failure::Answered(answer))
        }
        Err(ExportError::Restart) => {
            let refusal = Refusal::unavailable("the connection to the database was lost; try again");
            door.end_export(admitted, context, [(refusal.code(), 1)].into());
            Err(refusal.into())
        }
        Err(ExportError::File(error)) => {
            let refusal = of_file(&error);
            door.end_export(admitted, context, [(refusal.code(), 1)].into());
            Err(refusal.into())
        }
    }
}

async fn write(
    node: &Node,
    target: &Target,
    admitted: &mut AdmittedExport,
    context: &CallerContext,
    dry_run: bool,
) -> Result<(Exported, Option<SpooledFile>), ExportError<TableError>> {
    let (door, spool, format) = (node.door(), node.spool(), target.format);
    let check = |rows| format.check_rows(rows);
    if dry_run {
        let priced = door.export(admitted, context, true, check, |_| Ok(())).await?;
        return Ok((priced, None));
    }
    let now = clock::now();
    let day = now.format("%Y-%m-%d").to_string();
    let variables = if admitted.variables.is_empty() {
        String::new()
    } else {
        serde_json::to_string(&admitted.variables).unwrap_or_default()
    };
    let about = About {
        noun: admitted.noun().to_owned(),
        query: admitted.query.clone(),
        variables,
        date: now.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        source: format!(
            "Simpul {}; the column `source` says where each row is from",
            env!("CARGO_PKG_VERSION")
        ),
        licence: format!("{}; see NOTICE", about::LICENCES.join(", ")),
    };
    let columns = admitted.columns().iter().map(column::of).collect();
    let file = |error: TableError| ExportError::File(error);
    // Compressing the rows may take as long again as reading them.
    let until = tokio::time::Instant::now() + 2 * door.export_time();
    let out = spool.create(until).map_err(|error| file(error.into()))?;
    let mut rows =
        table::writer(format, target.profile, columns, about, out, spool.folder()).map_err(file)?;
    // What the format keeps beside the file.
    let mut beside = spool.reserve();
    let exported = door
        .export(admitted, context, false, check, |page| {
            blocking(|| {
                page.iter().try_for_each(|row| rows.row(row))?;
                beside.set(rows.temporary_bytes()).map_err(full)?;
                Ok(())
            })
        })
        .await?;
    let (made, max_age, caveats) = (exported.rows, exported.max_age, exported.caveats);
    let finished = blocking(|| Ok::<_, TableError>(rows.finish()?.finish(made, max_age, day)?));
    let mut finished = finished.map_err(file)?;
    finished.caveats = caveats;
    Ok((exported, Some(finished)))
}

fn full(full: SpoolFull) -> io::Error {
    io::Error::new(io::ErrorKind::StorageFull, full)
}

/// The error of a file that cannot be written.
fn of_file(error: &TableError) -> Refusal {
    match error {
        TableError::Refused(message) => Refusal::bad_input(message.clone()),
        TableError::File(error) if error.kind() == io::ErrorKind::StorageFull => Refusal::unavailable(
            "the temporary files of exports have no more room; select less, or try again later",
        ),
        TableError::File(error) if error.kind() == io::ErrorKind::FileTooLarge => Refusal::new(
            StatusCode::BAD_REQUEST,
            "DOCUMENT_LIMIT_EXCEEDED",
            "the file would be larger than all temporary files of exports may be; select less, or give `first`",
        ),
        TableError::File(error) if error.kind() == io::ErrorKind::TimedOut => Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "TIMEOUT",
            "the file took too long to write; select less, or take another format",
        ),
        error => {
            tracing::error!(%error, "the file of an export cannot be written");
            Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "internal error")
        }
    }
}

/// The error when too many exports run or wait.
pub(super) fn overloaded() -> Refusal {
    Refusal::unavailable("too many exports are in progress; try again later")
}
