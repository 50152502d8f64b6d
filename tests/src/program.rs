//! The built program and the built site, run as users run them.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A path that `cargo xtask test` hands over.
fn handed_over(name: &str) -> PathBuf {
    let path = std::env::var_os(name).unwrap_or_else(|| {
        panic!("{name} is not set: run these tests with `cargo xtask test`, which builds what they need")
    });
    PathBuf::from(path)
}

/// The folder of the built site.
pub fn dist() -> PathBuf {
    handed_over("TRUST_CLIMATE_DIST")
}

/// The folder of the module that computes digits in a browser.
pub fn digits() -> PathBuf {
    handed_over("TRUST_CLIMATE_DIGITS")
}

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ has a parent")
        .to_owned()
}

/// The program `trust-climate`, ready for arguments.
pub fn trust_climate() -> Command {
    let mut command = Command::new(handed_over("TRUST_CLIMATE_BIN"));
    command.current_dir(root());
    command
}

/// Runs the program and returns what it printed.
///
/// # Panics
/// When it fails; with all that it printed.
#[track_caller]
pub fn run(args: &[&str]) -> String {
    let output = trust_climate()
        .args(args)
        .output()
        .expect("the program starts");
    assert!(
        output.status.success(),
        "`trust-climate {}` {}",
        args.join(" "),
        printed(&output)
    );
    String::from_utf8(output.stdout).expect("text")
}

/// What a run printed, for messages.
pub fn printed(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!(
        "{}\n{}\n{}",
        output.status,
        text(&output.stdout),
        text(&output.stderr)
    )
}

/// A port that is free now.
///
/// # Panics
/// When the machine has none.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// A server that is killed when the test ends.
pub struct Server {
    child: Child,
    /// Where it answers, without a slash at the end.
    pub url: String,
}

impl Server {
    /// `trust-climate serve` on a free port, with the data in `data`.
    ///
    /// # Panics
    /// When it does not answer within 30 s.
    pub fn collector(data: &Path) -> Self {
        Self::collector_on(data, free_port())
    }

    /// The same on a port that is given.
    ///
    /// # Panics
    /// When it does not answer within 30 s.
    pub fn collector_on(data: &Path, port: u16) -> Self {
        let mut command = trust_climate();
        command
            .arg("serve")
            .arg("--data")
            .arg(data)
            .arg("--site")
            .arg(dist());
        command.args(["--port", &port.to_string()]);
        Self::start(command, port)
    }

    /// `python3 -m http.server` over a folder: a web server that knows nothing of us.
    ///
    /// # Panics
    /// When it does not answer within 30 s.
    pub fn python(folder: &Path) -> Self {
        let port = free_port();
        let mut command = Command::new("python3");
        command.args([
            "-m",
            "http.server",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
        ]);
        command.current_dir(folder);
        Self::start(command, port)
    }

    fn start(mut command: Command, port: u16) -> Self {
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut server = Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
        };
        let until = Instant::now() + Duration::from_secs(30);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.child.try_wait().expect("its state");
            assert!(
                ended.is_none() && Instant::now() < until,
                "no answer on port {port}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended already needs no killing.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// A `WebDriver` for Chromium on a port of its own choosing.
pub struct Driver {
    child: Child,
    /// Where it answers.
    pub url: String,
}

impl Driver {
    /// Starts `chromedriver`.
    ///
    /// # Panics
    /// When it is not installed, or does not say its port.
    pub fn chromium() -> Self {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed (`cargo xtask test` does it)");
        let mut out = BufReader::new(child.stdout.take().expect("its output is piped"));
        let mut line = String::new();
        let port = loop {
            line.clear();
            assert!(
                out.read_line(&mut line).expect("text") > 0,
                "chromedriver ended"
            );
            if let Some((_, rest)) = line.split_once("successfully on port ") {
                break rest.trim().trim_end_matches('.').to_owned();
            }
        };
        // Keeps the pipe open, so that a chatty driver does not stop.
        std::thread::spawn(move || std::io::copy(&mut out.by_ref(), &mut std::io::sink()));
        Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}
