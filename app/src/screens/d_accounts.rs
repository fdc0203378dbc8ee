//! D: administrators and staff. One set of screens for both kinds; the numbers and words differ.

mod acts;
mod answers;
mod api;
mod d01_list;
mod d02_form;
mod d03_check;
mod d04_done;
mod d05_detail;
mod d06_delete;
mod d07_deleted;
mod d08_edit;
mod d09_kind;
mod d10_act;
mod d21_import;
mod filters;
mod form_fields;
mod import_api;
mod reading;
mod whom;
mod words;

pub use api::{
    ActOnMember, ChangeMember, ChangeMemberKind, CheckLoginId, DeleteMember, RegisterMember, SubmitMember,
    act_on_member, change_member, change_member_kind, check_login_id, delete_member, list_members, member_detail,
    member_draft, register_member, submit_member,
};
pub use d01_list::MemberList;
pub use d02_form::NewMember;
pub use d03_check::CheckNewMember;
pub use d04_done::NewMemberDone;
pub use d05_detail::MemberDetail;
pub use d06_delete::DeleteMemberPage;
pub use d07_deleted::MemberDeleted;
pub use d08_edit::{CheckEditedMember, EditMember, MemberEdited};
pub use d09_kind::ChangeKindPage;
pub use d10_act::{ActDone, ActPage};
pub use d21_import::ImportMembers;
pub use filters::from_address as list_query;
pub use import_api::{RegisterImport, UploadMembers, member_import, register_import, upload_members};
