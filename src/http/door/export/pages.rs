//! Reads the rows of an export: a page is executed like any document, with a loader of its own, so that memory stays flat.
//! All pages share one reader, whose snapshot they see.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{Request, Response, Variables, parser::types::ExecutableDocument, registry::Registry};

use super::{super::errors, Answer, Caveats, Door, DoorState, one, price::Charge};
use crate::{
    access::Permit,
    document::export::{Export, MAX_EXPANDED, Page},
    graph::{
        inline::Forms,
        load::{DocumentSelection, Graph},
        page::{COUNT_LIMIT, MAX_PAGE},
        personal_data::Asker,
        scheduling::Scheduler,
    },
    store::Reader,
};

/// The most bytes of a page: its tree in memory takes ten times as much. A page with more is read again in halves.
const PAGE_BYTES: u64 = 2 << 20;

/// An export whose rows are being read.
pub(super) struct Reading<'a> {
    door: &'a Door,
    export: &'a Export,
    variables: &'a Variables,
    pub(super) reader: Arc<Reader>,
    /// Who asks, and what personal data the pages so far have used.
    pub(super) asker: Asker,
    /// What the pages select.
    selection: Arc<DocumentSelection>,
    /// How many rows are read at once.
    size: u32,
    /// For how many seconds the pages so far may be cached.
    pub(super) max_age: Option<i32>,
    /// Whether rows so far are from the generator.
    synthetic: AtomicBool,
    /// Whether the list holds a part of its rows only.
    is_part: AtomicBool,
}

impl<'a> Reading<'a> {
    /// The reading of an export before its first page.
    pub(super) fn new(door: &'a Door, export: &'a Export, variables: &'a Variables, reader: Reader) -> Self {
        let types = door.0.specification.types();
        let selection = DocumentSelection::in_document(&export.page(1, None), types);
        Self {
            door,
            export,
            variables,
            asker: Asker::new(reader.viewer().clone()),
            reader: Arc::new(reader),
            selection: Arc::new(selection),
            size: export.page_size(),
            max_age: None,
            synthetic: AtomicBool::default(),
            is_part: AtomicBool::default(),
        }
    }

    /// What callers have to know of the rows so far.
    pub(super) fn caveats(&self) -> Caveats {
        Caveats {
            synthetic: self.synthetic.load(Ordering::Relaxed),
            is_part: self.is_part.load(Ordering::Relaxed),
        }
    }

    /// Counts the rows; none for a list without pages.
    pub(super) async fn count(&self, types: &Registry) -> Result<Option<u64>, Answer> {
        let Some(document) = self.export.count() else { return Ok(None) };
        let selection = Arc::new(DocumentSelection::in_document(&document, types));
        let response = self.execute(document, selection, 1).await.unwrap_or_default();
        let response = self.checked(response).map_err(|answer| *answer)?;
        self.is_part.store(self.export.is_part(&response.data, COUNT_LIMIT), Ordering::Relaxed);
        let counted = self.export.counted(&response.data);
        counted.map(Some).ok_or_else(|| one("internal error".to_owned(), "INTERNAL"))
    }

    /// Reads the next page, of at most this many rows. Each attempt is charged `flat`.
    pub(super) async fn page(
        &mut self,
        most: u64,
        after: Option<&str>,
        (charge, flat): (&mut Charge<'_>, u64),
    ) -> Result<Page, Answer> {
        loop {
            charge.add(flat);
            let size = u32::try_from(most).unwrap_or(u32::MAX).min(self.size);
            let document = self.export.page(size.min(MAX_PAGE), after);
            let Some(response) = self.execute(document, Arc::clone(&self.selection), size).await else {
                if !self.export.is_paged() {
                    let message = format!("this list has more than {} bytes; select less", self.most_bytes());
                    return Err(one(message, "DOCUMENT_LIMIT_EXCEEDED"));
                }
                if self.size == 1 {
                    let message =
                        format!("a row of this export has more than {PAGE_BYTES} bytes; select less");
                    return Err(one(message, "DOCUMENT_LIMIT_EXCEEDED"));
                }
                self.size = (size / 2).max(1);
                continue;
            };
            let response = self.checked(response).map_err(|answer| *answer)?;
            let age = response.cache_control.max_age;
            self.max_age = Some(self.max_age.map_or(age, |known| known.min(age)));
            return self.export.rows(&response.data, most).map_err(|many| {
                let message = format!(
                    "`{}` has more than {MAX_EXPANDED} items beneath a row, or is truncated there, and cannot be expanded: \
                     narrow it by its arguments, or export it at the root",
                    many.path
                );
                one(message, "BAD_USER_INPUT")
            });
        }
    }

    /// The most bytes of an answer: a list without pages may be as large as in the API.
    fn most_bytes(&self) -> u64 {
        if self.export.is_paged() { PAGE_BYTES } else { PAGE_BYTES.max(self.door.0.answer_limit.0.into()) }
    }

    /// Executes a document; none if its answer has too many bytes.
    async fn execute(
        &self,
        document: ExecutableDocument,
        selection: Arc<DocumentSelection>,
        rows: u32,
    ) -> Option<Response> {
        let DoorState {
            schema_for_valid,
            planner,
            cost_limits,
            answer_limit,
            reference_data,
            record_counts,
            ..
        } = &*self.door.0;
        let scheduler = Arc::new(Scheduler::within(self.most_bytes()));
        let forms = Arc::new(Forms::at(Arc::clone(&scheduler)));
        let graph = Graph::new(Arc::clone(&self.reader), Arc::clone(reference_data), *planner, selection);
        let graph = graph.exporting(rows).at(Arc::clone(&scheduler));
        let synthetic = graph.synthetic_rows();
        let mut request = Request::new(String::new()).variables(self.variables.clone());
        request.set_parsed_query(document);
        let request = request.data(graph).data(forms);
        let request = request.data(*cost_limits).data(*answer_limit).data(Arc::clone(record_counts));
        let execution = scheduler.run(schema_for_valid.execute(request), None::<Permit>);
        let response = self.asker.execute(execution).await.ok();
        self.synthetic.fetch_or(synthetic.any(), Ordering::Relaxed);
        response
    }

    /// The response, or the answer with its errors, which name their columns.
    fn checked(&self, mut response: Response) -> Result<Response, Box<Answer>> {
        if response.errors.is_empty() {
            return Ok(response);
        }
        let mut errors = errors::prepare(std::mem::take(&mut response.errors));
        for error in &mut errors {
            if let Some(column) = self.export.column_at(&error.path) {
                error.extensions.get_or_insert_default().set("column", column);
            }
        }
        Err(Box::new(Answer::rejected(errors)))
    }
}
