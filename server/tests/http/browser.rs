//! What a browser does: keeps cookies, shows a certificate, says where a form was posted from, follows redirects.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
};
use http::{HeaderMap, Method, Request, StatusCode, header};
use rustls::pki_types::CertificateDer;
use server::http::tls::PeerChain;
use tower::ServiceExt;

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Path and query that it answers.
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Page {
    /// The screen number that it shows.
    pub(crate) fn screen(&self) -> &str {
        self.between("data-screen=\"", "\"").unwrap_or_else(|| panic!("no screen: {} {}", self.status, self.body))
    }

    /// The first text between two others.
    pub(crate) fn between(&self, before: &str, after: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(before)?;
        Some(rest.split_once(after)?.0)
    }

    /// The hidden inputs of the page's forms, in document order.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        let value = |input: &str, name: &str| {
            let start = format!(" {name}=\"");
            input
                .split_once(start.as_str())
                .and_then(|(_, rest)| rest.split_once('"'))
                .map(|(value, _)| value.to_owned())
        };
        let inputs = self.body.split("<input ").skip(1).filter_map(|rest| rest.split_once('>'));
        let inputs = inputs.map(|(input, _)| format!(" {input}")).filter(|input| input.contains(" type=\"hidden\""));
        inputs.map(|input| (value(&input, "name").unwrap(), value(&input, "value").unwrap_or_default())).collect()
    }

    /// One header, empty when it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// What a redirect leads to.
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    /// The `Set-Cookie` lines.
    pub(crate) fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }
}

/// One browser at one door. A clone is another window with the same cookies as of now.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    origin: String,
    chain: PeerChain,
    address: IpAddr,
    pub(crate) cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(crate) fn new(router: Router, origin: &str, chain: Vec<CertificateDer<'static>>) -> Self {
        Self {
            router,
            origin: origin.to_owned(),
            chain: PeerChain(Arc::from(chain)),
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            cookies: BTreeMap::new(),
        }
    }

    /// The same browser at another server on the same database.
    pub(crate) fn at(mut self, router: Router, origin: &str) -> Self {
        self.router = router;
        origin.clone_into(&mut self.origin);
        self
    }

    /// The same browser with another certificate chosen.
    pub(crate) fn with_chain(mut self, chain: Vec<CertificateDer<'static>>) -> Self {
        self.chain = PeerChain(Arc::from(chain));
        self
    }

    /// A request with this browser's cookies, certificate and address, and nothing else that a browser adds.
    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Page {
        let path = request.uri().to_string();
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        if let Some((_, host)) = self.origin.split_once("://")
            && !request.headers().contains_key(header::HOST)
        {
            request.headers_mut().insert(header::HOST, host.parse().unwrap());
        }
        request.extensions_mut().insert(self.chain.clone());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(self.address, 50_000)));
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8(bytes.to_vec()).unwrap();
        let page = Page { path, status: parts.status, headers: parts.headers, body };
        self.keep_cookies(&page);
        page
    }

    fn keep_cookies(&mut self, page: &Page) {
        for line in page.set_cookies() {
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// One page, redirects not followed.
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        let request = Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// A page as a person reaches it: redirects followed inside this door.
    pub(crate) async fn visit(&mut self, path: &str) -> Page {
        let mut path = path.to_owned();
        for _ in 0..10 {
            let page = self.get(&path).await;
            if !page.status.is_redirection() {
                return page;
            }
            page.location().clone_into(&mut path);
            assert!(path.starts_with('/'), "left the door for {path}");
        }
        panic!("{path} redirects for ever");
    }

    /// Posts the form of page `from` as a browser without JavaScript does. The answer is the redirect.
    pub(crate) async fn post_only(&mut self, from: &str, function: &str, fields: &[(&str, &str)]) -> Page {
        self.post_path(from, &format!("/api/{function}"), fields).await
    }

    /// The same to any path.
    pub(crate) async fn post_path(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = Request::post(path)
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::ORIGIN, &self.origin)
            .header(header::REFERER, format!("{}{from}", self.origin))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encoded(fields))).unwrap()).await
    }

    /// Posts a form with a file as a browser without JavaScript does. The answer is the redirect.
    pub(crate) async fn upload_only(
        &mut self,
        from: &str,
        function: &str,
        fields: &[(&str, &str)],
        file: (&str, &[u8]),
    ) -> Page {
        let request = Request::post(format!("/api/{function}"))
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::ORIGIN, &self.origin)
            .header(header::REFERER, format!("{}{from}", self.origin))
            .header(header::CONTENT_TYPE, MULTIPART);
        self.send(request.body(Body::from(multipart(fields, Some(file)))).unwrap()).await
    }

    /// Posts a form with a file and shows the page that it leads to.
    pub(crate) async fn upload(
        &mut self,
        from: &str,
        function: &str,
        fields: &[(&str, &str)],
        file: (&str, &[u8]),
    ) -> Page {
        let answer = self.upload_only(from, function, fields, file).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{function}: a form post ends in a redirect: {}", answer.body);
        self.visit(answer.location()).await
    }

    /// Posts a form and shows the page that it leads to.
    pub(crate) async fn post_form(&mut self, from: &str, function: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.post_only(from, function, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{function}: a form post ends in a redirect: {}", answer.body);
        self.visit(answer.location()).await
    }

    /// Opens a confirmation page and presses its button: posts what the page sends along, and what was typed.
    pub(crate) async fn confirm(&mut self, path: &str, function: &str, typed: &[(&str, &str)]) -> Page {
        let page = self.visit(path).await;
        self.press(&page, function, typed).await
    }

    /// Presses the button of a confirmation page that is open, be it up to date or not.
    pub(crate) async fn press(&mut self, page: &Page, function: &str, typed: &[(&str, &str)]) -> Page {
        let hidden = page.hidden();
        let fields = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(typed.iter().copied());
        self.post_form(&page.path, function, &fields.collect::<Vec<_>>()).await
    }

    /// Calls a server function as the script does.
    pub(crate) async fn call(&mut self, function: &str, fields: &[(&str, &str)]) -> Page {
        let mut request = self.script(&format!("/api/{function}"), Method::POST);
        let body = if UPLOADS.contains(&function) {
            request.headers_mut().unwrap().insert(header::CONTENT_TYPE, MULTIPART.parse().unwrap());
            multipart(fields, None)
        } else {
            encoded(fields).into_bytes()
        };
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// The head of a script's request.
    pub(crate) fn script(&self, path: &str, method: Method) -> http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT, "application/json")
            .header(header::ORIGIN, &self.origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    }
}

/// Server functions that take a file.
pub(crate) const UPLOADS: [&str; 2] = ["upload_members", "upload_batch"];

const MULTIPART: &str = "multipart/form-data; boundary=----edge";

fn multipart(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("------edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    if let Some((name, bytes)) = file {
        let head = "------edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"";
        body.extend(format!("{head}{name}\"\r\nContent-Type: text/csv\r\n\r\n").into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"------edge--\r\n");
    body
}

fn encoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
