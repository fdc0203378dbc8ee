use super::*;
use crate::screens::{ScreenId, h_help::Slug};

#[test]
fn every_page_is_found_again_at_its_own_address() {
    let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let of = |m| {
        let acts = MemberAct::ALL.iter().flat_map(move |act| [Route::Act(m, a, *act), Route::Acted(m, a, *act)]);
        let pages = [
            Route::Members(m),
            Route::MovedTo(m, a),
            Route::NewMember(m, None),
            Route::NewMember(m, Some(a)),
            Route::CheckNewMember(m, a),
            Route::NewMemberDone(m, a),
            Route::Member(m, a),
            Route::DeleteMember(m, a),
            Route::MemberDeleted(m, a),
            Route::EditMember(m, a, None),
            Route::EditMember(m, a, Some(b)),
            Route::CheckEditedMember(m, a, b),
            Route::MemberEdited(m, a),
            Route::ChangeKind(m, a),
        ];
        pages.into_iter().chain(acts)
    };
    let mut all = vec![
        Route::Top,
        Route::CertificateHelp,
        Route::Manual,
        Route::RoleManual(AccountKind::Staff),
        Route::Questions,
        Route::Question(Slug::MAIL_DOES_NOT_COME),
        Route::Contact,
        Route::News,
        Route::SignedOut,
        Route::SignInOffice,
        Route::SignInMember,
        Route::SecurityCode,
        Route::SendCode,
        Route::Code,
        Route::MemberSendCode,
        Route::MemberCode,
        Route::ForgottenPassword,
        Route::PasswordLinkSent,
        Route::NewPassword,
        Route::PasswordSet,
        Route::ChangePassword,
        Route::Account(None),
        Route::Account(Some(AccountChange::PasskeyAdded)),
        Route::ConfirmAccount(CredentialPage::RemovePasskey(a)),
        Route::Credential(CredentialPage::NewPasskey),
        Route::Credential(CredentialPage::RemovePasskey(a)),
        Route::Credential(CredentialPage::Authenticator),
        Route::Credential(CredentialPage::RemoveAuthenticator),
        Route::Credential(CredentialPage::RecoveryCodes),
        Route::OfficeMenu,
        Route::AdministratorMenu,
        Route::StaffMenu,
        Route::Records(Records::Operations),
        Route::Records(Records::Viewings),
        Route::Record(Records::Operations, 7),
        Route::Record(Records::Viewings, 7),
        Route::ExportRecords(Records::Operations),
        Route::ExportRecords(Records::Viewings),
        Route::ImportMembers(Members::Administrators, None),
        Route::ImportMembers(Members::Staff, Some(a)),
        Route::ImportTemplate(Members::Staff),
        Route::ExportMembers(Members::Administrators),
        Route::Terminals,
        Route::NewTerminal(None),
        Route::NewTerminal(Some(TerminalId::of_public_key(b"a key"))),
        Route::Terminal(a),
        Route::DeleteTerminal(a),
        Route::People,
        Route::VerifyPerson,
        Route::FindPerson,
        Route::PersonFound(a),
        Route::Consent(a),
        Route::ConsentRecord(a),
        Route::EndCharge(a),
        Route::Batch(None),
        Route::Batch(Some(a)),
        Route::BatchTemplate,
        Route::BatchFile(a),
        Route::Emergency(a),
        Route::EmergencyUses,
        Route::Problem,
    ];
    all.extend(ReaderStep::ALL.iter().map(|step| Route::Reader(*step)));
    all.extend(CareView::ALL.iter().map(|view| Route::Care(a, *view)));
    all.extend(of(Members::Administrators).chain(of(Members::Staff)));
    for route in &all {
        assert_eq!(Route::parse(&route.to_string()).as_ref(), Some(route));
    }
    let shown: Vec<ScreenId> = all.iter().filter_map(Route::screen).collect();
    let pages = ScreenId::ALL.iter().filter(|screen| !screen.number().starts_with('Z'));
    for screen in pages {
        assert!(shown.contains(screen), "{} has no page", screen.number());
    }
}

#[test]
fn what_is_no_page_is_none() {
    for address in [
        "/history/x",
        "/help/questions/nothing",
        "/help/manual/x",
        "/staff/x/y/z",
        "/administrators/abc",
        "/administrators/new/check",
        "/index.html",
        "/office/x",
        "/people/batch/x",
        "/account/confirm?next=/office",
    ] {
        assert_eq!(Route::parse(address), None, "{address}");
    }
}
