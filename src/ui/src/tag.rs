//! Elements built by calls.
//!
//! Yew's `html!` writes out at every element how it is put together, which is most of what an app of
//! static markup downloads. Here a place in the markup is a call: the names of its attributes, which
//! never change, and their values.

use std::rc::Rc;
use yew::virtual_dom::{
    AttrValue, AttributeOrProperty, Attributes, Listener, VList, VNode, VTag, VText,
};
use yew::{Html, NodeRef};

/// An element that is more than attributes and content.
#[derive(Debug)]
pub struct Tag(VTag);

impl Tag {
    /// An element with the attributes `names`; one whose value is `None` is left out.
    #[inline(never)]
    pub fn new(tag: &'static str, names: &'static [&'static str], values: &[Option<&str>]) -> Self {
        debug_assert_eq!(names.len(), values.len(), "each attribute has a value");
        let mut vtag = VTag::new(tag);
        let mut list = Vec::with_capacity(values.len());
        for value in values {
            list.push(value.map(|value| AttributeOrProperty::Attribute(shared(value))));
        }
        vtag.attributes = Attributes::Dynamic {
            keys: names,
            values: list.into(),
        };
        Self(vtag)
    }

    /// Hears an event.
    #[inline(never)]
    pub fn on(mut self, listener: Rc<dyn Listener>) -> Self {
        self.0.set_listeners(Box::new([Some(listener)]));
        self
    }

    /// Known by `node` while it is on screen.
    pub fn at(mut self, node: &NodeRef) -> Self {
        self.0.node_ref = node.clone();
        self
    }

    /// Told apart by `key` from others in its place or its list.
    pub fn keyed(mut self, key: &str) -> Self {
        self.0.key = Some(key.into());
        self
    }

    /// A radio or box that is checked or not.
    pub fn checked(mut self, checked: bool) -> Self {
        self.0.set_checked(checked);
        self
    }

    /// A field with this text in it.
    pub fn value(mut self, value: &str) -> Self {
        self.0.set_value(shared(value));
        self
    }

    /// The element with its content.
    #[inline(never)]
    pub fn of(mut self, content: Html) -> Html {
        if let Some(children) = self.0.children_mut() {
            *children = content;
        }
        self.0.into()
    }
}

/// An element with attributes, all given, and content.
#[inline(never)]
pub fn tag(
    tag: &'static str,
    names: &'static [&'static str],
    values: &[&str],
    content: Html,
) -> Html {
    let mut given = Vec::with_capacity(values.len());
    for value in values {
        given.push(Some(*value));
    }
    Tag::new(tag, names, &given).of(content)
}

/// Words as content.
#[inline(never)]
pub fn words(words: &str) -> Html {
    VNode::VText(VText::new(shared(words)))
}

/// One after the other.
#[inline(never)]
pub fn all(parts: Vec<Html>) -> Html {
    VNode::VList(Rc::new(VList::with_children(parts, None)))
}

fn shared(text: &str) -> AttrValue {
    AttrValue::Rc(text.into())
}
