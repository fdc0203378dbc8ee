//! The island: hands what happens to the [`Desk`] and carries out what it orders.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::{
    api::{confirm_reading, issue_challenge, person_of_reading, submit_reading},
    desk::{Desk, Input, Order},
    views::{self, Hand},
};
use crate::{
    browser::{self, SocketNews},
    routes::{ReaderStep, Route},
};

/// The screens of the companion.
#[island]
pub fn ReaderIsland(
    /// Where the page was opened.
    step: ReaderStep,
    /// reader-bridge's port.
    port: u16,
    /// The person may register terminals.
    registers: bool,
) -> impl IntoView {
    let desk = RwSignal::new(Desk::opened_at(step));
    let socket = StoredValue::new_local(None);
    let hand = Hand::new(move |input| act(desk, socket, port, input));
    Effect::new(move |_| browser::loopback_permission(move |permission| hand.give(Input::Permission(permission))));
    let screen = Memo::new(move |_| desk.with(Desk::screen));
    Effect::new(move |before: Option<ReaderStep>| {
        let now = screen.get();
        if before.is_some_and(|before| before != now) {
            let screen = now.screen();
            browser::show_screen(screen.number(), screen.title());
        }
        now
    });
    views::draw(desk, hand, registers)
}

/// One input and what it leads to.
fn act(desk: RwSignal<Desk>, socket: StoredValue<Option<browser::Socket>, LocalStorage>, port: u16, input: Input) {
    let orders = desk.try_update(|desk| desk.take(input)).unwrap_or_default();
    for order in orders {
        carry_out(desk, socket, port, order);
    }
}

fn carry_out(
    desk: RwSignal<Desk>,
    socket: StoredValue<Option<browser::Socket>, LocalStorage>,
    port: u16,
    order: Order,
) {
    let then = move |input| act(desk, socket, port, input);
    match order {
        Order::Connect(0) => socket.set_value(browser::connect(port, move |news| {
            then(match news {
                SocketNews::Opened => Input::Opened,
                SocketNews::Text(text) => Input::Frame(text),
                SocketNews::Closed => Input::Closed,
            });
        })),
        Order::Connect(seconds) => {
            set_timeout(move || then(Input::Reconnect), Duration::from_secs(seconds.into()));
        }
        Order::Hang => {
            socket.set_value(None);
            then(Input::Closed);
        }
        Order::Send(frame) => socket.with_value(|socket| {
            if let Some(socket) = socket {
                socket.send(&frame);
            }
        }),
        Order::Challenge(mode) => spawn_local(async move {
            then(Input::Challenge(issue_challenge(mode).await.map(|challenge| challenge.nonce)));
        }),
        Order::Submit(mode, nonce, reading) => spawn_local(async move {
            then(Input::Judged(submit_reading(mode, nonce, reading).await.map(|taken| taken.id)));
        }),
        Order::Confirm(id, same) => spawn_local(async move {
            then(Input::Confirmed(same, confirm_reading(id, same).await));
        }),
        Order::Use(id) => spawn_local(async move {
            match person_of_reading(id).await {
                Ok(found) => browser::leave(&Route::PersonFound(found).to_string()),
                Err(error) => then(Input::NotUsed(error)),
            }
        }),
    }
}
