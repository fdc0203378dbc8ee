//! J: the terminals that read cards for the office, and their accounts at the platform.

mod api;
mod j01_list;
mod j02_new;
mod j03_terminal;
mod j04_delete;
mod verdict;

pub use api::{
    DeleteTerminal, RegisterTerminal, RenameTerminal, TestTerminal, delete_terminal, list_terminals, register_terminal,
    rename_terminal, terminal_detail, test_terminal,
};
pub use j01_list::J01Terminals;
pub use j02_new::J02New;
pub use j03_terminal::J03Terminal;
pub use j04_delete::J04Delete;
