//! What browsers need not download: comments, spaces and long local names in scripts and styles.

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

use crate::failure::{Failure, Outcome};

/// A file of the site as it is served: scripts and styles are made small, all else stays.
///
/// # Errors
/// When a script cannot be parsed; the browser could not either.
pub fn served(name: &str, bytes: &[u8]) -> Outcome<Vec<u8>> {
    let made_small: fn(&str, &str) -> Outcome<String> = if name.ends_with(".js") {
        script
    } else if name.ends_with(".css") {
        |_, source| Ok(style(source))
    } else {
        return Ok(bytes.to_vec());
    };
    let source = std::str::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("`{name}` in `www/` is not UTF-8")))?;
    made_small(name, source).map(String::into_bytes)
}

/// A module with short local names. Names of properties and of exports stay as they are.
fn script(name: &str, source: &str) -> Outcome<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::mjs()).parse();
    if let Some(problem) = parsed.diagnostics.first() {
        return Err(Failure::new(format!("`{name}`: {problem}")));
    }
    let mut program = parsed.program;
    let minifier = Minifier::new(MinifierOptions {
        mangle: Some(MangleOptions::default()),
        mangle_properties: None,
        compress: Some(CompressOptions::smallest()),
    });
    let names = minifier.minify(&allocator, &mut program).scoping;
    let printer = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(names);
    Ok(printer.build(&program).code.to_string())
}

/// A style sheet without comments, and without spaces where they mean nothing. Texts in quotes
/// stay as they are; so do spaces around operators and colons, which tell selectors apart.
fn style(source: &str) -> String {
    let mut small = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let length = match next {
            '/' if rest.starts_with("/*") => {
                // A comment parts words as a space does.
                space(&mut small);
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            }
            '"' | '\'' => {
                let end = end_of_quote(rest, next);
                small.push_str(&rest[..end]);
                end
            }
            _ if next.is_whitespace() => {
                space(&mut small);
                next.len_utf8()
            }
            '{' | '}' | ';' | ',' => {
                mark(&mut small, next);
                1
            }
            _ => {
                small.push(next);
                next.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    small
}

/// At most one space, and none after a mark that parts anyway.
fn space(small: &mut String) {
    if !small.is_empty() && !small.ends_with([' ', '{', '}', ';', ',']) {
        small.push(' ');
    }
}

/// A mark takes the place of a space before it; a block's last semicolon says nothing.
fn mark(small: &mut String, mark: char) {
    if small.ends_with(' ') {
        small.pop();
    }
    if mark == '}' && small.ends_with(';') {
        small.pop();
    }
    small.push(mark);
}

/// The length of a text in quotes, which `rest` starts with.
fn end_of_quote(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_comments_and_local_names_only() {
        let source = "/** Adds. */\nexport function add(first, second) {\n  return first + second; // so\n}\nexport const load = () => import(\"./x.js\");\n";
        let small = script("add.js", source).expect("it parses");
        assert!(small.contains("function add("), "{small}");
        assert!(small.contains("./x.js"), "{small}");
        assert!(!small.contains("first") && !small.contains("so"), "{small}");
    }

    #[test]
    fn a_script_that_does_not_parse_is_named() {
        let refused = script("add.js", "export functio").expect_err("it does not parse");
        assert!(refused.to_string().contains("add.js"), "{refused}");
    }

    #[test]
    fn styles_keep_what_spaces_mean() {
        let check = |source: &str, expected: &str| assert_eq!(style(source), expected);
        check(
            "/* a */\na :hover,\nb > c {\n  color: red;\n}\n",
            "a :hover,b > c{color: red}",
        );
        check(
            "a::before { content: \"} /* \\\" */  ;\"; }",
            "a::before{content: \"} /* \\\" */  ;\"}",
        );
        check("a { width: calc(1px + 2px) }", "a{width: calc(1px + 2px)}");
        check(
            "@media (min-width: 1rem) and (x) { a { b: c; } }",
            "@media (min-width: 1rem) and (x){a{b: c}}",
        );
        check("a/**/b{}", "a b{}");
    }
}
