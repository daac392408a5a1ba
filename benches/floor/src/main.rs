//! How fast a hand-written statement can be on SQLite: prepared once on each thread, asked for keys drawn at random.
//!
//! `simpul-bench-floor DATABASE STATEMENT KEYS THREADS SECONDS SEED` prints its figures as a line of JSON;
//! `simpul-bench-floor DATABASE STATEMENT KEY` what the statement answers to a key. It takes the key as `?1`, and its one
//! row has one column of text.

use std::{
    env,
    error::Error,
    fs,
    path::Path,
    process::ExitCode,
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, OpenFlags};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// What one thread saw.
struct Seen {
    /// Microseconds, one for each answer.
    times: Vec<u32>,
    bytes: usize,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("simpul-bench-floor: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<String> {
    match arguments {
        [database, statement, key] => {
            let statement = fs::read_to_string(statement)?;
            Ok(open(database.as_ref())?.query_row(&statement, [key], |row| row.get(0))?)
        }
        [database, statement, keys, threads, seconds, seed] => {
            let length = Duration::from_secs_f64(seconds.parse()?);
            measure(database.as_ref(), statement, keys, (threads.parse()?, length, seed.parse()?))
        }
        _ => Err("takes DATABASE STATEMENT, and KEY or KEYS THREADS SECONDS SEED".into()),
    }
}

fn measure(
    database: &Path,
    statement: &str,
    keys: &str,
    (threads, length, seed): (u64, Duration, u64),
) -> Result<String> {
    let (statement, keys) = (fs::read_to_string(statement)?, fs::read_to_string(keys)?);
    let keys: Vec<&str> = keys.lines().collect();

    let began = Instant::now();
    let seen: Vec<Seen> = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|number| {
                let (statement, keys) = (&statement, &keys);
                scope.spawn(move || {
                    ask(database, statement, keys, began + length, Draw::new(seed * threads + number))
                })
            })
            .collect();
        handles
            .into_iter()
            .map(|handle| handle.join().map_err(|_| "a thread panicked")?)
            .collect::<Result<_>>()
    })?;
    let seconds = began.elapsed().as_secs_f64();

    let bytes: usize = seen.iter().map(|seen| seen.bytes).sum();
    let mut times: Vec<u32> = seen.into_iter().flat_map(|seen| seen.times).collect();
    times.sort_unstable();
    let percentile = |percent: usize| {
        let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(at).map_or(0.0, |time| f64::from(*time) / 1e6)
    };
    Ok(format!(
        r#"{{"answers":{},"seconds":{seconds:.6},"bytes":{bytes},"p50":{:.6},"p99":{:.6}}}"#,
        times.len(),
        percentile(50),
        percentile(99)
    ))
}

fn ask(database: &Path, statement: &str, keys: &[&str], end: Instant, mut draw: Draw) -> Result<Seen> {
    let connection = open(database)?;
    let mut prepared = connection.prepare(statement)?;
    let mut seen = Seen { times: Vec::new(), bytes: 0 };
    let mut now = Instant::now();
    while now < end {
        let length = prepared.query_row([draw.of(keys)], |row| Ok(row.get_ref(0)?.as_str()?.len()))?;
        let then = now;
        now = Instant::now();
        seen.times.push(u32::try_from((now - then).as_micros()).unwrap_or(u32::MAX));
        seen.bytes += length;
    }
    Ok(seen)
}

/// A connection as Simpul opens its own.
fn open(database: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags)?;
    connection.execute_batch(
        "PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY",
    )?;
    Ok(connection)
}

/// `SplitMix64`: the same keys for the same seed.
struct Draw(u64);

impl Draw {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn of<'a>(&mut self, keys: &[&'a str]) -> &'a str {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        let at = bits % u64::try_from(keys.len()).unwrap_or(1).max(1);
        keys.get(usize::try_from(at).unwrap_or(0)).copied().unwrap_or_default()
    }
}
