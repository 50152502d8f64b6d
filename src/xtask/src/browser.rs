//! What the tests drive: Chromium and its WebDriver, and Python as a web server that knows nothing of
//! us; from the system's packages.

use std::{fs, process::Command};

use crate::{
    failure::{Failure, Outcome},
    progress::Progress,
    workspace::{on_path, run},
};

/// The names under which systems install it.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const DRIVERS: [&str; 1] = ["chromedriver"];

/// Debian has real packages; Ubuntu's of the same purpose install snaps.
const DEBIAN_PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "python3"];
const UBUNTU_PACKAGES: [&str; 3] = ["chromium-browser", "chromium-chromedriver", "python3"];

/// Which packages a system offers.
enum System {
    Debian,
    Ubuntu,
    Other,
}

/// Makes sure that browser and driver are there, by apt where that is possible.
///
/// # Errors
/// Elsewhere, one sentence says what to install.
pub fn ensure(progress: &mut Progress) -> Outcome {
    if present() {
        return Ok(());
    }
    let packages = match system() {
        System::Debian => DEBIAN_PACKAGES,
        System::Ubuntu => ubuntu_packages()?,
        System::Other => return Err(missing("install them with your system's packages")),
    };
    progress.step("Installing Chromium, its driver and Python");
    install(&packages)?;
    if present() {
        Ok(())
    } else {
        Err(missing(
            "apt installed its packages, but they are not on the path",
        ))
    }
}

fn present() -> bool {
    on_path(&BROWSERS).is_some() && on_path(&DRIVERS).is_some() && on_path(&["python3"]).is_some()
}

fn missing(remedy: &str) -> Failure {
    Failure::new(format!(
        "the browser tests need `chromium`, `chromedriver` and `python3` on the path: {remedy}"
    ))
}

fn system() -> System {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    system_of(&release)
}

/// Reads the `ID` and `ID_LIKE` lines of `/etc/os-release`.
fn system_of(release: &str) -> System {
    let ids: Vec<&str> = release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")))
        .flat_map(|ids| ids.trim_matches('"').split_whitespace())
        .collect();
    if ids.contains(&"ubuntu") {
        System::Ubuntu
    } else if ids.contains(&"debian") {
        System::Debian
    } else {
        System::Other
    }
}

/// A snap cannot be installed where there is no snap daemon, as in most containers.
fn ubuntu_packages() -> Outcome<[&'static str; 3]> {
    if on_path(&["snap"]).is_some() {
        return Ok(UBUNTU_PACKAGES);
    }
    Err(missing(
        "Ubuntu has Chromium only as a snap and `snap` is not here, so install Google Chrome \
         and the chromedriver of the same version, or use Debian",
    ))
}

fn install(packages: &[&str]) -> Outcome {
    run(&mut apt(&["update"])?)?;
    let mut command = apt(&["install", "--yes", "--no-install-recommends"])?;
    run(command.args(packages))
}

/// `apt-get`, through sudo unless we are root.
fn apt(arguments: &[&str]) -> Outcome<Command> {
    let mut command = if is_root() {
        Command::new("apt-get")
    } else if on_path(&["sudo"]).is_some() {
        let mut sudo = Command::new("sudo");
        // sudo does not hand the environment on by itself.
        sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    } else {
        return Err(missing(
            "run this as root once, or install the packages `chromium`, `chromium-driver` and `python3`",
        ));
    };
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(arguments);
    Ok(command)
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_told_apart_by_os_release() {
        assert!(matches!(system_of("NAME=x\nID=debian\n"), System::Debian));
        assert!(matches!(
            system_of("ID=ubuntu\nID_LIKE=debian\n"),
            System::Ubuntu
        ));
        assert!(matches!(
            system_of("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
            System::Ubuntu
        ));
        assert!(matches!(system_of("ID=fedora\n"), System::Other));
    }
}
