//! Command line and wiring.

#![deny(clippy::unwrap_used)]

mod commands;

use std::{error::Error, path::PathBuf, process::ExitCode, time::Duration};

use clap::{Parser, Subcommand};
use protocol::challenge::Origin;
use reader_bridge::server::PORT;

/// マイナンバーカードをカードリーダーで読み取り、ブラウザの画面へ渡します。
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// 設定とログの保存先（既定はユーザごとの設定フォルダ）
    #[arg(long, global = true, env = "READER_BRIDGE_DIR")]
    dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// 起動します（コマンドを省略したときと同じです）
    Run(Run),
    /// 起動状況、初期設定、カードリーダーを表示します
    Status,
    /// カードリーダーの一覧を表示します
    Readers,
    /// 端末固有IDを表示します
    DeviceId,
    /// 初期設定をすべて消去します
    Reset {
        /// 確認せずに消去します
        #[arg(long)]
        yes: bool,
    },
}

#[derive(clap::Args)]
struct Run {
    /// 待ち受けるポート（このパソコンの中だけで待ち受けます）
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// 接続を許可するサイト。指定すると、それ以外のサイトは確認なしで拒否します（組織で管理する端末向け、複数指定可）
    #[arg(long, value_name = "https://…", value_parser = parse_origin)]
    allow_origin: Vec<Origin>,
    /// 他のソフトウェアがカードを使い終えるのを待つ秒数
    #[arg(long, default_value = "3", value_parser = seconds)]
    reader_wait: Duration,
    /// カードが置かれるのを待つ秒数
    #[arg(long, default_value = "60", value_parser = seconds)]
    card_wait: Duration,
    /// 読み取りの制限時間（秒）
    #[arg(long, default_value = "30", value_parser = seconds)]
    time_limit: Duration,
    /// ログを詳しくします
    #[arg(long)]
    verbose: bool,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            port: PORT,
            allow_origin: Vec::new(),
            reader_wait: Duration::from_secs(3),
            card_wait: Duration::from_mins(1),
            time_limit: Duration::from_secs(30),
            verbose: false,
        }
    }
}

fn parse_origin(text: &str) -> Result<Origin, &'static str> {
    text.parse().map_err(|_| "https://ホスト名 または http://ホスト名:ポート の形で指定してください")
}

fn seconds(text: &str) -> Result<Duration, String> {
    text.parse()
        .map_err(|_| "0以上の数を指定してください".to_owned())
        .and_then(|seconds: f64| Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string()))
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = folder(arguments.dir).and_then(|dir| match arguments.command {
        None => commands::run::run(&dir, Run::default()),
        Some(Command::Run(run)) => commands::run::run(&dir, run),
        Some(Command::Status) => commands::status(&dir),
        Some(Command::Readers) => commands::readers(&dir),
        Some(Command::DeviceId) => commands::device_id(&dir),
        Some(Command::Reset { yes }) => commands::reset(&dir, yes),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("reader-bridge: {error}");
            ExitCode::FAILURE
        }
    }
}

/// `~/.config/reader-bridge` on Linux, `%APPDATA%\reader-bridge` on Windows.
fn folder(given: Option<PathBuf>) -> Result<PathBuf, Box<dyn Error>> {
    let own = || dirs::config_dir().map(|folder| folder.join("reader-bridge"));
    given.or_else(own).ok_or_else(|| "設定フォルダが見つかりません。--dir で指定してください".into())
}
