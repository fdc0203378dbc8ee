//! C: the menus after signing in.

mod api;
mod c01_office;
mod c11_administrator;
mod c21_staff;
mod care;
mod certificate;
mod set_up;
mod staff_cards;

pub use api::{OfficeSetUp, office_set_up};
pub use c01_office::C01OfficeMenu;
pub use c11_administrator::C11AdministratorMenu;
pub use c21_staff::C21StaffMenu;
