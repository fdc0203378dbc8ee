/** The page on which a person reads what arrived. No script: everything is escaped text. */

/** @typedef {import('./store.js').Message} Message */

/** Seconds between reloads. */
const REFRESH = 4;
/** The page shows the newest; the JSON has all that are kept. */
const SHOWN = 100;

export const PAGE_STYLE = `
:root { color-scheme: light dark; --text: #1a1a1c; --muted: #5c5c66; --surface: #fff; --ground: #f4f4f6; --line: #d0d0d8;
  --mail: #0017c1; --sms: #115a36; }
@media (prefers-color-scheme: dark) {
  :root { --text: #f0f0f2; --muted: #b0b0ba; --surface: #202024; --ground: #141416; --line: #44444c; --mail: #9db7f9; --sms: #9bd4b5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.7 "BIZ UDPGothic", "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic UI", Meiryo, sans-serif; }
main, header { max-width: 720px; margin: 0 auto; padding: 0 16px; }
header { padding-top: 24px; }
h1 { font-size: 24px; margin: 0; }
header p { margin: 4px 0 24px; color: var(--muted); font-size: 14px; }
a { color: var(--mail); }
article { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 16px 20px; margin: 0 0 16px; }
h2 { font-size: 18px; margin: 0 0 8px; overflow-wrap: anywhere; }
.kind { display: inline-block; border: 1px solid currentcolor; border-radius: 4px; padding: 0 8px; margin-right: 8px;
  font-size: 14px; font-weight: 400; white-space: nowrap; }
.mail .kind { color: var(--mail); }
.sms .kind { color: var(--sms); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 12px; margin: 0; font-size: 14px; color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; border-top: 1px solid var(--line); margin: 12px 0 0; padding-top: 12px; }
.code { font-size: 24px; letter-spacing: 0.1em; font-variant-numeric: tabular-nums slashed-zero; user-select: all; }
`;

/**
 * @param {import('./store.js').Store} store
 * @param {boolean} refresh  whether the page reloads itself
 */
export function page(store, refresh) {
  const all = [
    ...store.mails.map((message) => ({ kind: 'mail', message })),
    ...store.shortMessages.map((message) => ({ kind: 'sms', message })),
  ].sort((a, b) => b.message.time.localeCompare(a.message.time));
  const list = all.slice(0, SHOWN).map(({ kind, message }) => article(kind, message)).join('\n');
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh ? `<meta http-equiv="refresh" content="${REFRESH}">` : ''}
<title>(${all.length}件) デモ用メールボックス</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header>
<h1>デモ用メールボックス</h1>
<p>このデモが送信したメールとSMSは、実際の宛先ではなく、すべてここに届きます(新しい順)。<br>
${refresh ? `${REFRESH}秒ごとに自動更新しています。<a href="/?refresh=off">自動更新を止める</a>` : '自動更新は止まっています。<a href="/">自動更新する</a>'}</p>
</header>
<main>
${list || '<article><p>まだ何も届いていません。</p></article>'}
</main>
</body>
</html>
`;
}

/**
 * @param {string} kind
 * @param {Message} message
 */
function article(kind, { to, from, subject, text, time }) {
  const label = kind === 'mail' ? 'メール' : 'SMS';
  return `<article class="${kind}">
<h2><span class="kind">${label}</span>${escape(subject || to)}</h2>
<dl>
<dt>宛先</dt><dd>${escape(to)}</dd>
<dt>差出人</dt><dd>${escape(from)}</dd>
<dt>受信日時</dt><dd><time datetime="${escape(time)}">${escape(japaneseTime(time))}</time></dd>
</dl>
<pre>${withLargeCode(escape(text.trim()))}</pre>
</article>`;
}

/**
 * A one-time code on a line of its own is what people come here for.
 *
 * @param {string} escaped
 */
function withLargeCode(escaped) {
  return escaped.replace(/^\d{6}$/gm, '<strong class="code">$&</strong>');
}

/** @param {string} time */
function japaneseTime(time) {
  return new Intl.DateTimeFormat('ja-JP', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Asia/Tokyo' }).format(
    new Date(time),
  );
}

/** @param {string} text */
function escape(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
