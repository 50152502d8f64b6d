//! What happens outside the room: files fetched, the device read, the wave closed.

use super::Addresses;
use crate::device::{self, Counted, DeviceError};
use crate::problem::Problem;
use crate::room::{Action, DeviceNews, Loading, News, Room};
use crate::{browser, publish::Publication};
use disclosure::Earlier;
use release::{Index, IndexEntry, Release, sha256_hex};
use std::rc::Rc;
use ui::Fresh;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use zeroize::Zeroizing;

/// Milliseconds for the browser to paint the busy state before the work that stops it. Two frames
/// at 60 a second would be 33; animation frames themselves do not come in a background tab.
const PAINT: u32 = 50;

/// Fetches what the page offers, once.
#[hook]
pub fn use_page(addresses: &Rc<Addresses>, room: &UseReducerHandle<Room>) {
    let (addresses, room) = (addresses.clone(), room.dispatcher());
    use_effect_with((), move |()| {
        spawn_local(async move {
            room.dispatch(Action::Came(News::WaveLoaded(
                ui::bytes(&addresses.wave, Fresh::Asked).await.ok(),
            )));
            if let Ok(index) = ui::bytes(&addresses.releases, Fresh::Asked).await {
                room.dispatch(Action::Came(News::IndexLoaded(index.clone())));
                read_earlier(&room, &addresses.releases, &index).await;
            }
            if let Some(address) = &addresses.closing_key
                && let Ok(key) = ui::bytes(address, Fresh::Asked).await
            {
                room.dispatch(Action::Came(News::KeyLoaded(file_name(address), key)));
            }
            // Without storage nothing has been released here; the device part says what is wrong.
            if let Ok(waves) = device::released().await {
                room.dispatch(Action::Came(News::ReleasesRead(waves)));
            }
        });
    });
}

/// Fetches the releases that the index names: what changed is judged against them. One that cannot
/// be had, or is not what the index says, is left out, and the last page says how many were.
async fn read_earlier(room: &UseReducerDispatcher<Room>, address: &str, index: &[u8]) {
    let entries = Index::from_json(index).map_or(Vec::new(), |index| index.releases);
    for IndexEntry { file, sha256, .. } in entries {
        let Some(address) = ui::absolute(&file, ui::absolute(address, None).as_deref()) else {
            continue;
        };
        let Ok(bytes) = ui::bytes(&address, Fresh::Asked).await else {
            continue;
        };
        if let Ok(release) = Release::from_json(&bytes)
            && sha256_hex(&bytes) == sha256
        {
            let earlier = Box::new(Earlier { sha256, release });
            room.dispatch(Action::Came(News::EarlierRead(earlier)));
        }
    }
}

/// Fetches the edition whenever there is another wave.
#[hook]
pub fn use_edition(addresses: &Rc<Addresses>, room: &UseReducerHandle<Room>) {
    let edition = room.wave().map(|wave| wave.file.edition.clone());
    let (addresses, room) = (addresses.clone(), room.dispatcher());
    use_effect_with(edition, move |edition| {
        if let Some(edition) = edition.clone() {
            spawn_local(async move {
                let address = format!("{}{edition}.json", addresses.surveys);
                room.dispatch(Action::Came(News::EditionLoaded(
                    edition,
                    ui::bytes(&address, Fresh::Asked).await.ok(),
                )));
            });
        }
    });
}

/// Reads the device whenever there is another wave with its edition.
#[hook]
pub fn use_device(room: &UseReducerHandle<Room>) {
    let counted = counted(room);
    let key = counted.as_ref().map(|counted| counted.hash.clone());
    let room = room.dispatcher();
    use_effect_with(key, move |_| {
        if let Some(counted) = counted {
            spawn_local(async move { read_device(&room, &counted).await });
        }
    });
}

async fn read_device(room: &UseReducerDispatcher<Room>, counted: &Counted) {
    match device::read(counted).await {
        Ok(device) => room.dispatch(Action::Came(News::DeviceRead(
            counted.hash.clone(),
            Some(device),
        ))),
        Err(error) => {
            room.dispatch(Action::Came(News::DeviceRead(counted.hash.clone(), None)));
            room.dispatch(Action::Came(News::DeviceSaid(DeviceNews::Trouble(
                problem_of(error),
            ))));
        }
    }
}

/// Makes this device's file, saves it, and reads the device again.
pub fn take(room: &UseReducerHandle<Room>) {
    let (counted, room) = (counted(room), room.dispatcher());
    let Some(counted) = counted else { return };
    room.dispatch(Action::Came(News::DeviceSaid(DeviceNews::Sealing)));
    spawn_local(async move {
        let news = match device::take(counted.clone()).await {
            Ok(Some(file)) => {
                save(&file.name, &file.bytes);
                DeviceNews::Saved {
                    number: file.number,
                    file: file.name,
                }
            }
            Ok(None) => DeviceNews::Nothing,
            Err(error) => DeviceNews::Trouble(problem_of(error)),
        };
        read_device(&room, &counted).await;
        room.dispatch(Action::Came(News::DeviceSaid(news)));
    });
}

/// Closes and releases: paints, works, keeps the release, and says how it went.
pub fn close(room: &UseReducerHandle<Room>, passphrase: Zeroizing<String>) {
    let dispatcher = room.dispatcher();
    let room: Room = (**room).clone();
    dispatcher.dispatch(Action::Confirmed);
    spawn_local(async move {
        gloo::timers::future::TimeoutFuture::new(PAINT).await;
        let outcome = room.close(&passphrase);
        drop(passphrase);
        let action = match outcome {
            Ok(publication) => kept(publication).await,
            Err(problems) => Action::Refused(problems),
        };
        dispatcher.dispatch(action);
    });
}

async fn kept(publication: Publication) -> Action {
    let kept = device::keep(&publication.wave, &publication.release.bytes)
        .await
        .is_ok();
    Action::Released(publication, kept)
}

/// Saves a file. When the browser refuses, its own message is all there is to say.
pub fn save(name: &str, bytes: &[u8]) {
    if let Err(thrown) = browser::save(name, bytes) {
        gloo::console::error!("the file could not be saved", thrown);
    }
}

fn counted(room: &Room) -> Option<Counted> {
    let (Loading::Here(wave), Loading::Here(edition)) = (&room.wave, &room.edition) else {
        return None;
    };
    Some(Counted {
        wave: wave.file.clone(),
        hash: wave.hash.clone(),
        edition: edition.clone(),
    })
}

fn problem_of(error: DeviceError) -> Problem {
    match error {
        DeviceError::NotSecure => Problem::NotSecure,
        DeviceError::Storage => Problem::NoStorage,
    }
}

fn file_name(address: &str) -> String {
    address.rsplit('/').next().unwrap_or(address).to_owned()
}
