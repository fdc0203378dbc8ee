//! Starting and stopping: from a checked configuration to listeners that answer, and back to a quiet process.

use std::{
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use app::services::Door;
use axum_server::Handle;
use secrecy::ExposeSecret;
use tokio::{
    signal::unix::{SignalKind, signal},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use crate::{
    certificates::{ClientCaError, ClientCaStore},
    clock::Ambient,
    config::{Config, MailSecurity, PlatformChoice},
    delivery::{
        Outgoing, Pace, Senders, Worker,
        sms::{SmsSettings, SmsSettingsError, TwilioSender},
        smtp::{Security, SmtpSender, SmtpSettings, SmtpSettingsError},
        templates::{self, TemplateError, Templates},
    },
    http::{
        self, Demo, Site, SiteFiles, SiteFilesError,
        tls::{TlsDoor, TlsError, reload_on_hangup, serve_plain_on_loopback, serve_tls},
    },
    jobs,
    platform::{
        Platform,
        http::{HttpPlatform, HttpPlatformError, HttpPlatformSettings, Patience},
        registry::EmbeddedRegistry,
    },
    secret::Keys,
    services::{Core, Passwords, RelyingParty, RelyingPartyError, passwords::Cost},
    storage::{Db, StoreError},
};

/// Longest time for open requests to end at shutdown.
const DRAIN: Duration = Duration::from_secs(20);

/// Why the server did not start, or ended.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "see the messages")]
pub enum StartError {
    #[error("database: {0}")]
    Store(#[from] StoreError),
    #[error("CA files: {0}")]
    ClientCa(#[from] ClientCaError),
    #[error("TLS: {0}")]
    Tls(#[from] TlsError),
    #[error("browser files: {0}")]
    SiteFiles(#[from] SiteFilesError),
    #[error("message templates: {0}")]
    Templates(#[from] TemplateError),
    #[error("mail: {0}")]
    Mail(#[from] SmtpSettingsError),
    #[error("SMS: {0}")]
    Sms(#[from] SmsSettingsError),
    #[error("{0}")]
    Platform(#[from] HttpPlatformError),
    #[error("platform.ca_file: cannot read {}: {source}", path.display())]
    PlatformCa { path: PathBuf, source: std::io::Error },
    #[error("sign_in.origin: {0}")]
    RelyingParty(#[from] RelyingPartyError),
    #[error("argon2: {0}")]
    Argon2(argon2::Error),
    #[error("cannot listen on {address}: {source}")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// Opens the database and everything that services need; does not change the schema.
///
/// Errors: database away, templates or Argon2 parameters that cannot be used.
pub async fn open(config: &Config, ambient: &Ambient) -> Result<Core, StartError> {
    let db = Db::connect(config.database_url.expose_secret()).await?;
    let keys = Keys::from_master(config.master_key.expose_secret());
    let keys = match &config.previous_master_key {
        Some(previous) => keys.with_previous(previous.expose_secret()),
        None => keys,
    };
    let keys = Arc::new(keys);
    let card_ca = config
        .cards
        .as_ref()
        .map(|files| ClientCaStore::load(files.certificates.clone(), files.crls.clone(), ambient.now()).map(Arc::new));
    let site = templates::Site { support: config.support_phone.clone(), ..templates::Site::default() };
    let templates = Arc::new(Templates::load(site, config.templates_dir.as_deref())?);
    let argon2 = &config.argon2;
    let cost = Cost {
        memory_kib: argon2.memory_kib,
        iterations: argon2.iterations,
        lanes: argon2.lanes,
        concurrent: argon2.concurrent,
    };
    let sign_in_url = format!("{}{}", config.public.origin.as_str(), app::routes::Route::Top);
    Ok(Core {
        db,
        ambient: ambient.clone(),
        keys: Arc::clone(&keys),
        policy: config.limits,
        passwords: Passwords::new(cost, ambient).map_err(StartError::Argon2)?,
        outgoing: Outgoing::new(templates, keys, ambient.clone()),
        relying_party: RelyingParty::new(config.sign_in.origin.as_str(), &[])?,
        sign_in_url: sign_in_url.into(),
        sign_in_origin: config.sign_in.origin.as_str().into(),
        card_ca: card_ca.transpose()?,
    })
}

/// What a demo adds to a server.
pub struct DemoDoor {
    /// Its parts in the http layer.
    pub demo: Demo,
    /// Where the plain-HTTP door listens; loopback only.
    pub listen: SocketAddr,
}

/// Serves until SIGINT or SIGTERM, then lets open requests and messages end. `ready` is called when every listener is
/// open.
///
/// Errors: [`StartError`].
pub async fn serve(config: Config, core: Core, demo: Option<DemoDoor>, ready: impl FnOnce()) -> Result<(), StartError> {
    for warning in config.warnings() {
        tracing::warn!(config.warning = %warning, "check the configuration");
    }
    core.db.check_schema().await?;
    let now = core.ambient.now();
    let files = &config.client_ca;
    let client_ca = Arc::new(ClientCaStore::load(files.certificates.clone(), files.crls.clone(), now)?);
    let public_tls = Arc::new(TlsDoor::public(config.tls.clone())?);
    let sign_in_tls = Arc::new(TlsDoor::sign_in(config.tls.clone(), Arc::clone(&client_ca))?);
    let public = listen(config.public.listen)?;
    let sign_in = listen(config.sign_in.listen)?;
    let plain = demo.as_ref().map(|demo| listen(demo.listen)).transpose()?;
    let senders = senders(&config)?;
    let site = Arc::new(site(&config, core.clone(), Arc::clone(&client_ca), demo.map(|demo| demo.demo))?);

    let handle = Handle::new();
    let mut doors = JoinSet::new();
    if let Some(listener) = plain {
        let (router, handle) = (http::router(Arc::clone(&site), Door::Demo), handle.clone());
        doors.spawn(serve_plain_on_loopback(listener, router, handle));
    }
    for (listener, door, tls) in [(public, Door::Public, &public_tls), (sign_in, Door::SignIn, &sign_in_tls)] {
        let (router, handle, tls) = (http::router(Arc::clone(&site), door), handle.clone(), Arc::clone(tls));
        doors.spawn(async move { serve_tls(listener, router, &tls, handle).await });
    }
    let stop = CancellationToken::new();
    let worker = Worker::new(core.db.clone(), &core.outgoing, senders, Pace::default());
    let worker = tokio::spawn(worker.run(stop.clone()));
    let housekeeping = tokio::spawn(jobs::run(core.clone(), stop.clone()));
    let authorities = std::iter::once(client_ca).chain(core.card_ca.clone()).collect();
    let reload = tokio::spawn(reload_on_hangup(core.ambient.clone(), authorities, vec![public_tls, sign_in_tls]));
    ready();

    tokio::select! {
        () = asked_to_stop()? => tracing::info!("stopping: open requests may end"),
        Some(ended) = doors.join_next() => ended.map_err(std::io::Error::other)??,
    }
    handle.graceful_shutdown(Some(DRAIN));
    while let Some(ended) = doors.join_next().await {
        ended.map_err(std::io::Error::other)??;
    }
    stop.cancel();
    reload.abort();
    for task in [worker, housekeeping] {
        task.await.map_err(std::io::Error::other)?;
    }
    core.db.close().await;
    tracing::info!("stopped");
    Ok(())
}

fn site(config: &Config, core: Core, client_ca: Arc<ClientCaStore>, demo: Option<Demo>) -> Result<Site, StartError> {
    let (files, assets) = SiteFiles::open(&config.site_dir)?;
    Ok(Site {
        services: core.services_on(platform(config, &core)?),
        core,
        client_ca,
        assets,
        files,
        public_origin: config.public.origin.as_str().to_owned(),
        sign_in_origin: config.sign_in.origin.as_str().to_owned(),
        support_phone: config.support_phone.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        maintenance_file: config.maintenance_file.clone(),
        reader_port: config.reader_port,
        demo,
    })
}

fn platform(config: &Config, core: &Core) -> Result<Arc<dyn Platform>, StartError> {
    Ok(match remote_platform(config, &core.ambient)? {
        Some(remote) => Arc::new(remote),
        None => Arc::new(EmbeddedRegistry(core.clone())),
    })
}

/// The configured remote platform, not yet connected to; `None`: the embedded registry is used.
///
/// Errors: `Platform`, `PlatformCa`.
pub fn remote_platform(config: &Config, ambient: &Ambient) -> Result<Option<HttpPlatform>, StartError> {
    let PlatformChoice::Http(remote) = &config.platform else { return Ok(None) };
    let read =
        |path: &PathBuf| std::fs::read(path).map_err(|source| StartError::PlatformCa { path: path.clone(), source });
    let patience = Patience {
        connect: Duration::from_secs(remote.connect_timeout_seconds),
        attempt: Duration::from_secs(remote.attempt_timeout_seconds),
        total: Duration::from_secs(remote.timeout_seconds),
        max_bytes: remote.max_response_kib * 1_024,
        ..Patience::default()
    };
    let settings = HttpPlatformSettings {
        url: remote.url.clone(),
        token: remote.token.clone(),
        ca: remote.ca_file.as_ref().map(read).transpose()?,
        patience,
    };
    Ok(Some(HttpPlatform::new(settings, ambient.clone())?))
}

fn senders(config: &Config) -> Result<Senders, StartError> {
    let mail = &config.mail;
    let smtp = SmtpSender::new(SmtpSettings {
        host: mail.host.clone(),
        port: mail.port,
        security: match mail.security {
            MailSecurity::StartTls => Security::StartTls,
            MailSecurity::Tls => Security::Tls,
            MailSecurity::None => Security::None,
        },
        sign_in: mail.credentials.as_ref().map(|who| (who.username.clone(), who.password.clone())),
        from: mail.from.to_string(),
        extra_ca: None,
    })?;
    let gateway = config.sms.as_ref().map(|sms| {
        TwilioSender::new(SmsSettings {
            url: sms.url.to_string(),
            account: sms.account.clone(),
            token: sms.password.clone(),
            from: sms.from.clone(),
            extra_ca: None,
        })
    });
    let sms: Option<TwilioSender> = gateway.transpose()?;
    Ok(Senders { mail: Arc::new(smtp), sms: sms.map(|sms| Arc::new(sms) as _) })
}

fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    let open = || {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(listener)
    };
    open().map_err(|source| StartError::Listen { address, source })
}

/// Resolves at SIGINT (Ctrl-C) or SIGTERM.
fn asked_to_stop() -> Result<impl Future<Output = ()>, std::io::Error> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
