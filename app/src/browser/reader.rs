//! The socket to reader-bridge, the browser's rule about it, and the photo of a card.

use gloo::events::EventListener;
use hayro_jpeg2000::{DecodeSettings, DecoderContext, Image};
use leptos::task::spawn_local;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlElement, ImageData, MessageEvent, PermissionState,
    PermissionStatus, WebSocket,
};

use super::{
    SocketNews,
    dom::{document, element},
};
use crate::screens::m_reader::Permission;

/// A WebSocket. Dropping it closes it without a word.
pub struct Socket {
    socket: WebSocket,
    _listeners: Vec<EventListener>,
}

/// Connects to reader-bridge; `hear` gets everything that happens, a failure to connect as `Closed`.
pub fn connect(port: u16, hear: impl Fn(SocketNews) + Clone + 'static) -> Option<Socket> {
    // Fails only for an address that is none, or where the page's policy forbids it.
    let Ok(socket) = WebSocket::new(&format!("ws://127.0.0.1:{port}/")) else {
        spawn_local(async move { hear(SocketNews::Closed) });
        return None;
    };
    let (opened, closed) = (hear.clone(), hear.clone());
    let listeners = vec![
        EventListener::new(&socket, "open", move |_| opened(SocketNews::Opened)),
        EventListener::new(&socket, "close", move |_| closed(SocketNews::Closed)),
        EventListener::new(&socket, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            hear(SocketNews::Text(data.unwrap_or_default()));
        }),
    ];
    Some(Socket { socket, _listeners: listeners })
}

impl Socket {
    /// Sends a frame.
    pub fn send(&self, text: &str) {
        // Fails only before the socket is open; what is sent then has no use after.
        let _ = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // The listeners go with it, so that nobody hears of this.
        let _ = self.socket.close();
    }
}

/// The names under which browsers know the rule, the newer first.
const RULES: [&str; 2] = ["loopback-network", "local-network-access"];

/// Asks the browser whether this page may reach programs on this computer. A page that comes from this computer is
/// never asked about, though browsers call that undecided as well.
pub fn loopback_permission(then: impl Fn(Permission) + 'static) {
    let host = web_sys::window().and_then(|window| window.location().hostname().ok()).unwrap_or_default();
    let own = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]");
    spawn_local(async move {
        let mut known = None;
        for rule in RULES {
            if known.is_none() {
                known = rule_state(rule).await;
            }
        }
        then(match known {
            Some(Permission::Prompt) if own => Permission::Granted,
            Some(state) => state,
            None => Permission::Granted,
        });
    });
}

/// `None`: this browser does not know the rule by this name.
async fn rule_state(name: &str) -> Option<Permission> {
    let permissions = web_sys::window()?.navigator().permissions().ok()?;
    let wanted = js_sys::Object::new();
    js_sys::Reflect::set(&wanted, &JsValue::from_str("name"), &JsValue::from_str(name)).ok()?;
    let answer = JsFuture::from(permissions.query(&wanted).ok()?).await.ok()?;
    Some(match answer.dyn_into::<PermissionStatus>().ok()?.state() {
        PermissionState::Denied => Permission::Denied,
        PermissionState::Prompt => Permission::Prompt,
        _ => Permission::Granted,
    })
}

/// Puts number and title of another screen into the frame, and the focus on its heading.
pub fn show_screen(number: &str, title: &str) {
    let Some(document) = document() else { return };
    let find = |selector: &str| document.query_selector(selector).ok().flatten();
    if let Some(page) = find("[data-screen]") {
        // Fails only for an attribute name that is not one.
        let _ = page.set_attribute("data-screen", number);
    }
    for (selector, text) in [(".footer__screen .code", number), (".main__title", title)] {
        if let Some(place) = find(selector) {
            place.set_text_content(Some(text));
        }
    }
    let product = document.title().rsplit(" | ").next().unwrap_or_default().to_owned();
    document.set_title(&format!("{title} | {product}"));
    super::focus("main");
}

/// What an input holds.
pub fn value(id: &str) -> String {
    element::<web_sys::HtmlInputElement>(id).map(|input| input.value()).unwrap_or_default()
}

/// Whether a check box is ticked.
pub fn is_ticked(id: &str) -> bool {
    element::<web_sys::HtmlInputElement>(id).is_some_and(|input| input.checked())
}

/// Draws a card's photo (JPEG 2000) onto `<canvas id=…>`, or says beside it that it cannot be shown.
pub fn draw_photo(id: &str, jpeg2000: &[u8]) {
    if draw(id, jpeg2000).is_none()
        && let Some(note) = element::<HtmlElement>(&format!("{id}-note"))
    {
        note.set_text_content(Some("写真を表示できません。券面の写真と見比べてください。"));
    }
}

fn draw(id: &str, jpeg2000: &[u8]) -> Option<()> {
    let image = Image::new(jpeg2000, &DecodeSettings::default()).ok()?;
    let (width, height) = (image.width(), image.height());
    let pixels = image.decode(&mut DecoderContext::default()).ok()?.data_u8();
    let count = usize::try_from(width).ok()?.checked_mul(usize::try_from(height).ok()?)?;
    let channels = pixels.len() / count.max(1);
    let rgba: Vec<u8> = match channels {
        1 => pixels.iter().flat_map(|grey| [*grey, *grey, *grey, 255]).collect(),
        3 => pixels.chunks_exact(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255]).collect(),
        _ => return None,
    };
    let canvas: HtmlCanvasElement = element::<Element>(id)?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let data = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&rgba), width, height).ok()?;
    context.put_image_data(&data, 0.0, 0.0).ok()
}
