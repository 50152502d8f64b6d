//! Moving the keyboard's place after the app has changed what is on screen.

use web_sys::HtmlElement;
use yew::NodeRef;

/// Moves focus to `node`, which scrolls it into view and has it read out. Nothing happens when it
/// is not on screen.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Focusing does not throw; the signature is the interface description's.
        let _ = element.focus();
    }
}
