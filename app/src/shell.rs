//! The document around every screen, and the table of routes.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;

use crate::{
    error::ApiError,
    routes::{CredentialPage, Route},
    screens::{
        a_sign_in::{A01Top, A02Office, A03SecurityCode, A04Member, A05Certificate, A09SignedOut},
        b_code::{B01Send, B02Code, B11Method, B12Code},
        c_menu::{C01OfficeMenu, C11AdministratorMenu, C21StaffMenu},
        d_accounts::{
            ActDone, ActPage, ChangeKindPage, CheckEditedMember, CheckNewMember, DeleteMemberPage, EditMember,
            ImportMembers, MemberDeleted, MemberDetail, MemberEdited, MemberList, NewMember, NewMemberDone,
        },
        e_care::{
            BatchPage, CareScreen, ConsentPage, ConsentRecordPage, EmergencyPage, EndChargePage, FindPerson, NewBatch,
            PeopleList, PersonFound, VerifyPerson,
        },
        f_audit::{F03Export, F04Emergencies, RecordList, RecordPageOf},
        g_password::{G01Forgotten, G02Sent, G03New, G04Done, G05Change},
        h_help::{H01Manual, H02Questions, H03Question, H04Contact, RoleManual},
        i_news::I01News,
        j_terminals::{J01Terminals, J02New, J03Terminal, J04Delete},
        m_reader::Reader,
        p_account::{
            AddPasskey, ConfirmAccount, P01Account, RecoveryCodes, RegisterAuthenticator, RemoveAuthenticatorPage,
            RemovePasskeyPage,
        },
        screen::page_info,
        z_errors::{Problem, ReportedProblem},
    },
};

#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
pub use document::{Assets, document};

/// The site.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let page = page_info();
    match page.refused {
        Some(error) => view! { <Problem error/> }.into_any(),
        None => screen_at(&page.address),
    }
}

/// The screen of the page's address. Every page is loaded as a whole, so that the server judges each one anew; a router in
/// the browser would have nothing to do.
fn screen_at(address: &str) -> AnyView {
    let Some(route) = Route::parse(address) else { return view! { <Problem error=ApiError::NotFound/> }.into_any() };
    match route {
        Route::Top => view! { <A01Top/> }.into_any(),
        Route::CertificateHelp => view! { <A05Certificate/> }.into_any(),
        Route::Manual => view! { <H01Manual/> }.into_any(),
        Route::RoleManual(kind) => view! { <RoleManual kind/> }.into_any(),
        Route::Questions => view! { <H02Questions/> }.into_any(),
        Route::Question(slug) => view! { <H03Question slug/> }.into_any(),
        Route::Contact => view! { <H04Contact/> }.into_any(),
        Route::News => view! { <I01News/> }.into_any(),
        Route::SignedOut => view! { <A09SignedOut/> }.into_any(),
        Route::SignInOffice => view! { <A02Office/> }.into_any(),
        Route::SignInMember => view! { <A04Member/> }.into_any(),
        Route::SecurityCode => view! { <A03SecurityCode/> }.into_any(),
        Route::SendCode => view! { <B01Send/> }.into_any(),
        Route::Code => view! { <B02Code/> }.into_any(),
        Route::MemberSendCode => view! { <B11Method/> }.into_any(),
        Route::MemberCode => view! { <B12Code/> }.into_any(),
        Route::ForgottenPassword => view! { <G01Forgotten/> }.into_any(),
        Route::PasswordLinkSent => view! { <G02Sent/> }.into_any(),
        Route::NewPassword => view! { <G03New/> }.into_any(),
        Route::PasswordSet => view! { <G04Done/> }.into_any(),
        Route::ChangePassword => view! { <G05Change/> }.into_any(),
        Route::Account(change) => view! { <P01Account change/> }.into_any(),
        Route::ConfirmAccount(next) => view! { <ConfirmAccount next/> }.into_any(),
        Route::Credential(page) => credential_page(page),
        Route::AdministratorMenu => view! { <C11AdministratorMenu/> }.into_any(),
        Route::StaffMenu => view! { <C21StaffMenu/> }.into_any(),
        Route::OfficeMenu => view! { <C01OfficeMenu/> }.into_any(),
        Route::Members(members) | Route::MovedTo(members, _) => view! { <MemberList members/> }.into_any(),
        Route::NewMember(members, draft) => view! { <NewMember members draft/> }.into_any(),
        Route::CheckNewMember(members, draft) => view! { <CheckNewMember members draft/> }.into_any(),
        Route::NewMemberDone(members, id) => view! { <NewMemberDone members id/> }.into_any(),
        Route::Member(members, id) => view! { <MemberDetail members id/> }.into_any(),
        Route::DeleteMember(members, id) => view! { <DeleteMemberPage members id/> }.into_any(),
        Route::MemberDeleted(members, id) => view! { <MemberDeleted members id/> }.into_any(),
        Route::EditMember(members, id, draft) => view! { <EditMember members id draft/> }.into_any(),
        Route::CheckEditedMember(members, id, draft) => view! { <CheckEditedMember members id draft/> }.into_any(),
        Route::MemberEdited(members, id) => view! { <MemberEdited members id/> }.into_any(),
        Route::ChangeKind(members, id) => view! { <ChangeKindPage members id/> }.into_any(),
        Route::Act(members, id, act) => view! { <ActPage members id act/> }.into_any(),
        Route::Acted(members, id, act) => view! { <ActDone members id act/> }.into_any(),
        Route::ImportMembers(members, import) => view! { <ImportMembers members import/> }.into_any(),
        // The http layer answers these with a file; a page under such an address is never made.
        Route::ImportTemplate(_) | Route::ExportMembers(_) => view! { <Problem error=ApiError::NotFound/> }.into_any(),
        Route::Records(records) => view! { <RecordList records/> }.into_any(),
        Route::Record(records, seq) => view! { <RecordPageOf records seq/> }.into_any(),
        Route::ExportRecords(records) => view! { <F03Export records/> }.into_any(),
        Route::Terminals => view! { <J01Terminals/> }.into_any(),
        Route::NewTerminal(terminal) => view! { <J02New terminal/> }.into_any(),
        Route::Terminal(id) => view! { <J03Terminal id/> }.into_any(),
        Route::DeleteTerminal(id) => view! { <J04Delete id/> }.into_any(),
        Route::Reader(step) => view! { <Reader step/> }.into_any(),
        Route::People => view! { <PeopleList/> }.into_any(),
        Route::VerifyPerson => view! { <VerifyPerson/> }.into_any(),
        Route::FindPerson => view! { <FindPerson/> }.into_any(),
        Route::PersonFound(found) => view! { <PersonFound found/> }.into_any(),
        Route::Care(id, show) => view! { <CareScreen id show/> }.into_any(),
        Route::Consent(id) => view! { <ConsentPage id/> }.into_any(),
        Route::ConsentRecord(id) => view! { <ConsentRecordPage id/> }.into_any(),
        Route::EndCharge(id) => view! { <EndChargePage id/> }.into_any(),
        Route::Batch(None) => view! { <NewBatch/> }.into_any(),
        Route::Batch(Some(list)) => view! { <BatchPage list/> }.into_any(),
        Route::BatchTemplate | Route::BatchFile(_) => view! { <Problem error=ApiError::NotFound/> }.into_any(),
        Route::Emergency(id) => view! { <EmergencyPage id/> }.into_any(),
        Route::EmergencyUses => view! { <F04Emergencies/> }.into_any(),
        Route::Problem => view! { <ReportedProblem/> }.into_any(),
    }
}

fn credential_page(page: CredentialPage) -> AnyView {
    match page {
        CredentialPage::NewPasskey => view! { <AddPasskey/> }.into_any(),
        CredentialPage::RemovePasskey(id) => view! { <RemovePasskeyPage id/> }.into_any(),
        CredentialPage::Authenticator => view! { <RegisterAuthenticator/> }.into_any(),
        CredentialPage::RemoveAuthenticator => view! { <RemoveAuthenticatorPage/> }.into_any(),
        CredentialPage::RecoveryCodes => view! { <RecoveryCodes/> }.into_any(),
    }
}
