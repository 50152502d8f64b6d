//! The binary as a process of its own: beside another one, and killed.

use crate::support::{
    Folder, Setup, WAVE, code_of, counts_of_both, open_wave, plan_wave, seal, submission, text,
    try_request,
};
use collector::routes::SEALED_TYPE;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// `trust-climate serve` on a free port.
struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    fn serve(folder: &Folder) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_trust-climate"))
            .args(["serve", "--port", "0", "--site"])
            .arg(folder.0.join("site"))
            .arg("--data")
            .arg(folder.folders().data)
            .arg("--keys")
            .arg(folder.folders().keys)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let address = lines
            .map_while(Result::ok)
            .find_map(|line| {
                line.trim()
                    .strip_prefix("http://")?
                    .split('/')
                    .next()?
                    .parse()
                    .ok()
            })
            .expect("it prints its address");
        Self { child, address }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn the_command_line_closes_a_wave_under_a_running_collector() {
    let (folder, wave, server) = open_wave(&Setup::default());
    assert_eq!(
        server
            .submit(&wave, &submission(&wave, "one", "A", 1))
            .status,
        201
    );
    let again = folder.run(&["wave", "open", WAVE]);
    assert_eq!(code_of(&again), 1);
    assert_eq!(
        text(&again.stderr),
        "wave `W1`: it is open, and only a wave that is planned can be opened\n"
    );
    assert_eq!(code_of(&folder.run(&["wave", "close", WAVE])), 0);
    let late = server.submit(&wave, &submission(&wave, "two", "A", 1));
    assert_eq!(late.brief(), (409, "wave_closed".to_owned()));
    let list = text(&folder.run(&["wave", "list"]).stdout);
    assert!(
        list.starts_with("W1         closed   2020-11-22  "),
        "{list}"
    );
}

/// Killed in the middle of a crowd, three times: what was acknowledged is counted, once, and what
/// was sent again is too.
#[test]
fn a_kill_loses_nothing_that_was_acknowledged() {
    let folder = Folder::new();
    let wave = plan_wave(&folder, &Setup::default());
    folder
        .store()
        .open_wave(WAVE, &crate::support::day())
        .expect("it opens");
    let bodies: Vec<Vec<u8>> = (0..60)
        .map(|n| {
            seal(
                &wave,
                &submission(
                    &wave,
                    &format!("n{n}"),
                    if n % 2 == 0 { "A" } else { "B" },
                    3,
                ),
            )
        })
        .collect();
    let mut acknowledged = vec![false; bodies.len()];
    for round in 0..3 {
        let mut process = Process::serve(&folder);
        let address = process.address;
        let answers = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let sending: Vec<_> = bodies
                .chunks(15)
                .zip(acknowledged.chunks_mut(15))
                .map(|(bodies, acknowledged)| {
                    let answers = &answers;
                    scope.spawn(move || send_all(address, bodies, acknowledged, answers))
                })
                .collect();
            if round < 2 {
                while answers.load(Ordering::Relaxed) < 10 {
                    std::thread::yield_now();
                }
                process.child.kill().expect("it is killed");
            }
            sending
                .into_iter()
                .for_each(|thread| thread.join().expect("they end"));
        });
        drop(process);
        let known =
            u32::try_from(acknowledged.iter().filter(|known| **known).count()).expect("few");
        assert!(
            counts_of_both(&folder) >= known,
            "fewer than the {known} acknowledged are counted"
        );
    }
    assert!(acknowledged.iter().all(|known| *known));
    assert_eq!(counts_of_both(&folder), 60);
}

/// Sends everything, also what was acknowledged before: a repeat must do no harm.
fn send_all(
    address: SocketAddr,
    bodies: &[Vec<u8>],
    acknowledged: &mut [bool],
    answers: &AtomicUsize,
) {
    for (body, acknowledged) in bodies.iter().zip(acknowledged) {
        let path = format!("/api/waves/{WAVE}/submissions");
        let Some(answer) = try_request(address, "POST", &path, SEALED_TYPE, body) else {
            return;
        };
        let expected = if *acknowledged { 200..=200 } else { 200..=201 };
        assert!(expected.contains(&answer.status), "{answer:?}");
        *acknowledged = true;
        answers.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_port_in_use_and_a_missing_site_end_with_one_sentence() {
    let (folder, _wave, server) = open_wave(&Setup::default());
    let port = server.address.port().to_string();
    let taken = folder.run(&["serve", "--site", "site", "--port", &port]);
    assert_eq!(code_of(&taken), 3);
    assert_eq!(
        text(&taken.stderr),
        format!(
            "port {port} of 127.0.0.1 is in use: stop what listens there, or choose another with --port\n"
        )
    );
    let missing = folder.run(&["serve", "--site", "nowhere"]);
    assert_eq!(
        (code_of(&missing), text(&missing.stderr).lines().count()),
        (3, 1)
    );
}
