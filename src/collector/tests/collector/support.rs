//! A collector to talk to, respondents who answer, and the plainest HTTP client there is.

use collector::clock::Today;
use collector::codes::code_hash;
use collector::plan::{Plan, untranslated};
use collector::routes::{Collector, SEALED_TYPE};
use collector::seal::key_pair;
use collector::store::{Counting, Folders, NewWave, Store, Writer};
use hpke::{Deserializable as _, OpModeS, Serializable as _};
use serde_json::{Value, json};
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use survey::Edition;
use tally::{Threshold, Unit, UnitTree};
use tokio::sync::oneshot;
use wire::{Codes, Date, SUBMISSION_FORMAT, SUBMISSION_LABEL, WaveFile, pad};

/// The first and last day of the waves in these tests.
pub const DAY: &str = "2020-11-22";
pub const WAVE: &str = "W1";

pub fn day() -> Date {
    date(DAY)
}

pub fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// A folder that is removed at the end of its test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("trust-climate-test-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(path.join("site")).expect("a folder for the test");
        Self(path)
    }

    pub fn folders(&self) -> Folders {
        Folders {
            data: self.0.join("data"),
            keys: self.0.join("keys"),
        }
    }

    pub fn store(&self) -> Store {
        Store::open(&self.folders()).expect("the store opens")
    }

    /// Runs the binary on this folder's store.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trust-climate"));
        command
            .args(arguments)
            .env("TRUST_CLIMATE_DATA", self.0.join("data"))
            .env("TRUST_CLIMATE_KEYS", self.0.join("keys"))
            .current_dir(&self.0);
        command.output().expect("the binary runs")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

pub fn code_of(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What a test wants its wave to be.
#[derive(Default)]
pub struct Setup {
    pub codes: Vec<&'static str>,
    pub grace_days: u16,
}

/// A wave over two units of twenty, `A` and `B`, on [`DAY`].
pub fn plan_wave(folder: &Folder, setup: &Setup) -> WaveFile {
    let edition = collector::demo::edition();
    let unit = |id: &str, parent: Option<&str>, headcount| Unit {
        id: id.to_owned(),
        name: format!("Unit {id}"),
        parent: parent.map(str::to_owned),
        headcount,
    };
    let units = vec![
        unit("R", None, None),
        unit("A", Some("R"), Some(20)),
        unit("B", Some("R"), Some(20)),
    ];
    let plan = Plan {
        id: WAVE.to_owned(),
        name: untranslated(&edition, "Wave one"),
        employer: untranslated(&edition, "Fjordby"),
        units: UnitTree::new(units).expect("a tree"),
        threshold: Threshold::FLOOR,
        relevance: tally::Relevance::FLOOR,
        opens: day(),
        closes: day(),
        grace_days: setup.grace_days,
        codes: if setup.codes.is_empty() {
            Codes::None
        } else {
            Codes::Unlisted
        },
    };
    let (private, public) = key_pair();
    let file = plan.wave_file(&edition, public).expect("a wave file");
    let codes: Vec<[u8; 32]> = setup
        .codes
        .iter()
        .map(|code| code_hash(WAVE, code))
        .collect();
    let new = NewWave {
        file: &file,
        edition: &edition,
        private: Some(private),
        codes: &codes,
    };
    folder.store().create_wave(&new).expect("the wave is made");
    file
}

/// A running collector; it stops when dropped.
pub struct Server {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub fn start(folder: &Folder, today: Today) -> Self {
        let (reading, writing) = (folder.store(), folder.store());
        let site = folder.0.join("site");
        let (stop, stopping) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            let (writer, counting) = Writer::start(writing, today);
            let router = Collector::new(reading, writer.clone(), &site, today).router();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
                    .await
                    .expect("a port");
                tell.send(listener.local_addr().expect("an address"))
                    .expect("the test waits");
                tokio::select! {
                    _ = axum::serve(listener, router).into_future() => {}
                    _ = stopping => {}
                }
            });
            finish(counting, &writer);
        });
        let address = told.recv().expect("the server starts");
        Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        request(self.address, "GET", path, "text/plain", &[])
    }

    pub fn post(&self, wave: &str, content_type: &str, body: &[u8]) -> Answer {
        let path = format!("/api/waves/{wave}/submissions");
        request(self.address, "POST", &path, content_type, body)
    }

    pub fn submit(&self, wave: &WaveFile, submission: &Value) -> Answer {
        self.post(&wave.id, SEALED_TYPE, &seal(wave, submission))
    }
}

fn finish(counting: Counting, writer: &Writer) {
    counting.finish(writer).expect("the queue is counted");
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).ok();
        }
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// An HTTP answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// Status and the code of the problem, or the whole body when it is none.
    pub fn brief(&self) -> (u16, String) {
        let json = self.json();
        let code = json.get("code").and_then(Value::as_str).map(str::to_owned);
        (self.status, code.unwrap_or_else(|| json.to_string()))
    }
}

pub fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    content_type: &str,
    body: &[u8],
) -> Answer {
    try_request(address, method, path, content_type, body).expect("an answer")
}

/// One request on a connection of its own; `None` when the connection breaks.
pub fn try_request(
    address: SocketAddr,
    method: &str,
    path: &str,
    content_type: &str,
    body: &[u8],
) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    let len = body.len();
    let head = format!(
        "{method} {path} HTTP/1.0\r\nhost: test\r\ncontent-type: {content_type}\r\ncontent-length: {len}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    // A server that refuses a body early may close before all of it is sent.
    stream.write_all(body).ok();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = text(&bytes[..end]);
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer {
        status,
        head,
        body: bytes[end + 4..].to_vec(),
    })
}

/// A submission of `answer` to every item; `id` is filled up to the length of one.
pub fn submission(wave: &WaveFile, id: &str, unit: &str, answer: impl Into<Value>) -> Value {
    let answer: Value = answer.into();
    json!({
        "format": SUBMISSION_FORMAT,
        "id": format!("{id:x<22}"),
        "edition": wave.edition,
        "wave": wave.id,
        "unit": unit,
        "answers": vec![answer; collector::demo::edition().survey().items.len()],
    })
}

/// Seals as `www/seal.js` does.
pub fn seal(wave: &WaveFile, submission: &Value) -> Vec<u8> {
    let padded = pad(&submission.to_string()).expect("a submission fits");
    seal_bytes(wave, &WaveFile::hash(&wave.to_json()), &padded)
}

pub fn seal_bytes(wave: &WaveFile, hash: &str, plain: &[u8]) -> Vec<u8> {
    use base64::Engine as _;
    type Kem = hpke::kem::DhP256HkdfSha256;
    let key = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(&wave.public_key)
        .expect("a public key in base64url");
    let key = <Kem as hpke::Kem>::PublicKey::from_bytes(&key).expect("a public key");
    let (encapped, ciphertext) =
        hpke::single_shot_seal_with_rng::<hpke::aead::AesGcm128, hpke::kdf::HkdfSha256, Kem>(
            &OpModeS::Base,
            &key,
            &wire::info(SUBMISSION_LABEL, hash),
            plain,
            &[],
            &mut rand::rng(),
        )
        .expect("sealing works");
    [&encapped.to_bytes()[..], &ciphertext].concat()
}

/// An open wave and a collector that takes submissions to it.
pub fn open_wave(setup: &Setup) -> (Folder, WaveFile, Server) {
    let folder = Folder::new();
    let wave = plan_wave(&folder, setup);
    folder
        .store()
        .open_wave(WAVE, &day())
        .expect("the wave opens");
    let server = Server::start(&folder, day);
    (folder, wave, server)
}

pub fn edition() -> Edition {
    collector::demo::edition()
}

/// Files under a folder, all the way down.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files_under(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

pub fn counts_of_both(folder: &Folder) -> u32 {
    crate::lifecycle::counts(folder, "A") + crate::lifecycle::counts(folder, "B")
}
