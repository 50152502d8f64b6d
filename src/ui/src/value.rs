//! Reading the values of the browser's `JSON.parse` by hand.
//!
//! For what every respondent downloads: a function that names each field is a tenth of what serde
//! makes of the same type. It tells that a value is unreadable (`None`), not why: the tools that
//! write these files explain every problem. Fields that nobody asks for are passed over: what is
//! read so has been checked by its hash, and was read strictly where it was made.

use js_sys::{Array, Object, Reflect};
use std::cell::Cell;
use survey::Named;
use wasm_bindgen::{JsCast, JsValue};

/// A value that `JSON.parse` gave, or nothing (`undefined`) where there is none. What is unreadable
/// is taken as the default, and remembered: leaving at once would clean up differently after every
/// field, at twice the code.
#[derive(Debug)]
pub struct Value<'a> {
    value: JsValue,
    /// Whether all that was read so far could be.
    sound: &'a Cell<bool>,
}

/// What `how` makes of a value, when all that it asks for could be read.
pub fn read<T>(value: JsValue, how: impl FnOnce(&Value<'_>) -> T) -> Option<T> {
    let sound = Cell::new(true);
    let sound = &sound;
    let whole = how(&Value { value, sound });
    sound.get().then_some(whole)
}

impl<'a> Value<'a> {
    /// The field called `name` of an object.
    #[inline(never)]
    pub fn get(&self, name: &str) -> Value<'a> {
        // Reading a field of a plain object does not throw; what is no object has no fields.
        let value = Reflect::get(&self.value, &JsValue::from_str(name)).unwrap_or_default();
        self.beside(value)
    }

    /// A text.
    #[inline(never)]
    pub fn text(&self) -> String {
        self.known(self.value.as_string())
    }

    /// A text that need not be there.
    #[inline(never)]
    pub fn optional_text(&self) -> Option<String> {
        self.is_given().then(|| self.text())
    }

    /// A truth value.
    pub fn truth(&self) -> bool {
        self.known(self.value.as_bool())
    }

    /// A whole number. None in our formats is negative, broken or beyond 32 bits.
    #[inline(never)]
    pub fn whole(&self) -> u32 {
        let number = self.value.as_f64().unwrap_or(f64::NAN);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number that the cast changes is refused in the next line"
        )]
        let whole = number as u32;
        self.require(f64::from(whole) == number);
        whole
    }

    /// Every item of a list, read by `item`.
    pub fn list<T>(&self, item: fn(&Self) -> T) -> Vec<T> {
        let mut list = Vec::new();
        self.each(&mut |value| list.push(item(value)));
        list
    }

    /// Takes each item of a list. Once for all types: what differs between them is the closure.
    #[inline(never)]
    fn each(&self, take: &mut dyn FnMut(&Self)) {
        match self.value.dyn_ref::<Array>() {
            Some(items) => {
                for at in 0..items.length() {
                    take(&self.beside(items.get(at)));
                }
            }
            None => self.require(false),
        }
    }

    /// Every value of an object whose keys are data, read by `value`.
    pub fn named<T>(&self, value: fn(&Self) -> T) -> Named<T> {
        let mut named = Named::default();
        self.each_named(&mut |name, found| {
            named.insert(name, value(found));
        });
        named
    }

    #[inline(never)]
    fn each_named(&self, take: &mut dyn FnMut(String, &Self)) {
        self.require(self.value.is_object());
        if let Some(object) = self.value.dyn_ref::<Object>() {
            let entries = self.beside(Object::entries(object).into());
            entries.each(&mut |pair| {
                let pair: &Array = pair.value.unchecked_ref();
                take(self.beside(pair.get(0)).text(), &self.beside(pair.get(1)));
            });
        }
    }

    /// Whether there is a value.
    pub fn is_given(&self) -> bool {
        !self.value.is_undefined()
    }

    /// Remembers that nothing can be made of the whole, unless `holds`.
    pub fn require(&self, holds: bool) {
        self.sound.set(self.sound.get() && holds);
    }

    fn known<T: Default>(&self, found: Option<T>) -> T {
        self.require(found.is_some());
        found.unwrap_or_default()
    }

    fn beside(&self, value: JsValue) -> Value<'a> {
        Value {
            value,
            sound: self.sound,
        }
    }
}
