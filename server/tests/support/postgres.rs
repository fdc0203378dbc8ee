//! A PostgreSQL server that lives exactly as long as this test process.

use std::{
    env, fs,
    net::TcpListener,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Mutex, OnceLock},
    time::Duration,
};

use sqlx::{Connection, PgConnection};

/// `$1`: directory of PostgreSQL's programs; `$2`: a directory to work in; `$3`: port.
///
/// Its standard input is a pipe from this test process. However the process ends (done, panicked, killed), the pipe
/// is then closed, `cat` returns, and the server is stopped and its files removed. No destructor could promise that.
const KEEPER: &str = r#"
exec 3<&0
"$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$2/log" 2>&1 || {
    cat "$2/log" >&2
    exit 1
}
"$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300 \
    >>"$2/log" 2>&1 </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -INT "$server"; } 2>/dev/null &
wait "$server" || cat "$2/log" >&2
rm -rf "$2"
"#;

/// How long initdb and the start may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_millis(50);

struct Server {
    url: String,
    keeper: Mutex<Child>,
    /// Held until this process ends.
    _lifeline: ChildStdin,
}

static SERVER: OnceLock<Server> = OnceLock::new();

/// The server's URL without a database; starts it when it is first asked for.
pub(super) async fn server_url() -> String {
    if let Ok(url) = env::var("TEST_POSTGRES_URL") {
        return url.trim_end_matches('/').to_owned();
    }
    let server = SERVER.get_or_init(start);
    let mut last_error = None;
    for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
        match PgConnection::connect(&format!("{}/postgres", server.url)).await {
            Ok(_) => return server.url.clone(),
            Err(error) => last_error = Some(error),
        }
        let ended = server.keeper.lock().unwrap().try_wait().unwrap();
        assert!(ended.is_none(), "PostgreSQL did not start; its log stands above");
        tokio::time::sleep(PAUSE).await;
    }
    panic!("PostgreSQL did not answer within {PATIENCE:?}: {last_error:?}");
}

fn start() -> Server {
    let programs = programs();
    let directory = tempfile::Builder::new().prefix("test-postgres-").tempdir().unwrap();
    let root = fs::metadata(directory.path()).unwrap().uid() == 0;
    let port = free_port().to_string();
    let mut command = if root { as_postgres(directory.path()) } else { Command::new("sh") };
    command.arg("-c").arg(KEEPER).arg("sh").arg(&programs).arg(directory.path()).arg(&port);
    // A group of its own: Ctrl-C ends the tests, and that ends the server in an orderly way.
    command.current_dir(directory.path()).stdin(Stdio::piped()).stdout(Stdio::null()).process_group(0);
    let mut keeper = command.spawn().unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
    let lifeline = keeper.stdin.take().unwrap();
    // From here on the keeper removes it.
    let _ = directory.keep();
    Server { url: format!("postgres://postgres@127.0.0.1:{port}"), keeper: Mutex::new(keeper), _lifeline: lifeline }
}

/// PostgreSQL refuses to run as root, so root gives the directory and the command to the user `postgres`.
fn as_postgres(directory: &Path) -> Command {
    let given = Command::new("chown").arg("postgres").arg(directory).status();
    assert!(given.is_ok_and(|status| status.success()), "root needs a user named postgres to run PostgreSQL as");
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "sh"]);
    command
}

/// Where `initdb` and `postgres` are: in PATH, or where Debian keeps them (the newest version).
fn programs() -> PathBuf {
    let in_path = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect::<Vec<_>>();
    let mut debian: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    debian.sort();
    debian.reverse();
    let complete = |directory: &PathBuf| ["initdb", "postgres"].iter().all(|name| directory.join(name).is_file());
    in_path.into_iter().chain(debian).find(complete).unwrap_or_else(|| {
        panic!(
            "PostgreSQL's initdb and postgres are neither in PATH nor in /usr/lib/postgresql/*/bin: \
             install PostgreSQL, or set TEST_POSTGRES_URL"
        )
    })
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
