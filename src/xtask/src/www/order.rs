//! Functions of a wasm module in the order in which they compress best: each beside the one that is
//! most like it.
//!
//! walrus writes them by size. Generic code comes out many times with small differences; next to each
//! other, a compressor says little more than those. 1.5 % of every download.

use std::collections::{HashMap, HashSet};

use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{Error, Reencode},
};
use wasmparser::{
    CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef,
};

use crate::failure::{Failure, Outcome};

/// Bytes in a row that two functions share or do not: about two instructions.
const ROW: usize = 4;

/// Rows that more functions have than this say nothing about likeness, and take long to look up.
const COMMON: usize = 200;

/// The same module with its functions in another order.
///
/// # Errors
/// When it is not a wasm module.
pub fn ordered(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let refused = |error| Failure::new(format!("a module cannot be put in order: {error}"));
    let (imported, bodies) = functions(wasm)
        .map_err(|error| Failure::new(format!("a module cannot be read: {error}")))?;
    let order = by_likeness(&bodies);
    let mut places = vec![0; order.len()];
    for (place, function) in (imported..).zip(&order) {
        places[*function] = place;
    }
    let mut module = Module::new();
    let mut ordering = Ordering {
        imported,
        order,
        places,
    };
    ordering
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(refused)?;
    Ok(module.finish())
}

/// The number of imported functions, and the bytes of all others.
fn functions(wasm: &[u8]) -> Result<(u32, Vec<&[u8]>), wasmparser::BinaryReaderError> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)) {
                        imported += 1;
                    }
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    Ok((imported, bodies))
}

/// Starting with the first, each is followed by the one of those left that shares most of its rows;
/// where none shares any, by the first that is left.
fn by_likeness(bodies: &[&[u8]]) -> Vec<usize> {
    let rows: Vec<HashSet<&[u8]>> = bodies
        .iter()
        .map(|body| body.windows(ROW).collect())
        .collect();
    let mut having: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, rows) in rows.iter().enumerate() {
        for row in rows {
            having.entry(row).or_default().push(function);
        }
    }
    having.retain(|_, functions| functions.len() <= COMMON);

    let mut left = vec![true; bodies.len()];
    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    for first_left in 0..bodies.len() {
        let mut next = first_left;
        while left[next] {
            left[next] = false;
            order.push(next);
            next = most_alike(next, &rows, &having, &left).unwrap_or(next);
        }
    }
    order
}

fn most_alike(
    function: usize,
    rows: &[HashSet<&[u8]>],
    having: &HashMap<&[u8], Vec<usize>>,
    left: &[bool],
) -> Option<usize> {
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for others in rows[function].iter().filter_map(|row| having.get(row)) {
        for other in others.iter().filter(|other| left[**other]) {
            *shared.entry(*other).or_default() += 1;
        }
    }
    // As fractions of the rows of both, without dividing; the first of equals, whatever the order
    // of the map.
    let of_both = |other: usize| rows[function].len() + rows[other].len();
    shared
        .into_iter()
        .max_by(|(a, a_shares), (b, b_shares)| {
            let (a_part, b_part) = (a_shares * of_both(*b), b_shares * of_both(*a));
            a_part.cmp(&b_part).then(b.cmp(a))
        })
        .map(|(other, _)| other)
}

/// Writes a module anew with other places for its functions.
struct Ordering {
    imported: u32,
    order: Vec<usize>,
    /// The new index of each function that is not imported.
    places: Vec<u32>,
}

impl Reencode for Ordering {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        let own = function.checked_sub(self.imported);
        let place = own.and_then(|own| self.places.get(usize::try_from(own).ok()?));
        Ok(place.copied().unwrap_or(function))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for function in &self.order {
            functions.function(types[*function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let bodies = section
            .into_iter()
            .collect::<Result<Vec<FunctionBody<'_>>, _>>()?;
        for function in self.order.clone() {
            self.parse_function_body(code, bodies[function].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_stands_beside_like() {
        let bodies: [&[u8]; 4] = [b"abcdefgh", b"stuvwxyz", b"abcdefgi", b"stuvwxya"];
        assert_eq!(by_likeness(&bodies), [0, 2, 1, 3]);
        assert!(by_likeness(&[]).is_empty());
    }

    /// Three functions, the second an import's caller and exported; the last is like the first.
    #[test]
    fn calls_and_exports_follow_their_functions() {
        let module = walrus_module();
        let ordered = ordered(&module).expect("a module");
        let (imported, bodies) = functions(&ordered).expect("a module");
        assert_eq!((imported, bodies.len()), (1, 3));
        let read = walrus::Module::from_buffer(&ordered).expect("a module");
        let called = |name| {
            let exported = read.exports.get_func(name).expect("it is exported");
            let function = read.funcs.get(exported).kind.unwrap_local();
            let first = &function.block(function.entry_block()).instrs[0].0;
            match first {
                walrus::ir::Instr::Call(call) => Some(call.func),
                _ => None,
            }
        };
        let import = read.imports.iter().next().expect("an import");
        let walrus::ImportKind::Function(import) = import.kind else {
            panic!("a function is imported");
        };
        assert_eq!(called("calls_import"), Some(import));
        assert_eq!(called("calls_other"), read.exports.get_func("other").ok());
        assert_eq!(called("other"), None);
    }

    fn walrus_module() -> Vec<u8> {
        use walrus::{FunctionBuilder, Module, ModuleConfig};
        let mut module = Module::with_config(ModuleConfig::new());
        let ty = module.types.add(&[], &[]);
        let (import, _) = module.add_import_func("a", "b", ty);
        let mut other = FunctionBuilder::new(&mut module.types, &[], &[]);
        other.func_body().i32_const(1).drop();
        let other = other.finish(Vec::new(), &mut module.funcs);
        let mut calling = |name, function| {
            let mut caller = FunctionBuilder::new(&mut module.types, &[], &[]);
            caller.func_body().call(function);
            let caller = caller.finish(Vec::new(), &mut module.funcs);
            module.exports.add(name, caller);
        };
        calling("calls_import", import);
        calling("calls_other", other);
        module.exports.add("other", other);
        module.emit_wasm()
    }
}
