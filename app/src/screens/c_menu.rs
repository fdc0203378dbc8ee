//! C: the menus after signing in.

mod c01_office;
mod c11_administrator;
mod c21_staff;
mod care;
mod certificate;

pub use c01_office::C01OfficeMenu;
pub use c11_administrator::C11AdministratorMenu;
pub use c21_staff::C21StaffMenu;
