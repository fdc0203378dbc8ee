//! A form with a file, as the server functions of D-21 and E-14 get it.

use std::collections::BTreeMap;

use leptos::server_fn::codec::MultipartData;

use crate::error::ApiError;

/// The parts of a sent form.
pub(crate) struct Upload {
    /// The other fields.
    pub(crate) fields: BTreeMap<String, String>,
    /// The file's name, without its folder.
    pub(crate) file_name: String,
    /// The file; empty when none was chosen.
    pub(crate) bytes: Vec<u8>,
}

impl Upload {
    /// Longest file name that is kept, in characters.
    const NAME_MAX: usize = 100;

    /// Errors: `Malformed`.
    pub(crate) async fn read(data: MultipartData) -> Result<Self, ApiError> {
        let mut form = data.into_inner().ok_or(ApiError::Malformed)?;
        let mut sent = Self { fields: BTreeMap::new(), file_name: String::new(), bytes: Vec::new() };
        while let Some(field) = form.next_field().await.map_err(|_| ApiError::Malformed)? {
            let (name, sent_name) = (field.name().map(str::to_owned), field.file_name().map(str::to_owned));
            let value = field.bytes().await.map_err(|_| ApiError::Malformed)?;
            match name {
                Some(name) if name == "file" => {
                    // Some browsers send the folder as well.
                    let whole = sent_name.unwrap_or_default();
                    let last = whole.rsplit(['/', '\\']).next().unwrap_or_default();
                    sent.file_name = last.chars().filter(|c| !c.is_control()).take(Self::NAME_MAX).collect();
                    sent.bytes = value.to_vec();
                }
                Some(name) => {
                    sent.fields.insert(name, String::from_utf8_lossy(&value).into_owned());
                }
                None => {}
            }
        }
        Ok(sent)
    }

    /// One of the other fields; empty when it was not sent.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}
