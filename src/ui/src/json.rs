//! Reading the values of the browser's `JSON.parse` with serde.
//!
//! Made for the formats of this project: objects, lists, texts, whole numbers, truth values, and
//! enums that are a text or an object of one entry. It tells that a value is unreadable, not why: the words would be a third
//! of an element's download, and the tools that write these files explain every problem.

use js_sys::{Array, Object};
use serde::de::value::{MapAccessDeserializer, StringDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};

/// Not a value of the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Reads a value that `JSON.parse` gave. Fields that the type does not know are refused where the
/// type says so.
///
/// # Errors
/// When it is not a value of the type.
pub fn from_value<T: DeserializeOwned>(value: JsValue) -> Result<T, Unreadable> {
    T::deserialize(Value(value))
}

struct Value(JsValue);

impl Value {
    fn text(&self) -> Result<String, Unreadable> {
        self.0.as_string().ok_or(Unreadable)
    }

    /// No number in our formats is broken or beyond 32 bits.
    fn signed(&self) -> Result<i32, Unreadable> {
        let number = self.0.as_f64().ok_or(Unreadable)?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a number that the cast changes is refused in the next line"
        )]
        let signed = number as i32;
        if f64::from(signed) == number {
            Ok(signed)
        } else {
            Err(Unreadable)
        }
    }

    /// A number of a type that has no negative ones.
    fn whole(&self) -> Result<u32, Unreadable> {
        let number = self.0.as_f64().ok_or(Unreadable)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number that the cast changes is refused in the next line"
        )]
        let whole = number as u32;
        if f64::from(whole) == number {
            Ok(whole)
        } else {
            Err(Unreadable)
        }
    }

    fn items(self) -> Result<Items, Unreadable> {
        if Array::is_array(&self.0) {
            Ok(Items {
                items: self.0.unchecked_into(),
                next: 0,
            })
        } else {
            Err(Unreadable)
        }
    }

    fn entries(self) -> Result<Entries, Unreadable> {
        if self.0.is_object() && !Array::is_array(&self.0) {
            let entries = Object::entries(self.0.unchecked_ref());
            Ok(Entries { entries, next: 0 })
        } else {
            Err(Unreadable)
        }
    }
}

/// Each method reads the one kind of value that it is asked for, which keeps the code of every type
/// short.
impl<'de> Deserializer<'de> for Value {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_string() {
            self.deserialize_string(visitor)
        } else if self.0.is_object() {
            self.deserialize_map(visitor)
        } else if let Ok(whole) = self.whole() {
            visitor.visit_u32(whole)
        } else {
            // Types with negative numbers, such as slopes, ask here.
            visitor.visit_i32(self.signed()?)
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_str(&self.text()?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_u32(self.whole()?)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u32(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u32(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u32(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let items = self.items()?;
        if usize::try_from(items.items.length()).ok() == Some(length) {
            visitor.visit_seq(items)
        } else {
            Err(Unreadable)
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(self.entries()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        if self.0.is_object() {
            let entries = self.entries()?;
            if entries.entries.length() != 1 {
                return Err(Unreadable);
            }
            return visitor.visit_enum(MapAccessDeserializer::new(entries));
        }
        let name: StringDeserializer<Unreadable> = self.text()?.into_deserializer();
        visitor.visit_enum(name)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 f32 f64 char bytes byte_buf unit unit_struct tuple_struct
    }
}

struct Items {
    items: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        if self.next == self.items.length() {
            return Ok(None);
        }
        let item = self.items.get(self.next);
        self.next += 1;
        seed.deserialize(Value(item)).map(Some)
    }
}

/// Pairs of key and value.
struct Entries {
    entries: Array,
    next: u32,
}

impl Entries {
    fn half(&self, half: u32) -> Value {
        let entry: Array = self.entries.get(self.next).unchecked_into();
        Value(entry.get(half))
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unreadable> {
        if self.next == self.entries.length() {
            return Ok(None);
        }
        seed.deserialize(self.half(0)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Unreadable> {
        let value = self.half(1);
        self.next += 1;
        seed.deserialize(value)
    }
}

impl Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a value of the type")
    }
}

impl std::error::Error for Unreadable {}
