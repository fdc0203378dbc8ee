//! The parts that every screen is built from. No screen invents a part, and no rule of the service lives in one.
//!
//! Ground rules, kept by each part:
//! - Parts are made on the server; everything but comfort works without JavaScript. Comfort is an `#[island]`: only those are
//!   compiled to Wasm, and each takes plain data, holds no other island and finds what stands around it by `id`.
//! - Native elements: links are links, forms are forms, dialogs are `<dialog>`.
//! - Looks come from classes in `style/`; no `style` attribute and no inline script, which the CSP forbids.
//! - What works only with the app's handlers has the class `needs-app` and appears when they are there.

#![expect(
    unreachable_pub,
    reason = "leptos' component macro adds a second function beside each, which is not re-exported"
)]

mod answers;
mod badge;
mod banner;
mod birth;
mod button;
mod card;
mod checklist;
mod choice_cards;
mod choice_group;
mod code_field;
mod copy;
mod countdown;
mod dialog;
mod error_summary;
mod field;
mod file_field;
mod form;
mod frame;
mod furigana;
mod icon;
mod label;
mod link;
mod pager;
mod phrase;
mod print;
mod progress;
mod qr_code;
mod radio;
mod result;
mod search;
mod select;
mod steps;
#[cfg(debug_assertions)]
pub mod styleguide;
mod table;

pub use answers::{Answer, AnswerList, Answers};
pub use badge::{Badge, BadgeKind, StateBadge};
pub use banner::{Banner, BannerKind, DoneBanner, EmptyState, Loading};
pub use birth::BirthField;
pub use button::{Button, ButtonKind, ButtonLink, Buttons};
pub use card::{Card, CardGrid, MenuCard};
pub use checklist::{CheckList, CheckStep};
pub use choice_cards::{CheckCard, ChoiceCards};
pub use choice_group::{ChoiceGroup, ChoiceSet};
pub use code_field::CodeField;
pub use copy::CopyBlock;
pub use countdown::{Countdown, minutes_text, seconds_left};
pub use dialog::{Dialog, Disclosure};
pub use error_summary::ErrorSummary;
pub use field::{Field, FieldKind, NamePair};
pub use file_field::FileField;
pub use form::{DownloadForm, PostForm};
pub use frame::{Frame, PRODUCT};
pub use furigana::{Furigana, with_readings, without_readings};
pub use icon::{Icon, IconKind, ProductMark};
pub use link::{Breadcrumb, Crumb, Link};
pub use pager::{Chip, Chips, PageTurner, Pager, grouped};
pub use phrase::dated;
pub use print::PrintButton;
pub use progress::Progress;
pub use qr_code::QrCode;
pub use radio::RadioCard;
pub use result::{Fact, Facts, ResultBanner, Withheld};
pub use search::{FilterField, SearchBar, SearchField};
pub use select::SelectField;
pub use steps::Steps;
pub use table::{Cell, Column, DataTable, RowHead, SortOrder};
