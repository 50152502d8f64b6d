//! `cargo xtask www`: builds the site into `www/dist`, ready for any static server.
//!
//! Everything is read or made in memory as a [`Site`] and compared with what is on disk, so a
//! build that changes nothing writes nothing; a build that does is swapped in whole.

mod assets;
mod minify;
mod modules;
mod names;
mod order;
mod site;
mod statics;
mod texts;

use crate::{
    failure::Outcome,
    progress::Progress,
    workspace::{Workspace, run},
};

pub use modules::{CRATES, TARGET, add_target, digits};
pub use site::Site;

/// Brings `www/dist` up to date.
pub fn build(workspace: &Workspace, progress: &mut Progress) -> Outcome {
    add_target(workspace, progress)?;
    progress.step("Building the wasm modules");
    let modules = modules::build(workspace)?;
    progress.step("Building the collector");
    run(&mut workspace.cargo(&["build", "--package", "collector"]))?;
    let mut site = Site::default();
    site.add_all("", assets::site(workspace, modules)?)?;
    let surveys = statics::surveys(workspace)?;
    site.add_all("", statics::demo(workspace, &surveys, progress)?)?;
    site.add_all("surveys/", surveys)?;
    progress.step("Putting www/dist together");
    site.write(&workspace.dist())
}
