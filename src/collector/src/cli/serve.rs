//! `serve`: the collector over HTTP.

use super::out::say;
use super::{Place, demo};
use crate::clock::today;
use crate::failure::Failure;
use crate::routes::Collector;
use crate::store::Writer;
use clap::Args;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;
use tokio::net::TcpSocket;
use tokio::signal;
use tokio::sync::oneshot;

/// How long connections may take to end by themselves when the collector is to stop. What is in the
/// queue is counted in any case; browsers that got no answer send again.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connections that may wait to be accepted: what systems commonly allow.
const BACKLOG: u32 = 1024;

#[derive(Args)]
pub(super) struct Options {
    #[command(flatten)]
    place: Place,
    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen on; 0.0.0.0 is every network of this machine
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// The built site (www/dist)
    #[arg(long, value_name = "DIR")]
    site: PathBuf,
    /// Load the demo municipality into an empty store first
    #[arg(long)]
    demo: bool,
}

pub(super) fn run(options: &Options) -> Result<(), Failure> {
    log_to_stderr();
    if !options.site.is_dir() {
        return Err(Failure::environment(format!(
            "there is no site in `{}`: build it with `cargo xtask www`, or name another with --site",
            options.site.display()
        )));
    }
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::environment(format!("cannot start threads: {error}")))?;
    runtime.block_on(serve(options))
}

async fn serve(options: &Options) -> Result<(), Failure> {
    let address = SocketAddr::new(options.bind, options.port);
    // The port first, since loading the demo for nothing would be a pity; but nobody is let in
    // before it is there.
    let socket = reserve(address).map_err(|error| no_port(address, &error))?;
    let mut store = options.place.store()?;
    if options.demo {
        demo::load(&mut store, &today())?;
    }
    let (writer, counting) = Writer::start(options.place.store()?, today);
    let router = Collector::new(store, writer.clone(), &options.site, today).router();
    let listener = socket
        .listen(BACKLOG)
        .map_err(|error| no_port(address, &error))?;
    let bound = listener.local_addr().unwrap_or(address);
    announce(bound);

    let (stop, stopping) = oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async {
        // An error is the sender's end, which means the same.
        stopping.await.ok();
    });
    let mut server = tokio::spawn(server.into_future());
    asked_to_stop().await;
    stop.send(()).ok();
    say("Stopping: what has arrived is being counted.");
    let ended = tokio::time::timeout(PATIENCE, &mut server).await;
    if let Ok(Ok(Err(error))) = ended {
        tracing::error!(%error, "the server ended with an error");
    }
    tokio::task::spawn_blocking(move || counting.finish(&writer))
        .await
        .map_err(|_| Failure::environment("the counting thread failed while stopping"))??;
    Ok(())
}

/// Takes the port without listening on it yet.
fn reserve(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()
    } else {
        TcpSocket::new_v6()
    }?;
    // On Unix a restarted collector need not wait for the last one's connections to fade; on
    // Windows the same option would let two programs share the port.
    if cfg!(unix) {
        socket.set_reuseaddr(true)?;
    }
    socket.bind(address)?;
    Ok(socket)
}

fn no_port(address: SocketAddr, error: &io::Error) -> Failure {
    let (ip, port) = (address.ip(), address.port());
    Failure::environment(match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {port} of {ip} is in use: stop what listens there, or choose another with --port"
        ),
        io::ErrorKind::PermissionDenied => {
            format!("port {port} of {ip} is not for us: choose one above 1023 with --port")
        }
        io::ErrorKind::AddrNotAvailable => {
            format!("{ip} is no address of this machine: choose another with --bind")
        }
        _ => format!("cannot listen on {address} ({error}): choose another --port or --bind"),
    })
}

fn announce(address: SocketAddr) {
    let pages = [
        ("", "what this is, and three doors"),
        ("answer/", "answer the survey"),
        ("results/", "results over the waves"),
        ("embed/", "both in a page of somebody else"),
        (
            "hand-in/",
            "collect counts from devices without a collector",
        ),
    ];
    say("The collector is listening (Ctrl-C stops it):");
    for (page, purpose) in pages {
        say(format_args!(
            "  {:<38} {purpose}",
            format!("http://{address}/{page}")
        ));
    }
}

/// Waits for Ctrl-C, or for the signal that services are stopped with.
async fn asked_to_stop() {
    let interrupt = async {
        // Without the signal the collector would run until it is killed, which loses nothing.
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// Lines readable alone; never an answer, a code, an address or a body. There is no access log, and
/// no setting that lets the libraries below write one: they know addresses.
fn log_to_stderr() {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new("off,collector=info"))
        .with_writer(io::stderr)
        .without_time()
        .with_target(false)
        .init();
}
