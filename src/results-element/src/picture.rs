//! A picture in the document. Its nodes are made one by one: that passes a policy of trusted types,
//! and the framework need not compare hundreds of shapes that change as a whole.

use charts::{Content, Node};
use std::rc::Rc;
use web_sys::{Document, Element};
use yew::prelude::*;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Properties of [`Picture`].
#[derive(Properties, PartialEq)]
pub struct PictureProperties {
    /// The picture.
    pub svg: Rc<Node>,
}

/// Shows a picture.
#[component]
pub fn Picture(properties: &PictureProperties) -> Html {
    let place = use_node_ref();
    use_effect_with(Rc::clone(&properties.svg), {
        let place = place.clone();
        move |svg| {
            let document = web_sys::window().and_then(|window| window.document());
            if let (Some(place), Some(document)) = (place.cast::<Element>(), document)
                && let Some(picture) = built(&document, svg)
            {
                place.replace_children_with_node_1(&picture);
            }
        }
    });
    html! { <div class="picture" ref={place} /> }
}

/// The element, or nothing when the browser refuses a name, which are all SVG's own.
fn built(document: &Document, node: &Node) -> Option<Element> {
    let element = document.create_element_ns(Some(SVG), node.name).ok()?;
    for (name, value) in &node.attributes {
        element.set_attribute(name, value).ok()?;
    }
    match &node.content {
        Content::Text(text) => element.set_text_content(Some(text)),
        Content::Nodes(nodes) => {
            for child in nodes {
                let child = built(document, child)?;
                element.append_child(&child).ok()?;
            }
        }
    }
    Some(element)
}
