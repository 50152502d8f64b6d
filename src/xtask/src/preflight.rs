//! What must be in order before a long build is worth starting.

use std::{env, fs, io, net::TcpListener, path::Path, process::Command};

use crate::{
    failure::{Failure, Outcome},
    workspace::answers,
};

/// A C compiler is there: SQLite is compiled from C, and Rust links with it.
pub fn c_compiler() -> Outcome {
    let compiler = env::var("CC").unwrap_or_else(|_| default_compiler().into());
    // `CC` may carry flags or a wrapper: "ccache gcc -m64".
    let mut words = compiler.split_whitespace();
    let program = words.next().unwrap_or(default_compiler());
    if cfg!(windows) && env::var_os("CC").is_none() {
        // The MSVC tools are found through the registry, not on the path.
        return Ok(());
    }
    if answers(Command::new(program).args(words)) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "no C compiler: `{compiler}` does not run; {}, or point CC at the one you have",
        remedy()
    )))
}

fn default_compiler() -> &'static str {
    "cc"
}

fn remedy() -> &'static str {
    if cfg!(target_os = "macos") {
        "install one with `xcode-select --install`"
    } else if Path::new("/etc/debian_version").exists() {
        "install one with `apt-get install gcc libc6-dev`"
    } else {
        "install gcc or clang with your system's package manager"
    }
}

/// Nobody else listens where the collector will.
pub fn port_free(port: u16) -> Outcome {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(Failure::new(format!(
            "port {port} is in use: stop what listens there, or choose another with `--port`"
        ))),
        Err(error) => Err(Failure::new(format!(
            "cannot listen on port {port}: {error}; choose another with `--port`"
        ))),
    }
}

/// The collector will be able to keep its file in this folder.
pub fn writable(folder: &Path) -> Outcome {
    let refused = |error: io::Error| {
        Failure::new(format!(
            "cannot write in `{}`: {error}; choose another folder with `--data`",
            folder.display()
        ))
    };
    fs::create_dir_all(folder).map_err(refused)?;
    let probe = folder.join(".writable");
    fs::write(&probe, b"").map_err(refused)?;
    fs::remove_file(&probe).map_err(refused)
}
