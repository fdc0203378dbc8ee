/**
 * The demo's and the tests' mailbox: what the service sends arrives here instead of at a person.
 *
 * A real SMTP server and a real SMS gateway (Twilio's form POST), on this machine only:
 *
 *     node end2end/mailbox --smtp 2525 --http 8025
 *
 *   SMTP          smtp://127.0.0.1:2525           no sign-in, no TLS unless --tls-cert/--tls-key (and --implicit-tls)
 *   SMS           http://127.0.0.1:8025           account ACdemo, token demo-token (--sms-account, --sms-token)
 *   to look at    http://127.0.0.1:8025/          mails and SMS, newest first
 *   to read       GET /mail.json, GET /sms.json   [{to, from, subject, text, time, messageId}], newest last
 *   to empty      DELETE /mail.json, DELETE /sms.json
 *   to misbehave  POST /smtp/normal | refuse | hang | hang-after-data | defer | reject
 *                 POST /sms/normal | hang | <status>
 *
 *   refuse           the port is closed
 *   hang             connections are taken, nothing is ever answered
 *   hang-after-data  the mail is swallowed whole and then nothing is answered
 *   defer, reject    every recipient is answered 451 or 550
 *
 * Port 0 takes a free one. One line of JSON, {"smtp": port, "http": port}, says that it is ready. It ends on SIGTERM
 * and SIGINT, and when its standard input closes, so that it never outlives whoever started it. At most 1000 messages
 * of each kind are kept, in memory only.
 */

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { startHttp } from './http.js';
import { SmtpDoor } from './smtp.js';
import { Store } from './store.js';

const { values: flags } = parseArgs({
  options: {
    smtp: { type: 'string', default: '2525' },
    http: { type: 'string', default: '8025' },
    'tls-cert': { type: 'string' },
    'tls-key': { type: 'string' },
    'implicit-tls': { type: 'boolean', default: false },
    'sms-account': { type: 'string', default: 'ACdemo' },
    'sms-token': { type: 'string', default: 'demo-token' },
  },
});

/** @param {string} text */
function port(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65535) throw new Error(`no port: ${text}`);
  return number;
}

const certificate = flags['tls-cert'] && flags['tls-key'];
const tls = certificate
  ? { cert: readFileSync(flags['tls-cert'] ?? ''), key: readFileSync(flags['tls-key'] ?? ''), implicit: flags['implicit-tls'] }
  : undefined;

const store = new Store();
const door = new SmtpDoor(store, tls);
const smtpPort = await door.open(port(flags.smtp));
const httpPort = await startHttp(port(flags.http), {
  store,
  door,
  account: flags['sms-account'],
  token: flags['sms-token'],
});
console.log(JSON.stringify({ smtp: smtpPort, http: httpPort }));

process.on('SIGTERM', () => process.exit(0));
process.on('SIGINT', () => process.exit(0));
process.stdin.on('close', () => process.exit(0));
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
