//! The window in which this program runs. It may be closed, or never have been there: then nobody reads and nobody answers,
//! and the program goes on.

use std::{
    io::{BufRead, Write},
    sync::Arc,
    thread,
};

use protocol::challenge::Origin;
use tokio::sync::{Mutex, mpsc};

use crate::consent::{Answer, Consent};

/// Writes `text` for whoever looks.
pub fn say(text: &str) {
    let mut output = std::io::stdout().lock();
    let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
}

/// Asks in the window in which this program runs.
pub struct Prompt {
    lines: Arc<Mutex<mpsc::Receiver<String>>>,
}

impl Prompt {
    /// Reads standard input from here on, on a thread of its own. Where there is none, every answer is no.
    pub fn on_standard_input() -> Self {
        let (send, lines) = mpsc::channel(8);
        thread::spawn(move || {
            for line in std::io::stdin().lock().lines().map_while(Result::ok) {
                if send.blocking_send(line).is_err() {
                    return;
                }
            }
        });
        Self { lines: Arc::new(Mutex::new(lines)) }
    }
}

impl Consent for Prompt {
    fn ask(&self, origin: &Origin) -> Answer {
        let lines = Arc::clone(&self.lines);
        let question = format!("{origin} がカードリーダーの使用を求めています。許可しますか？ [y/N] ");
        Box::pin(async move {
            // One question at a time: a second site must not get the answer meant for the first.
            let Ok(mut lines) = lines.try_lock() else { return false };
            while lines.try_recv().is_ok() {}
            say(&question);
            let mut retracted = Retracted { armed: true };
            let answer = lines.recv().await;
            retracted.armed = false;
            answer.is_some_and(|line| matches!(line.trim(), "y" | "Y" | "ｙ" | "はい"))
        })
    }
}

/// Says so when the page is gone, or time is up, before the person has answered.
struct Retracted {
    armed: bool,
}

impl Drop for Retracted {
    fn drop(&mut self) {
        if self.armed {
            say("（取り消されました）\n");
        }
    }
}
