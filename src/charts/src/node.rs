//! A small tree of SVG elements: written as text natively, built as DOM nodes in a browser.

use std::fmt::{self, Write as _};

/// An element of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Name of the element, for example `path`.
    pub name: &'static str,
    /// Attributes in order.
    pub attributes: Vec<(&'static str, String)>,
    /// What is in it.
    pub content: Content,
}

/// What is in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Elements; none for most shapes.
    Nodes(Vec<Node>),
    /// Text.
    Text(String),
}

impl Node {
    /// The picture as a file of its own.
    pub fn to_svg(&self) -> String {
        let mut svg = String::new();
        // Writing to a string cannot fail.
        self.write(&mut svg, true).expect("strings take all text");
        svg.push('\n');
        svg
    }

    fn write(&self, out: &mut String, outermost: bool) -> fmt::Result {
        write!(out, "<{}", self.name)?;
        if outermost {
            out.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
        }
        for (name, value) in &self.attributes {
            write!(out, " {name}=\"{}\"", escaped(value))?;
        }
        match &self.content {
            Content::Nodes(nodes) if nodes.is_empty() => {
                out.push_str("/>");
                return Ok(());
            }
            Content::Nodes(nodes) => {
                out.push('>');
                for node in nodes {
                    out.push('\n');
                    node.write(out, false)?;
                }
                out.push('\n');
            }
            Content::Text(text) => write!(out, ">{}", escaped(text))?,
        }
        write!(out, "</{}>", self.name)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let node = Node {
            name: "text",
            attributes: vec![("class", "a\"b".into())],
            content: Content::Text("<A & B>".into()),
        };
        assert_eq!(
            node.to_svg(),
            "<text xmlns=\"http://www.w3.org/2000/svg\" class=\"a&quot;b\">&lt;A &amp; B&gt;</text>\n"
        );
    }
}
