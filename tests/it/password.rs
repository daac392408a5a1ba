//! No command prints the password of a database URL, wherever the URL is given.

use std::{
    fs,
    process::{Command, Output},
};

use simpul::store::Engine;
use tempfile::tempdir;

use crate::support::database::engines;

/// A password that occurs in no other text, in two halves; the characters between them have to be escaped.
const HALVES: [&str; 2] = ["Qx7Zk", "Wv9Jp"];

/// URLs with a password that cannot be used, or not as they are meant.
fn urls() -> Vec<String> {
    let [one, two] = HALVES;
    let mut urls = Vec::new();
    for sign in [
        "/", "#", "@", "?", "%", " ", ":", "&", "=", "[", "]", "\\", "\"", "'", "\t", "%2", "%zz", "%ff", "é",
    ] {
        urls.push(format!("postgres://simpul:{one}{sign}{two}@127.0.0.1:1/simpul"));
        urls.push(format!("postgres://simpul:5432{sign}{one}{two}@127.0.0.1:1/simpul"));
    }
    for scheme in
        ["mysql", "postgresql+ssl", "postgres+tls", "https", "POSTGRES", "jdbc:postgresql", "sqlite"]
    {
        urls.push(format!("{scheme}://simpul:{one}{two}@127.0.0.1:1/simpul"));
    }
    for whole in [
        "postgres:simpul:P@127.0.0.1:1/simpul",
        "postgres:/simpul:P@127.0.0.1:1/simpul",
        "simpul:P@127.0.0.1:1/simpul",
        "postgres://simpul:P",
        "postgres://simpul:P@",
        "postgres://simpul:P@127.0.0.1:/simpul",
        "postgres://simpul:P@127.0.0.1:port/simpul",
        "postgres://simpul:P@127.0.0.1:99999/simpul",
        "postgres://simpul:P@[::1/simpul",
        "postgres://simpul:P@127.0.0.1:1/simpul?sslmode=P",
        "postgres://simpul:P@127.0.0.1:1/simpul?P=1",
        "postgres://simpul:P@127.0.0.1:1/simpul?passwrod=P",
        "postgres://127.0.0.1:1/simpul?user=simpul&password=P",
        "postgres://127.0.0.1:1/simpul?user=simpul&passwort=P",
        "postgres://simpul:P@127.0.0.1:1/simpul",
        "postgres://simpul:P@no-such-host.invalid/simpul",
        "sqlite://simpul.db?mode=P",
        "sqlite://absent.db?password=P",
        "sqlite://simpul:P@127.0.0.1/simpul?mode=ro",
    ] {
        urls.push(whole.replace('P', &HALVES.concat()));
    }
    urls
}

const COMMANDS: &[&[&str]] = &[
    &["serve"],
    &["migrate"],
    &["seed"],
    &["generate"],
    &["demo"],
    &["doctor"],
    &["explain"],
    &["key", "list"],
    &["grant", "list"],
    &["serve", "--help"],
    &["explain", "--help"],
    &["doctor", "--log", "trace"],
];

/// Where an operator may put a URL, rightly or by mistake.
#[derive(Clone, Copy, Debug)]
enum Place {
    Flag,
    Joined,
    Variable,
    File,
    BareFile,
    WrongFlag(&'static str),
    WrongVariable(&'static str),
    WrongKey(&'static str),
    Alone,
    First,
}

const PLACES: [Place; 21] = [
    Place::Flag,
    Place::Joined,
    Place::Variable,
    Place::File,
    Place::BareFile,
    Place::WrongFlag("--config"),
    Place::WrongFlag("--log"),
    Place::WrongFlag("--log-format"),
    Place::WrongFlag("--database"),
    Place::WrongFlag("--listen"),
    Place::WrongFlag("--trusted-proxies"),
    Place::WrongFlag("--allowed-origins"),
    Place::WrongFlag("--trusted-documents"),
    Place::WrongVariable("SIMPUL_LISTEN"),
    Place::WrongVariable("SIMPUL_LOG"),
    Place::WrongVariable("SIMPUL_CONFIG"),
    Place::WrongKey("listen"),
    Place::WrongKey("rate_limit"),
    Place::WrongKey("databaseurl"),
    Place::Alone,
    Place::First,
];

fn run(command: &[&str], url: &str, place: Place) -> Output {
    let folder = tempdir().unwrap();
    let mut simpul = Command::new(env!("CARGO_BIN_EXE_simpul"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIMPUL_")) {
        simpul.env_remove(name);
    }
    simpul.current_dir(folder.path());
    let write = |text: String| fs::write(folder.path().join("simpul.toml"), text).unwrap();
    match place {
        Place::First => simpul.arg(url).args(command),
        _ => simpul.args(command),
    };
    let listens = matches!(command[0], "serve" | "demo");
    match place {
        Place::Flag => simpul.args(["--database-url", url]),
        Place::Joined => simpul.arg(format!("--database-url={url}")),
        Place::Variable => simpul.env("SIMPUL_DATABASE_URL", url),
        Place::File => {
            write(format!("database_url = '''{url}'''\n"));
            &mut simpul
        }
        Place::BareFile => {
            write(format!("database_url = {url}\n"));
            &mut simpul
        }
        Place::WrongFlag(flag) => simpul.args([flag, url]),
        Place::WrongVariable(name) => simpul.env(name, url),
        Place::WrongKey(key) => {
            write(format!("{key} = '''{url}'''\n"));
            &mut simpul
        }
        Place::Alone => simpul.arg(url),
        Place::First => &mut simpul,
    };
    // Whatever is understood otherwise must not serve for ever.
    let busy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    if listens && !matches!(place, Place::WrongFlag("--listen") | Place::WrongVariable("SIMPUL_LISTEN")) {
        simpul.args(["--listen", &busy.local_addr().unwrap().to_string()]);
    }
    simpul.output().unwrap()
}

fn demand_silence(command: &[&str], url: &str, place: Place) {
    let output = run(command, url, place);
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = said.concat();
    for half in HALVES {
        assert!(!text.contains(half), "{command:?} {place:?} {url:?}: {text}");
    }
    assert!(!text.contains("panicked"), "{command:?} {place:?} {url:?}: {text}");
}

#[test]
fn no_command_prints_a_password_of_any_url() {
    for url in urls() {
        for place in [Place::Flag, Place::Variable, Place::File] {
            demand_silence(&["doctor"], &url, place);
        }
        demand_silence(&["serve"], &url, Place::Joined);
    }
}

/// The log of libraries at the most verbose level for a successful connection.
#[test]
fn no_log_of_a_connection_holds_its_password() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    // The tests' server lets everybody in, whatever the password.
    let url =
        std::env::var("SIMPUL_TEST_POSTGRES").unwrap().replacen('@', &format!(":{}@", HALVES.concat()), 1);
    assert!(url.contains(HALVES[0]), "{url}");
    for command in [&["doctor", "--log", "trace"][..], &["seed", "--log", "trace"]] {
        demand_silence(command, &url, Place::Flag);
    }
}

#[test]
fn no_command_prints_a_password_from_any_place() {
    let [one, two] = HALVES;
    let urls = [
        format!("postgres://simpul:{one}{two}@127.0.0.1:1/simpul"),
        format!("postgres://simpul:{one}/{two}@127.0.0.1:1/simpul"),
        format!("postgres://simpul:{one},{two}@127.0.0.1:1/simpul"),
        format!("postgres://simpul:{one} {two}@127.0.0.1:1/simpul"),
        format!("postgres://simpul:{one}  {two}@127.0.0.1:1/simpul"),
        format!("postgres://simpul:{one}\n{two}@127.0.0.1:1/simpul"),
    ];
    for url in &urls {
        for place in PLACES {
            for command in COMMANDS.iter().copied() {
                let fills = command == ["demo"] && matches!(place, Place::WrongFlag(_));
                let usual = matches!(place, Place::Flag | Place::Variable | Place::File);
                if usual || (command.len() == 1 && !fills) {
                    demand_silence(command, url, place);
                }
            }
        }
    }
}
