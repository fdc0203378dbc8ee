//! D: administrators and staff. One set of screens for both kinds; the numbers and words differ.

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
mod d21_import;
mod filters;
mod form_fields;
mod import_api;
mod words;

pub use api::{
    ChangeMember, CheckLoginId, DeleteMember, RegisterMember, SubmitMember, change_member, check_login_id,
    delete_member, list_members, member_detail, member_draft, register_member, submit_member,
};
pub use d01_list::MemberList;
pub use d02_form::NewMember;
pub use d03_check::CheckNewMember;
pub use d04_done::NewMemberDone;
pub use d05_detail::MemberDetail;
pub use d06_delete::DeleteMemberPage;
pub use d07_deleted::MemberDeleted;
pub use d08_edit::{CheckEditedMember, EditMember, MemberEdited};
pub use d21_import::ImportMembers;
pub use filters::from_address as list_query;
pub use import_api::{RegisterImport, UploadMembers, member_import, register_import, upload_members};
