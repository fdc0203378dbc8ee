//! Readers that do as a test says. For unit tests only: what is shipped is proved against the real service.

use std::collections::VecDeque;

use protocol::failure::Failure;

use crate::reader::Channel;

/// A command and what comes of it.
type Line = (Vec<u8>, Result<Vec<u8>, Failure>);

/// A card whose answers are written down beforehand, command by command.
#[derive(Default)]
pub(crate) struct ScriptedCard {
    script: VecDeque<Line>,
    /// How often it was reset within the transaction.
    pub(crate) resets: usize,
    /// It is to be reset at the end.
    pub(crate) reset_afterwards: bool,
}

impl ScriptedCard {
    /// Expects the commands in this order; hexadecimal, blanks ignored.
    pub(crate) fn new(script: &[(&str, &str)]) -> Self {
        let script = script.iter().map(|(command, answer)| (bytes(command), Ok(bytes(answer)))).collect();
        Self { script, ..Self::default() }
    }

    /// Then expects `command` and fails.
    pub(crate) fn then_fails(mut self, command: &str, failure: Failure) -> Self {
        self.script.push_back((bytes(command), Err(failure)));
        self
    }

    /// Every command was sent.
    pub(crate) fn is_done(&self) -> bool {
        self.script.is_empty()
    }
}

impl Channel for ScriptedCard {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Failure> {
        let (expected, answer) = self.script.pop_front().expect("a command beyond the script");
        assert_eq!(command, expected, "got {command:02X?}");
        answer
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.resets += 1;
        Ok(())
    }

    fn reset_afterwards(&mut self) {
        self.reset_afterwards = true;
    }
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits: String = hexadecimal.split_whitespace().collect();
    let pair = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    (0..digits.len()).step_by(2).map(pair).collect()
}
