//! `cargo xtask serve`: the main job on a fresh machine, in one command.

use std::{
    env,
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use clap::Args;

use crate::{
    failure::{Failure, Outcome},
    preflight,
    progress::Progress,
    workspace::Workspace,
    www,
};

/// How often we look whether the collector listens yet; short beside a person's patience.
const LISTENING_CHECK: Duration = Duration::from_millis(200);

/// What `serve` takes.
#[derive(Args)]
pub struct Options {
    /// Do not open the browser
    #[arg(long)]
    no_open: bool,
    /// The port of http://127.0.0.1 to listen on
    #[arg(long, default_value_t = 8080, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// The folder that the collector keeps its file in [default: data/ in the project]
    #[arg(long)]
    data: Option<PathBuf>,
    /// Start without the demo municipality
    #[arg(long)]
    empty: bool,
}

/// Builds the site and the collector, starts the collector, and stays until it stops.
///
/// # Errors
/// What can be known to fail is checked before the build: compiler, port, data folder.
pub fn serve(workspace: &Workspace, options: &Options, progress: &mut Progress) -> Outcome {
    let data = data_folder(workspace, options)?;
    preflight::c_compiler()?;
    preflight::port_free(options.port)?;
    preflight::writable(&data)?;
    www::build(workspace, progress)?;
    progress.step("Starting the collector (Ctrl-C stops it)");
    let collector = start(workspace, options, &data)?;
    attend(collector, options)
}

fn data_folder(workspace: &Workspace, options: &Options) -> Outcome<PathBuf> {
    match &options.data {
        None => Ok(workspace.path("data")),
        Some(folder) => std::path::absolute(folder)
            .map_err(|error| Failure::file("use the data folder", folder, &error)),
    }
}

fn start(workspace: &Workspace, options: &Options, data: &Path) -> Outcome<Child> {
    let mut command = Command::new(workspace.collector());
    command.arg("serve");
    command.arg("--data").arg(data);
    command.arg("--site").arg(workspace.dist());
    command.arg("--port").arg(options.port.to_string());
    if !options.empty {
        command.arg("--demo");
    }
    command
        .spawn()
        .map_err(|error| Failure::not_started(&command, &error))
}

/// Waits for the collector's end. Being asked to stop is a good end, whatever its exit code.
fn attend(mut collector: Child, options: &Options) -> Outcome {
    let stopping = Arc::new(AtomicBool::new(false));
    pass_on_interrupts(&collector, Arc::clone(&stopping))?;
    if opens_browser(options) {
        open_when_listening(options.port, Arc::clone(&stopping));
    }
    let status = collector
        .wait()
        .map_err(|error| Failure::new(format!("lost sight of the collector: {error}")))?;
    if status.success() || stopping.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    Err(Failure::new(
        "the collector stopped by itself; its last lines above say why",
    ))
}

/// Keeps us alive on Ctrl-C so that the collector can finish first.
///
/// A terminal sends the interrupt to both of us; a signal to us alone is passed on, so that
/// no collector is left behind.
fn pass_on_interrupts(collector: &Child, stopping: Arc<AtomicBool>) -> Outcome {
    let id = collector.id();
    ctrlc::set_handler(move || {
        if !stopping.swap(true, Ordering::Relaxed) {
            interrupt(id);
        }
    })
    .map_err(|error| Failure::new(format!("cannot listen for Ctrl-C: {error}")))
}

#[cfg(unix)]
fn interrupt(id: u32) {
    use nix::{
        sys::signal::{Signal, kill},
        unistd::Pid,
    };
    if let Ok(id) = i32::try_from(id) {
        // An error here means that it has stopped already, which is what we want.
        kill(Pid::from_raw(id), Signal::SIGINT).ok();
    }
}

/// The console sends Ctrl-C to every program in it by itself.
#[cfg(not(unix))]
fn interrupt(_id: u32) {}

fn opens_browser(options: &Options) -> bool {
    let no_display = cfg!(target_os = "linux")
        && env::var_os("DISPLAY").is_none()
        && env::var_os("WAYLAND_DISPLAY").is_none();
    !options.no_open && env::var_os("CI").is_none() && !no_display
}

/// The first start loads the demo municipality before it listens, so we ask until it does.
fn open_when_listening(port: u16, stopping: Arc<AtomicBool>) {
    thread::spawn(move || {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        while TcpStream::connect_timeout(&address, LISTENING_CHECK).is_err() {
            if stopping.load(Ordering::Relaxed) {
                return;
            }
            thread::sleep(LISTENING_CHECK);
        }
        open_browser(&format!("http://127.0.0.1:{port}/"));
    });
}

fn open_browser(address: &str) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut shell = Command::new("cmd");
        shell.args(["/C", "start", ""]);
        shell
    } else {
        Command::new("xdg-open")
    };
    command.arg(address);
    let silent = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if !silent.status().is_ok_and(|status| status.success()) {
        eprintln!("No browser could be opened here: go to {address} yourself.");
    }
}
