//! Naming a browser and a place to people, so that they recognise their own.

use std::net::IpAddr;

/// A browser by what it says of itself: `Windows の Microsoft Edge`. Only a help for recognising one's own: a browser may
/// say anything.
pub fn device_name(user_agent: &str) -> String {
    let has = |mark: &str| user_agent.contains(mark);
    let first = |marks: &[(&str, &'static str)]| marks.iter().find(|(mark, _)| has(mark)).map(|(_, name)| *name);
    // Every browser claims to be those that came before it: the most special name is the true one.
    let browser = first(&[
        ("Edg", "Microsoft Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Google Chrome"),
        ("CriOS", "Google Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (system, browser) {
        (Some(system), Some(browser)) => format!("{system} の {browser}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "不明な端末".to_owned(),
    }
}

/// An address without its last part: enough to tell one's office from elsewhere. `203.0.113.*`, `2001:db8:1:*`.
pub fn short_address(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.*")
        }
        Ok(IpAddr::V6(address)) => {
            if let Some(inner) = address.to_ipv4_mapped() {
                return short_address(&inner.to_string());
            }
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:*")
        }
        Err(_) => "不明".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_by_its_own_name() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let cases = [
            ("(Windows NT 10.0; Win64; x64) %w Chrome/131.0.0.0 Safari/537.36", "Windows の Google Chrome"),
            ("(Windows NT 10.0; Win64; x64) %w Chrome/131.0.0.0 Safari/537.36 Edg/131.0", "Windows の Microsoft Edge"),
            ("(Macintosh; Intel Mac OS X 10_15_7) %w Version/18.0 Safari/605.1.15", "Mac の Safari"),
            ("(iPhone; CPU iPhone OS 18_0 like Mac OS X) %w Version/18.0 Mobile Safari/604.1", "iPhone の Safari"),
            ("(iPad; CPU OS 18_0 like Mac OS X) %w CriOS/131.0 Mobile Safari/604.1", "iPad の Google Chrome"),
            ("(Linux; Android 15; Pixel 9) %w Chrome/131.0.0.0 Mobile Safari/537.36", "Android の Google Chrome"),
            ("(X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Linux の Firefox"),
            ("(compatible)", "不明な端末"),
        ];
        for (user_agent, name) in cases {
            assert_eq!(device_name(&format!("Mozilla/5.0 {}", user_agent.replace("%w", webkit))), name);
        }
        assert_eq!(device_name(""), "不明な端末");
    }

    #[test]
    fn the_last_part_of_an_address_is_left_out() {
        assert_eq!(short_address("203.0.113.77"), "203.0.113.*");
        assert_eq!(short_address("2001:db8:1:2::3"), "2001:db8:1:*");
        assert_eq!(short_address("::ffff:203.0.113.77"), "203.0.113.*");
        assert_eq!(short_address("elsewhere"), "不明");
    }
}
