//! Makes the file of an export, or finds the one that the same export made shortly before.

use std::{collections::BTreeMap, io, path::Path, sync::Arc, time::Instant};

use async_graphql::Value;
use axum::http::{HeaderValue, StatusCode, header};
use tokio::task::spawn_blocking;

use super::{Failure, about, column, target::Target};
use crate::{
    document::{grouped, sha256},
    exchange::table::{About, Column, Format, Profile, Rows, TableError},
    graph::scheduling::blocking,
    http::{
        door::{AdmittedExport, CallerContext, ExportError, ExportRequest, Exported},
        node::Node,
        refusal::Refusal,
        spool::{Contents, Download, Finished, Place, SpoolWriter},
    },
    store::clock,
};

/// What became of an export.
pub(super) enum Made {
    /// It was priced only: `extensions.cost`.
    Priced(Value),
    File {
        file: Download,
        noun: String,
    },
}

/// What begins a table in a file: [`writer`](crate::exchange::table::writer).
pub(super) type Begin = fn(
    Format,
    Profile,
    Vec<Column>,
    About,
    SpoolWriter,
    &Path,
) -> Result<Box<dyn Rows<SpoolWriter>>, TableError>;

/// An export that was asked for.
#[derive(Clone, Copy)]
pub(super) struct Order<'a> {
    pub(super) node: &'a Node,
    pub(super) target: &'a Target,
    pub(super) context: &'a CallerContext,
    /// What its table is begun with.
    pub(super) begin: Begin,
    /// Whether it is priced only.
    pub(super) dry_run: bool,
}

impl<'a> Order<'a> {
    /// Makes the file. Its place is given back when it is complete.
    pub(super) async fn make(self, request: ExportRequest<'_>, place: Place) -> Result<Made, Failure> {
        let Self { node, target, context, dry_run, .. } = self;
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
            return match spool.download(file, context.caller) {
                Ok(file) => {
                    admitted.report.end(BTreeMap::new());
                    Ok(Made::File { file, noun })
                }
                Err(none) => Err(refused(admitted, self.of_file(&io::Error::from(none).into()))),
            };
        }
        let Ok(permit) = node.exports().permit(&place).await else {
            return Err(refused(admitted, overloaded()));
        };
        let _running = door.metrics().exports().running();
        let began = Instant::now();
        let permit = Arc::new(permit);
        let mut written = self.write(&mut admitted, &permit).await;
        if let Err(ExportError::Restart) = written {
            written = self.write(&mut admitted, &permit).await;
        }
        match written {
            Ok(Written::Priced(exported)) => {
                admitted.report.end(BTreeMap::new());
                Ok(Made::Priced(exported.cost))
            }
            Ok(Written::File(finished)) => {
                admitted.report.end(BTreeMap::new());
                let file = Arc::clone(&finished.file);
                door.metrics().exports().made(file.contents.rows, file.length, began.elapsed());
                let download = finished.into_download();
                spool.keep(identity, file);
                Ok(Made::File { file: download, noun })
            }
            Err(ExportError::Failed(answer)) => {
                admitted.report.end(answer.codes());
                Err(Failure::Answered(answer))
            }
            Err(ExportError::Restart) => {
                let refusal = Refusal::unavailable("the connection to the database was lost; try again");
                Err(refused(admitted, refusal))
            }
            Err(ExportError::File(error)) => Err(refused(admitted, self.of_file(&error))),
        }
    }

    /// Reads the rows into a file. The permit is held while a thread writes the end of it.
    async fn write<P: Send + Sync + 'static>(
        self,
        admitted: &mut AdmittedExport<'a>,
        permit: &Arc<P>,
    ) -> Result<Written, ExportError<TableError>> {
        let Self { node, target, context, begin, dry_run } = self;
        let (door, spool, format) = (node.door(), node.spool(), target.format);
        let check = |rows| format.check_rows(rows);
        if dry_run {
            return door.export(admitted, context, true, check, |_| Ok(())).await.map(Written::Priced);
        }
        let file = |error: TableError| ExportError::File(error);
        let now = clock::now();
        let about = about::of(admitted, now);
        let columns = admitted.columns().iter().map(column::of).collect();
        // Compressing the rows may take as long again as reading them.
        let until = tokio::time::Instant::now() + 2 * door.export_time();
        let out = spool.create(context.caller, until).map_err(|error| file(error.into()))?;
        let (_owner, mut beside) = (out.owner(), out.room_beside());
        let mut rows = begin(format, target.profile, columns, about, out, spool.folder()).map_err(file)?;
        let mut bytes_beside = 0;
        let exported = door
            .export(admitted, context, false, check, |page| {
                blocking(|| {
                    bytes_beside += page.iter().map(|row| rows.temporary_bytes(row)).sum::<u64>();
                    beside.set(bytes_beside).map_err(io::Error::from)?;
                    page.iter().try_for_each(|row| rows.row(row))
                })
            })
            .await?;
        let contents = Contents {
            rows: exported.rows,
            max_age: exported.max_age,
            day: about::day(now),
            caveats: exported.caveats,
        };
        // On a thread of its own: this future is dropped when the caller disconnects, and the file is given up with it.
        let permit = Arc::clone(permit);
        let finished = spawn_blocking(move || {
            let _permit = permit;
            let finished = rows.finish()?.finish(contents)?;
            beside.set(0).map_err(io::Error::from)?;
            Ok::<_, TableError>(finished)
        });
        match finished.await {
            Ok(finished) => finished.map(Written::File).map_err(file),
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(error) => Err(file(io::Error::other(error).into())),
            },
        }
    }

    /// The error of a file that cannot be written, or not be downloaded.
    fn of_file(self, error: &TableError) -> Refusal {
        let share = grouped(self.node.spool().most_of_caller());
        let kind = match error {
            TableError::Refused(message) => return Refusal::bad_input(message.clone()),
            TableError::File(error) => error.kind(),
            _ => io::ErrorKind::Other,
        };
        match kind {
            io::ErrorKind::StorageFull => Refusal::unavailable(
                "the temporary files of exports have no more room; select less, or try again later",
            ),
            io::ErrorKind::QuotaExceeded => {
                let message = format!(
                    "the exports that are made for this caller, and those that it downloads, may have {share} bytes \
                     together: end a download, or try again later"
                );
                let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "EXPORT_BYTES_EXCEEDED", message);
                refusal.with(header::RETRY_AFTER, HeaderValue::from_static("5"))
            }
            io::ErrorKind::FileTooLarge => {
                let message = format!(
                    "the file would need more than {share} bytes, which is the most for one caller; select less, or give \
                     `first`"
                );
                Refusal::new(StatusCode::BAD_REQUEST, "DOCUMENT_LIMIT_EXCEEDED", message)
            }
            io::ErrorKind::TimedOut => Refusal::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "TIMEOUT",
                "the file took too long to write; select less, or take another format",
            ),
            _ => {
                tracing::error!(%error, "the file of an export cannot be written");
                Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "internal error")
            }
        }
    }
}

/// What was written.
enum Written {
    /// Nothing, because the export is priced only.
    Priced(Exported),
    File(Finished),
}

/// Reports a refusal.
fn refused(admitted: AdmittedExport<'_>, refusal: Refusal) -> Failure {
    admitted.report.end([(refusal.code(), 1)].into());
    refusal.into()
}

/// The error when too many exports run or wait.
pub(super) fn overloaded() -> Refusal {
    Refusal::unavailable("too many exports are in progress; try again later")
}
