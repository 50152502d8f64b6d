//! What little that this room asks of the browser: files in, files out.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, HtmlAnchorElement, HtmlInputElement, Url};

/// Name and bytes of every file that was chosen. The field is emptied, so that the same file can be
/// chosen again after it has been mended.
pub async fn chosen(field: HtmlInputElement) -> Vec<(String, Vec<u8>)> {
    let files: Vec<File> = field.files().map_or_else(Vec::new, |list| {
        (0..list.length()).filter_map(|idx| list.get(idx)).collect()
    });
    field.set_value("");
    let mut read = Vec::with_capacity(files.len());
    for file in files {
        // A file that cannot be read is an empty one: reported by name as not what it should be.
        let buffer = JsFuture::from(file.array_buffer()).await;
        let bytes = buffer.map_or_else(|_| Vec::new(), |buffer| Uint8Array::new(&buffer).to_vec());
        read.push((file.name(), bytes));
    }
    read
}

/// Saves a file as the browser saves downloads.
///
/// # Errors
/// What the browser threw; it has no reason to.
pub fn save(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or(JsValue::NULL)?;
    let parts = Array::of1(&Uint8Array::from(bytes));
    let address = Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence(&parts)?)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has taken hold of the bytes when the click returns; kept a little longer for
    // those that have not (older WebKit).
    gloo::timers::callback::Timeout::new(10_000, move || {
        // Throws only for what is no address.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}
