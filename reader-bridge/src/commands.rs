//! The commands that only look, or forget. What they print is for the person at the computer.

pub(crate) mod run;

use std::{error::Error, io::Write, path::Path};

use protocol::reply::Stage;
use reader_bridge::{
    logging,
    reader::{Picture, Readers, pcsc::PcscReaders},
    settings::{self, Lock, Settings, SettingsError},
};

type Outcome = Result<(), Box<dyn Error>>;

pub(crate) fn status(dir: &Path) -> Outcome {
    let settings = settings::load(dir)?;
    println!("reader-bridge {}", env!("CARGO_PKG_VERSION"));
    println!("起動: {}", if runs(dir)? { "起動しています" } else { "起動していません" });
    println!("初期設定: {}", stage(&settings));
    print_readers(&PcscReaders.watcher().next(None), &settings);
    println!("許可したサイト: {}", settings.origins.len());
    for origin in &settings.origins {
        println!("  {origin}");
    }
    println!("ログ: {}", logging::path(dir).display());
    Ok(())
}

fn runs(dir: &Path) -> Result<bool, SettingsError> {
    match dir.exists().then(|| Lock::take(dir)) {
        Some(Err(SettingsError::InUse)) => Ok(true),
        Some(Err(error)) => Err(error),
        Some(Ok(_)) | None => Ok(false),
    }
}

fn stage(settings: &Settings) -> &'static str {
    match settings.stage() {
        Stage::Terms => "利用規約への同意がまだです",
        Stage::Registration => "アカウント登録がまだです",
        Stage::Passcode => "パスコード登録がまだです",
        Stage::Locked | Stage::Ready => "完了しています",
    }
}

pub(crate) fn readers(dir: &Path) -> Outcome {
    print_readers(&PcscReaders.watcher().next(None), &settings::load(dir)?);
    Ok(())
}

fn print_readers(picture: &Picture, settings: &Settings) {
    if !picture.service_running {
        println!("カードリーダー: スマートカードサービスが動作していません");
        return;
    }
    println!("カードリーダー: {}台", picture.slots.len());
    for slot in &picture.slots {
        let chosen = if settings.reader.as_ref() == Some(&slot.name) { "*" } else { " " };
        println!("{chosen} {}（{}）", slot.name, if slot.card { "カードあり" } else { "カードなし" });
    }
}

pub(crate) fn device_id(dir: &Path) -> Outcome {
    let settings = settings::load(dir)?;
    let key = settings.terminal_key.ok_or("アカウント登録がまだのため、端末固有IDはありません")?;
    println!("{}", key.terminal().id);
    Ok(())
}

pub(crate) fn reset(dir: &Path, yes: bool) -> Outcome {
    let lock = Lock::take(dir)?;
    if !yes {
        print!("端末固有ID、パスコード、許可したサイトを含むすべての設定を消去します。よろしいですか？ [y/N] ");
        std::io::stdout().flush()?;
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        if !line.trim().eq_ignore_ascii_case("y") {
            return Err("消去しませんでした".into());
        }
    }
    lock.erase()?;
    println!("消去しました");
    Ok(())
}
