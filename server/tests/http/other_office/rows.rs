//! How each server function is tried on another office's objects.

/// How a server function may be tried. Placeholders stand for IDs: see [`super::Others`].
pub(super) struct Row {
    pub(super) function: &'static str,
    /// Nobody need be signed in.
    pub(super) open: bool,
    /// For 管理者 and perhaps 一般ユーザ, not for 事業所ユーザ: care information, terminals.
    pub(super) care: bool,
    /// Fields, one call each; empty when the function takes no object.
    pub(super) calls: &'static [&'static [(&'static str, &'static str)]],
}

pub(super) const MEMBERS: (&str, &str) = ("members", "administrators");

const fn without_object(function: &'static str, open: bool) -> Row {
    Row { function, open, care: false, calls: &[] }
}

const fn of_care(function: &'static str, calls: &'static [&'static [(&'static str, &'static str)]]) -> Row {
    Row { function, open: false, care: true, calls }
}

pub(super) const ROWS: &[Row] = &[
    // Signing in works on the sign-in of the browser's own cookie, see sign_in_limits.rs.
    without_object("start_office", true),
    without_object("start_member", true),
    without_object("confirm_security_code", true),
    without_object("sign_in_progress", true),
    without_object("send_code", true),
    without_object("resend_code", true),
    without_object("redeem_code", true),
    without_object("redeem_recovery_code", true),
    without_object("start_passkey_sign_in", true),
    without_object("sign_in_with_passkey", true),
    // Leave to set a password comes by a secret, see passwords.rs.
    without_object("forgot_password", true),
    without_object("password_leave_of", true),
    without_object("set_password", true),
    without_object("advise_password", false),
    without_object("change_password", false),
    // One's own account: everything is found by the session, see own_account.rs, passkeys.rs, authenticators.rs.
    without_object("account_overview", false),
    Row { function: "end_session", open: false, care: false, calls: &[&[("id", "{session}")], &[("id", "{new}")]] },
    without_object("end_other_sessions", false),
    without_object("confirm_password", false),
    without_object("start_passkey_confirmation", false),
    without_object("confirm_with_passkey", false),
    without_object("new_passkey_name", false),
    without_object("start_adding_passkey", false),
    without_object("add_passkey", false),
    Row { function: "passkey_to_remove", open: false, care: false, calls: &[&[("id", "{passkey}")]] },
    Row { function: "remove_passkey", open: false, care: false, calls: &[&[("id", "{passkey}")]] },
    without_object("authenticator_setup", false),
    without_object("register_authenticator", false),
    without_object("credentials_confirmed", false),
    without_object("remove_authenticator", false),
    without_object("renew_recovery_codes", false),
    without_object("sign_out", true),
    without_object("extend_session", false),
    without_object("current_news", true),
    without_object("office_set_up", false),
    of_care("list_terminals", &[]),
    of_care("register_terminal", &[]),
    of_care("terminal_detail", &[&[("id", "{terminal}")]]),
    of_care("test_terminal", &[&[("id", "{terminal}")]]),
    of_care("rename_terminal", &[&[("id", "{terminal}"), ("terminal_name", "x")]]),
    of_care("delete_terminal", &[&[("id", "{terminal}")]]),
    // A challenge is the session's own; a reading is, too, see readings.rs.
    of_care("issue_challenge", &[]),
    of_care("submit_reading", &[]),
    of_care("confirm_reading", &[&[("id", "{new}"), ("same", "true")]]),
    of_care("person_of_reading", &[&[("id", "{new}")]]),
    // The office is the session's; nothing in the query names another.
    without_object("audit_records", false),
    Row {
        function: "audit_record",
        open: false,
        care: false,
        calls: &[&[("records", "operations"), ("seq", "{record}")], &[("records", "viewings"), ("seq", "{record}")]],
    },
    without_object("list_members", false),
    Row {
        function: "member_detail",
        open: false,
        care: false,
        calls: &[
            &[MEMBERS, ("id", "{account}"), ("deleted", "false")],
            &[MEMBERS, ("id", "{account}"), ("deleted", "true")],
            &[MEMBERS, ("id", "{gone}"), ("deleted", "true")],
            &[MEMBERS, ("id", "{office_user}"), ("deleted", "false")],
            &[("members", "staff"), ("id", "{account}"), ("deleted", "false")],
        ],
    },
    Row {
        function: "member_draft",
        open: false,
        care: false,
        calls: &[
            &[MEMBERS, ("draft", "{draft}")],
            &[MEMBERS, ("draft", "{completed}")],
            &[MEMBERS, ("draft", "{edit}"), ("editing", "{account}")],
            &[MEMBERS, ("editing", "{account}")],
            &[MEMBERS, ("editing", "{gone}")],
            &[MEMBERS, ("draft", "{new}"), ("editing", "{account}")],
        ],
    },
    Row {
        function: "submit_member",
        open: false,
        care: false,
        calls: &[
            &[MEMBERS, ("draft", "{draft}"), ("form[login_id]", "Intruder01")],
            &[MEMBERS, ("draft", "{completed}"), ("form[login_id]", "Intruder01")],
            &[MEMBERS, ("draft", "{edit}"), ("editing", "{account}"), ("form[login_id]", "Intruder01")],
            &[MEMBERS, ("draft", "{new}"), ("editing", "{account}"), ("form[login_id]", "Intruder01")],
            &[MEMBERS, ("draft", "{new}"), ("editing", "{gone}"), ("form[login_id]", "Intruder01")],
        ],
    },
    Row {
        function: "register_member",
        open: false,
        care: false,
        calls: &[
            &[MEMBERS, ("draft", "{draft}")],
            &[MEMBERS, ("draft", "{completed}")],
            &[MEMBERS, ("draft", "{edit}")],
        ],
    },
    Row {
        function: "change_member",
        open: false,
        care: false,
        calls: &[
            &[MEMBERS, ("draft", "{draft}")],
            &[MEMBERS, ("draft", "{completed}")],
            &[MEMBERS, ("draft", "{edit}")],
        ],
    },
    Row {
        function: "delete_member",
        open: false,
        care: false,
        calls: &[
            &[MEMBERS, ("id", "{account}")],
            &[MEMBERS, ("id", "{gone}")],
            &[MEMBERS, ("id", "{office_user}")],
            &[("members", "staff"), ("id", "{account}")],
            &[MEMBERS, ("id", "{account}"), ("warned", "true")],
        ],
    },
    Row {
        function: "act_on_member",
        open: false,
        care: false,
        calls: &[
            &[MEMBERS, ("id", "{account}"), ("act", "lock"), ("seen", "1")],
            &[MEMBERS, ("id", "{account}"), ("act", "unlock"), ("seen", "1")],
            &[MEMBERS, ("id", "{account}"), ("act", "suspend"), ("seen", "1"), ("warned", "true")],
            &[MEMBERS, ("id", "{account}"), ("act", "resume"), ("seen", "1")],
            &[MEMBERS, ("id", "{account}"), ("act", "set-expiry"), ("seen", "1"), ("expires_on", "2025-12-31")],
            &[MEMBERS, ("id", "{account}"), ("act", "set-expiry"), ("seen", "1"), ("expires_on", "")],
            &[MEMBERS, ("id", "{account}"), ("act", "remove-expiry"), ("seen", "1")],
            &[MEMBERS, ("id", "{account}"), ("act", "reissue-password"), ("seen", "0")],
            &[MEMBERS, ("id", "{account}"), ("act", "end-sessions"), ("seen", "1")],
            &[MEMBERS, ("id", "{account}"), ("act", "restore"), ("seen", "1")],
            &[MEMBERS, ("id", "{gone}"), ("act", "restore"), ("seen", "2")],
            &[MEMBERS, ("id", "{gone}"), ("act", "lock"), ("seen", "2")],
            &[MEMBERS, ("id", "{office_user}"), ("act", "suspend"), ("seen", "1")],
            &[("members", "staff"), ("id", "{account}"), ("act", "suspend"), ("seen", "1")],
        ],
    },
    Row {
        function: "change_member_kind",
        open: false,
        care: false,
        calls: &[
            &[MEMBERS, ("id", "{account}"), ("version", "1")],
            &[MEMBERS, ("id", "{gone}"), ("version", "2")],
            &[MEMBERS, ("id", "{office_user}"), ("version", "1")],
            &[("members", "staff"), ("id", "{account}"), ("version", "0")],
        ],
    },
    // A file has no ID until it is sent.
    without_object("upload_members", false),
    Row {
        function: "member_import",
        open: false,
        care: false,
        calls: &[
            &[MEMBERS, ("import", "{import}"), ("page", "1"), ("faulty", "false")],
            &[MEMBERS, ("import", "{imported}"), ("page", "1"), ("faulty", "false")],
            &[("members", "staff"), ("import", "{import}"), ("page", "1"), ("faulty", "true")],
        ],
    },
    Row {
        function: "register_import",
        open: false,
        care: false,
        calls: &[
            &[MEMBERS, ("import", "{import}")],
            &[MEMBERS, ("import", "{imported}")],
            &[("members", "staff"), ("import", "{import}")],
        ],
    },
    Row {
        function: "check_login_id",
        open: false,
        care: false,
        // That an ID is taken may be known; whose it is may not.
        calls: &[
            &[MEMBERS, ("login_id", "Takashima01"), ("editing", "{account}")],
            &[MEMBERS, ("login_id", "FreeForAll01"), ("editing", "{account}")],
        ],
    },
    // The office is the session's.
    of_care("list_people", &[]),
    // Anybody may be looked up who can be named by four items; see care.rs.
    of_care("look_up_person", &[]),
    of_care("person_found", &[&[("found", "{match}")], &[("found", "{charge}")]]),
    of_care("take_charge", &[&[("found", "{match}")]]),
    of_care("charged_person", &[&[("id", "{charge}")], &[("id", "{ended}")]]),
    of_care(
        "view_care",
        &[
            &[("id", "{charge}"), ("show", "eligibility")],
            &[("id", "{charge}"), ("show", "certification")],
            &[("id", "{charge}"), ("show", "life")],
            &[("id", "{charge}"), ("show", "print")],
            &[("id", "{ended}"), ("show", "eligibility")],
        ],
    ),
    of_care("consents_of", &[&[("id", "{charge}")], &[("id", "{ended}")]]),
    of_care(
        "give_consent",
        &[&[("id", "{charge}"), ("form[items][0]", "life"), ("form[until]", "2025-12-31"), ("form[signer]", "person")]],
    ),
    of_care("withdraw_consent", &[&[("id", "{charge}"), ("item", "life")], &[("id", "{charge}")]]),
    of_care("end_charge", &[&[("id", "{charge}")], &[("id", "{ended}")]]),
    // A file has no ID until it is sent; lists are the account's own.
    of_care("upload_batch", &[]),
    of_care("recent_batches", &[]),
    of_care("batch_result", &[&[("list", "{batch}"), ("page", "1"), ("show", "all")]]),
    of_care("continue_batch", &[&[("list", "{batch}")]]),
    of_care("emergency_question_of", &[&[("id", "{charge}")], &[("id", "{ended}")]]),
    of_care(
        "open_emergency_of",
        &[
            &[("id", "{charge}"), ("emergency_reason", "避難先での介助のため")],
            &[("id", "{ended}"), ("emergency_reason", "避難先での介助のため")],
        ],
    ),
    without_object("list_emergency_uses", false),
    Row { function: "review_emergency_use", open: false, care: false, calls: &[&[("id", "{used}"), ("show", "all")]] },
];

/// What everybody may do, or members may, with their own account.
pub(super) const OWN: [&str; 21] = [
    "audit_records",
    "audit_record",
    "extend_session",
    "advise_password",
    "change_password",
    "account_overview",
    "end_session",
    "end_other_sessions",
    "confirm_password",
    "start_passkey_confirmation",
    "confirm_with_passkey",
    "new_passkey_name",
    "start_adding_passkey",
    "add_passkey",
    "passkey_to_remove",
    "remove_passkey",
    "authenticator_setup",
    "register_authenticator",
    "credentials_confirmed",
    "remove_authenticator",
    "renew_recovery_codes",
];
