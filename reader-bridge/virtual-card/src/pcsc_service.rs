//! A PC/SC service of one's own: pcscd with virtual readers, apart from the machine's.
//!
//! pcscd takes its listening socket as file descriptor 3 from whoever starts it; clients find it by the variable
//! `PCSCLITE_CSOCK_NAME`. Each service has its own folder, socket and ports, so that tests can run beside each other.
//! The driver makes two readers of one entry: `Virtual PCD 00 00` on its port, `Virtual PCD 00 01` on the next.

use std::{
    fs, io,
    os::{
        fd::OwnedFd,
        unix::{net::UnixListener, process::CommandExt},
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use command_fds::{CommandFdExt, FdMapping};

/// The driver that Debian's vsmartcard-vpcd installs.
const DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";

/// Where clients look for the socket's path.
pub const SOCKET_VARIABLE: &str = "PCSCLITE_CSOCK_NAME";

/// A folder with the service's configuration, and the service while it runs.
#[derive(Debug)]
pub struct PcscService {
    dir: PathBuf,
    port: u16,
    child: Option<Child>,
}

impl PcscService {
    /// Two readers, on `port` and the one after it. Not started yet.
    pub fn new(dir: &Path, port: u16) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        Ok(Self { dir: fs::canonicalize(dir)?, port, child: None })
    }

    /// For [`SOCKET_VARIABLE`].
    pub fn socket(&self) -> PathBuf {
        self.dir.join("pcscd.sock")
    }

    /// Starts pcscd with both readers.
    pub fn start(&mut self) -> io::Result<()> {
        self.spawn(&self.readers())
    }

    /// Starts pcscd as on a computer whose readers are unplugged.
    pub fn start_without_readers(&mut self) -> io::Result<()> {
        self.spawn("")
    }

    fn spawn(&mut self, readers: &str) -> io::Result<()> {
        self.child = Some(self.command(readers)?.stdin(Stdio::null()).spawn()?);
        Ok(())
    }

    /// Stops pcscd and takes its socket away, as an operating system does with a stopped service.
    pub fn stop(&mut self) -> io::Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        let _ = fs::remove_file(self.socket());
        // SIGTERM, so that pcscd lets go of its driver; the standard library only knows SIGKILL.
        Command::new("kill").arg(child.id().to_string()).status()?;
        child.wait()?;
        Ok(())
    }

    /// Becomes pcscd, with both readers or with none; returns only when that fails.
    pub fn exec(&self, with_readers: bool) -> io::Error {
        let readers = if with_readers { self.readers() } else { String::new() };
        match self.command(&readers) {
            Ok(mut command) => command.exec(),
            Err(error) => error,
        }
    }

    fn command(&self, readers: &str) -> io::Result<Command> {
        let configuration = self.dir.join("readers");
        fs::create_dir_all(&configuration)?;
        fs::write(configuration.join("virtual"), readers)?;
        let _ = fs::remove_file(self.socket());
        let listener = OwnedFd::from(UnixListener::bind(self.socket())?);
        // pcscd compares LISTEN_PID with its own process, which only the process itself knows.
        let mut command = Command::new("sh");
        command
            .args(["-c", "LISTEN_PID=$$ exec /usr/sbin/pcscd --foreground --config \"$0\""])
            .arg(configuration)
            .env("LISTEN_FDS", "1")
            .stdout(Stdio::null())
            .stderr(fs::File::create(self.dir.join("pcscd.log"))?)
            .fd_mappings(vec![FdMapping { parent_fd: listener, child_fd: 3 }])
            .map_err(io::Error::other)?;
        Ok(command)
    }

    fn readers(&self) -> String {
        let port = self.port;
        format!(
            "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:{port:#06X}\nLIBPATH {DRIVER}\nCHANNELID {port:#06X}\n"
        )
    }
}

impl Drop for PcscService {
    fn drop(&mut self) {
        let _ = self.stop();
    }
}
