//! A test stand: PC/SC service with two readers, reader-bridge, cards, and another program at the same card.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU16, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use getrandom::{SysRng, rand_core::UnwrapErr};
use tempfile::TempDir;
use virtual_card::{
    apdu_log::ApduLog,
    authority::{Algorithm, Authority},
    card::Card,
    insertion::Insertion,
    pcsc_service::{PcscService, SOCKET_VARIABLE},
    person::{PEOPLE, Person},
    preset::Preset,
};

use crate::page::Page;

/// The web app's, in these tests.
pub const ORIGIN: &str = "https://care.example.jp";
/// Names of the two readers.
pub const READERS: [&str; 2] = ["Virtual PCD 00 00", "Virtual PCD 00 01"];

/// All of it. Dropping it ends what it started.
pub struct Stand {
    pub dir: TempDir,
    pub service: PcscService,
    pub bridge: Bridge,
    pub pcsc_port: u16,
    arguments: Vec<String>,
}

/// A running reader-bridge.
pub struct Bridge {
    process: Child,
    pub port: u16,
    stdin: ChildStdin,
    printed: Arc<Mutex<Vec<u8>>>,
}

impl Stand {
    /// With `--allow-origin` for [`ORIGIN`].
    pub fn new() -> Self {
        Self::with(&["--allow-origin", ORIGIN])
    }

    /// With these arguments of `run`.
    pub fn with(arguments: &[&str]) -> Self {
        Self::start(arguments, true)
    }

    /// No reader is plugged in.
    pub fn without_readers() -> Self {
        Self::start(&["--allow-origin", ORIGIN], false)
    }

    /// Asks for consent, but what it prints is read by nobody.
    pub fn without_a_window() -> Self {
        let mut stand = Self::with(&[]);
        stand.bridge.end();
        let started = Bridge::spawn(&stand.config(), &stand.service, &stand.arguments);
        stand.bridge = Bridge::announced(started).0;
        stand
    }

    fn start(arguments: &[&str], readers: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let pcsc_port = two_ports();
        let mut service = PcscService::new(&dir.path().join("pcsc"), pcsc_port).unwrap();
        if readers { service.start() } else { service.start_without_readers() }.expect("pcscd is installed");
        wait_for_service(&service, if readers { 2 } else { 0 });
        let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let bridge = Bridge::start(&dir.path().join("config"), &service, &arguments);
        Self { dir, service, bridge, pcsc_port, arguments }
    }

    /// Where settings and log are.
    pub fn config(&self) -> PathBuf {
        self.dir.path().join("config")
    }

    /// What the cards saw.
    pub fn apdu_log(&self) -> String {
        fs::read_to_string(self.dir.path().join("apdu.log")).unwrap_or_default()
    }

    /// Ends reader-bridge and starts it again with the same settings.
    pub fn restart_bridge(&mut self) {
        self.bridge.end();
        self.bridge = Bridge::start(&self.config(), &self.service, &self.arguments);
    }

    /// Lays a card on reader 0 or 1.
    pub fn lay(&self, reader: u16, card: Card) -> Insertion {
        let log = ApduLog::append_to(&self.dir.path().join("apdu.log")).unwrap();
        Insertion::insert(card, self.pcsc_port + reader, log)
    }

    /// Lays the first person's card on the first reader and waits until it is noticed.
    pub fn lay_on_first(&self, page: &mut Page, preset: Preset) -> Insertion {
        let insertion = self.lay(0, card(&PEOPLE[0], Algorithm::Rsa, preset));
        page.wait_until(|view| view.readers.first().is_some_and(|reader| reader.card));
        insertion
    }

    /// A page that has said hello.
    pub fn page(&self) -> Page {
        Page::connect(self.bridge.port, ORIGIN)
    }

    /// A page with set-up done, unlocked, and the first reader chosen.
    pub fn ready_page(&self) -> Page {
        let mut page = self.page();
        page.set_up(READERS[0]);
        page
    }

    /// Another program at the card; see [`Rival`]. `share` is `SHARED` or `EXCLUSIVE`; `at_the_end`, `LEAVE` or `RESET`.
    pub fn rival(&self, share: &str, at_the_end: &str) -> Rival {
        Rival::start(&self.service, share, at_the_end)
    }

    /// Runs a command of reader-bridge to its end: whether it went well, and what it printed.
    pub fn command(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reader-bridge"));
        command.args(arguments).arg("--dir").arg(self.config()).env(SOCKET_VARIABLE, self.service.socket());
        let output = command.stdin(Stdio::null()).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    }
}

impl Bridge {
    fn start(config: &Path, service: &PcscService, arguments: &[String]) -> Self {
        let (bridge, output) = Self::announced(Self::spawn(config, service, arguments));
        let printed = Arc::clone(&bridge.printed);
        thread::spawn(move || output.bytes().map_while(Result::ok).for_each(|byte| printed.lock().unwrap().push(byte)));
        bridge
    }

    fn spawn(config: &Path, service: &PcscService, arguments: &[String]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_reader-bridge"))
            .args(["run", "--verbose", "--port", "0", "--dir"])
            .arg(config)
            .args(arguments)
            .env(SOCKET_VARIABLE, service.socket())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Waits for the line with the port; the rest of the output follows.
    fn announced(mut process: Child) -> (Self, BufReader<ChildStdout>) {
        let stdin = process.stdin.take().unwrap();
        let mut output = BufReader::with_capacity(1, process.stdout.take().unwrap());
        let mut first = String::new();
        output.read_line(&mut first).unwrap();
        let port = first.trim_end().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("no port in {first}"));
        (Self { process, port, stdin, printed: Arc::default() }, output)
    }

    /// Waits until the bridge asks about `origin`; an answer before the question does not count.
    pub fn wait_for_question(&self, origin: &str) {
        let started = Instant::now();
        let question = format!("{origin} がカードリーダーの使用を求めています");
        while !String::from_utf8_lossy(&self.printed.lock().unwrap()).contains(&question) {
            assert!(started.elapsed() < Duration::from_secs(20), "no question about {origin}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Types a line into the bridge's window.
    pub fn type_line(&mut self, line: &str) {
        writeln!(self.stdin, "{line}").unwrap();
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends it as a service manager does. Returns whether it went in good order.
    pub fn end(&mut self) -> bool {
        Command::new("kill").arg(self.process.id().to_string()).status().unwrap();
        self.process.wait().unwrap().success()
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        if thread::panicking() {
            let log = fs::read_to_string(self.config().join("reader-bridge.log")).unwrap_or_default();
            eprintln!("{log}\n{}", self.apdu_log());
        }
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Another program that holds the card on the first reader in a transaction, written in perl so that it shares nothing
/// with ours.
pub struct Rival {
    process: Child,
}

impl Rival {
    /// Returns once it has the card.
    fn start(service: &PcscService, share: &str, at_the_end: &str) -> Self {
        let mut process = Command::new("perl")
            .args([concat!(env!("CARGO_MANIFEST_DIR"), "/virtual-card/rival.pl"), READERS[0], share, at_the_end])
            .env(SOCKET_VARIABLE, service.socket())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "held\n", "perl's Chipcard::PCSC (libpcsc-perl) is installed");
        Self { process }
    }

    /// It lets the card go.
    pub fn let_go(mut self) {
        drop(self.process.stdin.take());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Rival {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A card of `person`.
pub fn card(person: &Person, algorithm: Algorithm, preset: Preset) -> Card {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ca");
    #[expect(clippy::disallowed_methods, reason = "the bridge under test compares with the machine's clock")]
    let now = time::OffsetDateTime::now_utc();
    let mut rng = UnwrapErr(SysRng);
    let authority = Authority::open(&dir, now, &mut rng).unwrap();
    Card::new(&authority, person, algorithm, preset, now, &mut rng).unwrap()
}

/// A port and the next one, below those that the system lends.
fn two_ports() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let own = u16::try_from(std::process::id() % 20).unwrap();
    28_000 + own * 200 + NEXT.fetch_add(2, Ordering::Relaxed)
}

fn wait_for_service(service: &PcscService, readers: usize) {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(10) {
        let output = Command::new("pcsc_scan").arg("-r").env(SOCKET_VARIABLE, service.socket()).output();
        let text = String::from_utf8(output.expect("pcsc-tools is installed").stdout).unwrap();
        if text.matches("Virtual PCD").count() == readers {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    let log = fs::read_to_string(service.socket().with_extension("log")).unwrap_or_default();
    panic!("pcscd does not show {readers} readers: is vsmartcard-vpcd installed? {log}");
}
