//! C: the menus after signing in.

mod c01_office;

pub use c01_office::C01OfficeMenu;
