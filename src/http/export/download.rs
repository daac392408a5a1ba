//! Sends a finished file: the whole, one range of it, or nothing when the client has it.

use std::{
    io,
    ops::Range,
    time::{Duration, Instant},
};

use async_graphql::futures_util::stream;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_range_header::{RangeUnsatisfiableError, parse_range_header};
use tokio::task::spawn_blocking;

use crate::{
    exchange::table::Format,
    http::{entity_tag, node::Accepted, serve::HeldBytes, spool::Download},
};

/// The size of a part that is read.
const PART_BYTES: usize = 64 << 10;

/// How long a client may take for a file, and for how many of its bytes a second more: a file that is read takes room that
/// other exports need.
const PATIENCE: Duration = Duration::from_mins(2);
const LEAST_BYTES_PER_SECOND: u64 = 64 << 10;

/// The number of rows of the file.
const TOTAL_COUNT: HeaderName = HeaderName::from_static("x-total-count");

/// Says `AT_LEAST` where the list held a part of its rows only, as a search does.
const PRECISION: HeaderName = HeaderName::from_static("x-total-count-precision");

/// Says `true` where rows are from the generator, and describe nothing that exists.
const SYNTHETIC: HeaderName = HeaderName::from_static("simpul-synthetic");

/// What a client asks for of a file.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Range(Range<u64>),
    /// A range beyond the end.
    Beyond,
    /// It has the file.
    Known,
}

/// The response with a file. `conditional` are the headers of a request by GET, which may ask for a part. The node does not
/// end before the client has read it.
pub(super) fn response(
    file: Download,
    noun: &str,
    format: Format,
    conditional: Option<&HeaderMap>,
    accepted: Accepted,
) -> Response {
    let part = conditional.map_or(Part::Whole, |headers| part(headers, file.length, &file.tag));
    let mut headers = HeaderMap::new();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    let kept = file.contents.max_age.filter(|_| conditional.is_some());
    set(header::CACHE_CONTROL, &kept.map_or("no-store".to_owned(), |age| format!("public, max-age={age}")));
    if kept.is_some() {
        // The rows are as old as the file.
        set(header::AGE, &file.since.elapsed().as_secs().to_string());
    }
    if file.contents.caveats.synthetic {
        set(SYNTHETIC, "true");
    }
    if file.contents.caveats.is_part {
        set(PRECISION, "AT_LEAST");
    }
    set(header::ETAG, &file.tag);
    set(header::ACCEPT_RANGES, "bytes");
    set(TOTAL_COUNT, &file.contents.rows.to_string());
    let (status, range) = match part {
        Part::Known => {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        Part::Beyond => {
            set(header::CONTENT_RANGE, &format!("bytes */{}", file.length));
            return (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response();
        }
        Part::Whole => (StatusCode::OK, 0..file.length),
        Part::Range(range) => {
            let shown = format!("bytes {}-{}/{}", range.start, range.end - 1, file.length);
            set(header::CONTENT_RANGE, &shown);
            (StatusCode::PARTIAL_CONTENT, range)
        }
    };
    let name = format!("{}-{}.{format}", kebab(noun), file.contents.day);
    set(header::CONTENT_TYPE, format.content_type());
    set(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
    set(header::CONTENT_LENGTH, &(range.end - range.start).to_string());
    let until = Instant::now() + time_for(range.end - range.start);
    let mut response = (status, headers, body(file, range, until, accepted)).into_response();
    response.extensions_mut().insert(HeldBytes(PART_BYTES));
    response
}

fn part(headers: &HeaderMap, length: u64, tag: &str) -> Part {
    if entity_tag::is_known(headers, tag) {
        return Part::Known;
    }
    let Some(asked) = headers.get(header::RANGE).and_then(|range| range.to_str().ok()) else {
        return Part::Whole;
    };
    // Of another file, or of one whose date was not told, a part would not fit to what the client has.
    if headers.get(header::IF_RANGE).is_some_and(|of| of.as_bytes() != tag.as_bytes()) {
        return Part::Whole;
    }
    let Ok(asked) = parse_range_header(asked) else { return Part::Whole };
    match asked.validate(length).as_deref() {
        Ok([range]) => Part::Range(*range.start()..range.end() + 1),
        Err(RangeUnsatisfiableError::Unsatisfiable) => Part::Beyond,
        // Several ranges may be answered by the whole.
        _ => Part::Whole,
    }
}

/// The bytes of a range, read in parts as the client takes them until a time. `accepted` is held as long.
fn body<T: Send + 'static>(file: Download, range: Range<u64>, until: Instant, accepted: T) -> Body {
    Body::from_stream(stream::try_unfold(
        (file, range, accepted),
        move |(file, range, accepted)| async move {
            if range.is_empty() {
                return Ok(None);
            }
            if Instant::now() > until {
                return Err(io::Error::from(io::ErrorKind::TimedOut));
            }
            let most = usize::try_from(range.end - range.start).unwrap_or(PART_BYTES).min(PART_BYTES);
            let (source, at) = (file.clone(), range.start);
            let read = spawn_blocking(move || source.read_at(at, most)).await.map_err(io::Error::other)??;
            if read.is_empty() {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
            }
            let rest = range.start + read.len() as u64..range.end;
            Ok(Some((Bytes::from(read), (file, rest, accepted))))
        },
    ))
}

/// How long a client may take for this many bytes.
fn time_for(bytes: u64) -> Duration {
    PATIENCE + Duration::from_secs(bytes / LEAST_BYTES_PER_SECOND)
}

/// `businessUnits` as `business-units`.
fn kebab(noun: &str) -> String {
    let mut name = String::with_capacity(noun.len() + 4);
    for letter in noun.chars() {
        if letter.is_ascii_uppercase() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write,
        time::{Duration, Instant},
    };

    use axum::{
        body::to_bytes,
        http::{HeaderMap, HeaderValue, header},
    };

    use super::{Part, body, kebab, part, time_for};
    use crate::http::spool::{Contents, Spool};

    #[tokio::test]
    async fn a_download_ends_with_an_error_when_its_time_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::new(folder.path().to_owned(), 1 << 20);
        let mut writer = spool.create(None, tokio::time::Instant::now() + Duration::from_mins(1)).unwrap();
        writer.write_all(&vec![b'x'; 200_000]).unwrap();
        let file = writer.finish(Contents::default()).unwrap().into_download();
        let read = async |until| to_bytes(body(file.clone(), 0..200_000, until, ()), usize::MAX).await;
        let now = Instant::now();
        assert_eq!(read(now + time_for(200_000)).await.unwrap().len(), 200_000);
        assert!(read(now).await.is_err());
        assert_eq!(time_for(64 << 20), Duration::from_secs(120 + 1024));
    }

    #[test]
    fn a_range_is_answered_if_it_is_one_and_of_this_file() {
        for (range, of, expected) in [
            ("bytes=0-9", None, Part::Range(0..10)),
            ("bytes=90-", None, Part::Range(90..100)),
            ("bytes=-5", None, Part::Range(95..100)),
            ("bytes=90-200", None, Part::Range(90..100)),
            ("bytes=100-", None, Part::Beyond),
            ("bytes=0-1,5-6", None, Part::Whole),
            ("bytes=9-1", None, Part::Whole),
            ("rows=0-9", None, Part::Whole),
            ("bytes=0-9", Some("\"tag\""), Part::Range(0..10)),
            ("bytes=0-9", Some("\"other\""), Part::Whole),
            ("bytes=0-9", Some("W/\"tag\""), Part::Whole),
            ("bytes=0-9", Some("Sun, 29 Nov 2026 20:00:00 GMT"), Part::Whole),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_str(range).unwrap());
            if let Some(of) = of {
                headers.insert(header::IF_RANGE, HeaderValue::from_str(of).unwrap());
            }
            assert_eq!(part(&headers, 100, "\"tag\""), expected, "{range} {of:?}");
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"a\", \"tag\""));
        assert_eq!(part(&headers, 100, "\"tag\""), Part::Known);
        assert_eq!(part(&headers, 100, "\"b\""), Part::Whole);
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("W/\"tag\""));
        assert_eq!(part(&headers, 100, "\"tag\""), Part::Known, "proxies make tags weak");
    }

    #[test]
    fn a_file_is_called_after_its_list() {
        assert_eq!(kebab("businessUnitAggregate"), "business-unit-aggregate");
    }
}
