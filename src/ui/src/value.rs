//! Reading the values of the browser's `JSON.parse` by hand.
//!
//! For what every respondent downloads: a function that names each field is a tenth of what serde
//! makes of the same type. It tells that a value is unreadable (`None`), not why: the tools that
//! write these files explain every problem.

use js_sys::{Array, Object, Reflect};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};

/// A value that `JSON.parse` gave, or nothing (`undefined`) where there is none.
#[derive(Debug, Clone)]
pub struct Value(JsValue);

/// An object whose fields are being read.
#[derive(Debug)]
pub struct Fields<'a> {
    object: &'a JsValue,
    unread: Cell<u32>,
    /// Whether all that were read so far could be.
    sound: Cell<bool>,
}

impl Value {
    /// A value from a script.
    pub fn new(value: JsValue) -> Self {
        Self(value)
    }

    /// The value, unless there is none.
    pub fn given(self) -> Option<Self> {
        (!self.0.is_undefined()).then_some(self)
    }

    /// A text.
    #[inline(never)]
    pub fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// A truth value.
    pub fn truth(&self) -> Option<bool> {
        self.0.as_bool()
    }

    /// A whole number. None in our formats is negative, broken or beyond 32 bits.
    #[inline(never)]
    pub fn whole(&self) -> Option<u32> {
        let number = self.0.as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number that the cast changes is refused in the next line"
        )]
        let whole = number as u32;
        (f64::from(whole) == number).then_some(whole)
    }

    /// Every item of a list, read by `read`.
    pub fn list<T>(&self, read: fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        let mut list = Vec::new();
        let all_read = self.each(&mut |item| read(item).map(|item| list.push(item)).is_some());
        all_read.then_some(list)
    }

    /// Whether it is a list all of whose items could be taken. Once for all types: what differs
    /// between them is the closure.
    #[inline(never)]
    fn each(&self, take: &mut dyn FnMut(&Self) -> bool) -> bool {
        let Some(items) = self.0.dyn_ref::<Array>() else {
            return false;
        };
        (0..items.length()).all(|at| take(&Self(items.get(at))))
    }

    /// An object of fixed fields.
    #[inline(never)]
    pub fn fields(&self) -> Option<Fields<'_>> {
        let keys = Object::keys(self.object()?);
        Some(Fields {
            object: &self.0,
            unread: Cell::new(keys.length()),
            sound: Cell::new(true),
        })
    }

    /// Keys and values of an object whose keys are data.
    #[inline(never)]
    pub fn entries(&self) -> Option<Vec<(String, Self)>> {
        let entries = Object::entries(self.object()?);
        let mut list = Vec::new();
        for at in 0..entries.length() {
            let pair: Array = entries.get(at).unchecked_into();
            list.push((pair.get(0).as_string()?, Self(pair.get(1))));
        }
        Some(list)
    }

    fn object(&self) -> Option<&Object> {
        let is_object = self.0.is_object() && !Array::is_array(&self.0);
        is_object.then(|| self.0.unchecked_ref())
    }
}

impl Fields<'_> {
    /// The field called `name`; each is read once.
    #[inline(never)]
    pub fn get(&self, name: &str) -> Value {
        // Reading a field of a plain object does not throw.
        let value = Reflect::get(self.object, &JsValue::from_str(name)).unwrap_or_default();
        if !value.is_undefined() {
            self.unread.set(self.unread.get().saturating_sub(1));
        }
        Value(value)
    }

    /// A field that must be there. One that is unreadable is taken as the default, and remembered:
    /// leaving at once would clean up differently after every field, at twice the code.
    #[inline(never)]
    pub fn read<T: Default>(&self, name: &str, read: fn(&Value) -> Option<T>) -> T {
        read(&self.get(name)).unwrap_or_else(|| {
            self.sound.set(false);
            T::default()
        })
    }

    /// A field that need not be there.
    #[inline(never)]
    pub fn optional<T>(&self, name: &str, read: fn(&Value) -> Option<T>) -> Option<T> {
        let value = self.get(name).given()?;
        let found = read(&value);
        self.sound.set(self.sound.get() && found.is_some());
        found
    }

    /// A text that must be there.
    #[inline(never)]
    pub fn text(&self, name: &str) -> String {
        self.read(name, Value::text)
    }

    /// A list that must be there.
    #[inline(never)]
    pub fn list<T>(&self, name: &str, item: fn(&Value) -> Option<T>) -> Vec<T> {
        self.get(name).list(item).unwrap_or_else(|| {
            self.sound.set(false);
            Vec::new()
        })
    }

    /// `whole`, when every field was readable and none is left: one that is not known may change
    /// what the others mean.
    pub fn checked<T>(&self, whole: T) -> Option<T> {
        (self.sound.get() && self.unread.get() == 0).then_some(whole)
    }
}
