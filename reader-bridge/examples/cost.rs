//! What reader-bridge costs: a whole 暗証番号 read through WebSocket and bridge against the same commands sent by a plain
//! PC/SC program, side by side in one run; then memory and processor time while nobody asks for anything.
//!
//! ```text
//! cost target/release/reader-bridge [rounds]
//! ```
//! Fails when a bar of the quality table is missed. Uses its own PC/SC service with a virtual card.

use std::{
    error::Error,
    ffi::CStr,
    fs,
    io::{BufRead, BufReader},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use getrandom::{SysRng, rand_core::UnwrapErr};
use pcsc::{Context, Disposition, MAX_BUFFER_SIZE, Protocols, Scope, ShareMode, Transaction};
use protocol::{
    bytes::Nonce,
    frame::{Message as Frame, RawReply, RequestFrame},
    label::Label,
    level::LEVELS,
    method::Call,
    request::{AcceptTerms, Authenticate, Hello, Register, SelectReader, SetPasscode, Unlock},
    secret::{Passcode, Password, Pin, Token},
};
use tokio_tungstenite::tungstenite::{self, Message, WebSocket, client::IntoClientRequest};
use virtual_card::{
    apdu_log::ApduLog,
    authority::{Algorithm, Authority},
    card::Card,
    insertion::Insertion,
    pcsc_service::{PcscService, SOCKET_VARIABLE},
    person::PEOPLE,
    preset::Preset,
};

const PORT: u16 = 27_900;
const READER: &CStr = c"Virtual PCD 00 00";
const ORIGIN: &str = "https://care.example.jp";
const PASSCODE: &str = "8642";
const PAUSE: Duration = Duration::from_millis(30);
const IDLE: Duration = Duration::from_secs(10);

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let bridge = arguments.next().ok_or("usage: cost target/release/reader-bridge [rounds]")?;
    let rounds: usize = arguments.next().map_or(Ok(300), |text| text.parse())?;
    // The PC/SC library takes the service's place from the environment, so the measuring is a process of its own.
    if std::env::var_os(SOCKET_VARIABLE).is_some_and(|_| std::env::var_os("COST_DIR").is_some()) {
        return measure(&bridge, rounds);
    }
    let dir = tempfile::tempdir()?;
    let mut service = PcscService::new(&dir.path().join("pcsc"), PORT)?;
    service.start()?;
    let _card = Insertion::insert(card(dir.path())?, PORT, ApduLog::default());
    thread::sleep(Duration::from_secs(1));
    let status = Command::new(std::env::current_exe()?)
        .args([bridge, rounds.to_string()])
        .env(SOCKET_VARIABLE, service.socket())
        .env("COST_DIR", dir.path())
        .status()?;
    if status.success() { Ok(()) } else { Err("a bar was missed".into()) }
}

fn card(dir: &Path) -> Outcome<Card> {
    #[expect(clippy::disallowed_methods, reason = "the bridge compares with the machine's clock")]
    let now = time::OffsetDateTime::now_utc();
    let mut rng = UnwrapErr(SysRng);
    let authority = Authority::open(&dir.join("ca"), now, &mut rng)?;
    Card::new(&authority, &PEOPLE[0], Algorithm::Rsa, Preset::Normal, now, &mut rng)
}

fn measure(bridge: &str, rounds: usize) -> Outcome<()> {
    let dir = std::env::var("COST_DIR")?;
    let bridge = Bridge::start(bridge, Path::new(&dir))?;
    let mut page = Page::open(bridge.port)?;
    let context = Context::establish(Scope::User)?;
    let (mut through_bridge, mut plain) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        // The pause keeps within what the bridge takes from one page, and is the same for both.
        thread::sleep(PAUSE);
        through_bridge.push(timed(|| page.authenticate())?);
        thread::sleep(PAUSE);
        plain.push(timed(|| read_plainly(&context))?);
    }
    for _ in 0..5 {
        page.call(Unlock { passcode: Passcode::parse(PASSCODE)? })?;
    }
    let (through_bridge, plain) = (median(through_bridge), median(plain));
    let ratio = through_bridge.as_secs_f64() / plain.as_secs_f64();
    println!("PIN-mode read, median of {rounds}: plain pcsc {plain:.2?}, WebSocket and bridge {through_bridge:.2?}");
    println!("ratio {ratio:.3} (bar 1.2)");
    let before = bridge.ticks()?;
    thread::sleep(IDLE);
    let ticks = bridge.ticks()? - before;
    println!("idle for {IDLE:?}: {ticks} clock ticks of processor time (bar 0)");
    let memory = bridge.memory()?;
    println!("resident memory {:.1} MB (bar 10)", memory / 1_000.0);
    if ratio <= 1.2 && ticks == 0 && memory < 10_000.0 { Ok(()) } else { Err("a bar was missed".into()) }
}

fn timed(work: impl FnOnce() -> Outcome<()>) -> Outcome<Duration> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The same commands as the bridge sends, and the same care for the card.
fn read_plainly(context: &Context) -> Outcome<()> {
    let mut card = context.connect(READER, ShareMode::Shared, Protocols::ANY)?;
    let transaction = card.transaction()?;
    send(&transaction, &[0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01])?;
    send(&transaction, &[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x0A])?;
    let mut file = send(&transaction, &[0x00, 0xB0, 0x00, 0x00, 0x00])?;
    let length = usize::from(u16::from_be_bytes([file[2], file[3]])) + 4;
    while file.len() < length {
        let [high, low] = u16::try_from(file.len())?.to_be_bytes();
        file.extend(send(&transaction, &[0x00, 0xB0, high, low, 0x00])?);
    }
    send(&transaction, &[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x18])?;
    send(&transaction, &[0x00, 0x20, 0x00, 0x80])?;
    send(&transaction, &[&[0x00, 0x20, 0x00, 0x80, 0x04], PEOPLE[0].pin.as_bytes()].concat())?;
    send(&transaction, &[0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x17])?;
    send(&transaction, &[&[0x80, 0x2A, 0x00, 0x80, 51][..], &[7; 51], &[0]].concat())?;
    transaction.end(Disposition::ResetCard).map_err(|(_, error)| error)?;
    card.disconnect(Disposition::LeaveCard).map_err(|(_, error)| error)?;
    Ok(())
}

fn send(transaction: &Transaction<'_>, command: &[u8]) -> Outcome<Vec<u8>> {
    let mut buffer = [0; MAX_BUFFER_SIZE];
    let answer = transaction.transmit(command, &mut buffer)?;
    let (data, status) = answer.split_last_chunk::<2>().ok_or("no status")?;
    // 63C3: the tries left.
    if matches!(status, [0x90, 0x00] | [0x63, 0xC3]) { Ok(data.to_vec()) } else { Err(format!("{status:02X?}").into()) }
}

struct Bridge {
    process: Child,
    port: u16,
    _output: BufReader<ChildStdout>,
}

impl Bridge {
    fn start(program: &str, dir: &Path) -> Outcome<Self> {
        let mut process = Command::new(program)
            .args(["run", "--port", "0", "--allow-origin", ORIGIN, "--dir"])
            .arg(dir.join("config"))
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().ok_or("no output")?);
        output.read_line(&mut line)?;
        let port = line.trim_end().trim_end_matches('/').rsplit(':').next().ok_or("no port")?.parse()?;
        Ok(Self { process, port, _output: output })
    }

    /// Processor time so far, in the kernel's ticks of 10 ms.
    fn ticks(&self) -> Outcome<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let fields: Vec<&str> = stat.rsplit(") ").next().ok_or("stat")?.split(' ').collect();
        Ok(fields[11].parse::<u64>()? + fields[12].parse::<u64>()?)
    }

    /// Resident memory, KiB.
    fn memory(&self) -> Outcome<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? * 1.024)
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Page {
    socket: WebSocket<TcpStream>,
    token: Option<Token>,
    next_id: u64,
}

impl Page {
    /// Connected, set up and unlocked.
    fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        let mut request = format!("ws://127.0.0.1:{port}/").into_client_request()?;
        request.headers_mut().insert("origin", ORIGIN.parse()?);
        let (socket, _) = tungstenite::client(request, stream).map_err(|error| error.to_string())?;
        let mut page = Self { socket, token: None, next_id: 1 };
        page.call(Hello { levels: LEVELS })?;
        page.call(AcceptTerms { edition: 1 })?;
        let password = Password::parse("Secret-Password-1")?;
        page.call(Register { user_id: Label::parse("K1234567")?, password })?;
        let unlocked = page.call(SetPasscode { current: None, new: Passcode::parse(PASSCODE)? })?;
        page.token = Some(unlocked.token);
        page.call(SelectReader { reader: Label::parse(READER.to_str()?)? })?;
        Ok(page)
    }

    fn authenticate(&mut self) -> Outcome<()> {
        let pin = Pin::parse(PEOPLE[0].pin)?;
        self.call(Authenticate { nonce: Nonce([7; 32]), pin, confirm_last_try: false })?;
        Ok(())
    }

    fn call<C: Call>(&mut self, call: C) -> Outcome<C::Result> {
        let frame = RequestFrame { id: self.next_id, token: self.token.clone(), request: call.into() };
        self.next_id += 1;
        self.socket.send(Message::text(frame.encode().as_str()))?;
        let answer = self.answer(frame.id)?;
        answer.read::<C>().map_err(|_| "not the call's result".into())
    }

    fn answer(&mut self, of: u64) -> Outcome<RawReply> {
        loop {
            let message = self.socket.read()?;
            match Frame::decode(message.to_text()?) {
                Ok(Frame::Answer(Some(id), outcome)) if id == of => return Ok(outcome?),
                Ok(_) => {}
                Err(_) => return Err("not understood".into()),
            }
        }
    }
}
