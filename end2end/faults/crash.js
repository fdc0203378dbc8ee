/**
 * Kills the server with SIGKILL while administrators are being registered, again and again, and looks whether anything
 * that was acknowledged is lost or anything is half done.
 *
 *     SERVER=target/debug/server SITE_DIR=target/site node end2end/faults/crash.js [cycles]
 *
 * With DATABASE_URL the demo runs on that database instead of SQLite. Prints "N passed, M failed" and exits accordingly.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Visitor } from './visitor.js';

const { SERVER, SITE_DIR } = process.env;
if (!SERVER || !SITE_DIR) throw new Error('SERVER and SITE_DIR name the program and the browser files');
const cycles = Number(process.argv[2] ?? 20);
const dir = mkdtempSync(path.join(tmpdir(), 'crash-'));
const ports = { http: 19080, public: 19443, 'sign-in': 19444, smtp: 19025, mailbox: 19026 };
const origin = `http://localhost:${ports.http}`;
const office = { login_id: 'KJ300000000001', password: 'Minato2025', certificate: '' };

/** Starts the demo and waits until it can serve. */
async function start() {
  const flags = Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, String(port)]);
  const server = spawn(SERVER, ['demo', '--dir', dir, '--site-dir', SITE_DIR, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const ready = await fetch(`${origin}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) return server;
    await sleep(100);
  }
  throw new Error('the server did not get ready');
}

/** @param {import('node:child_process').ChildProcess} server @param {NodeJS.Signals} signal */
async function end(server, signal) {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await ended;
  // The mailbox leaves when it sees that its server is gone, and gives its ports back.
  for (let tries = 0; tries < 50; tries += 1) {
    const there = await fetch(`http://localhost:${ports.mailbox}/mail.json`).then(() => true, () => false);
    if (!there) return;
    await sleep(50);
  }
}

async function signIn() {
  const visitor = new Visitor(origin);
  const info = JSON.parse(readFileSync(path.join(dir, 'demo-info.json'), 'utf8'));
  const user = info.office_users.find((one) => one.login_id === office.login_id);
  const home = '/sign-in/office';
  await visitor.post('/demo/certificates', { certificate: user.office_number, next: home }, home);
  await visitor.post('/api/start_office', { login_id: office.login_id, password: office.password }, home);
  await visitor.post('/api/send_code', {}, `${home}/send-code`);
  for (let tries = 0; tries < 100; tries += 1) {
    const mails = await (await fetch(info.mailbox.json)).json();
    const code = mails.filter((mail) => mail.to === user.contact).at(-1)?.text.match(/^\d{6}$/m)?.[0];
    if (code) {
      const answer = await visitor.post('/api/redeem_code', { one_time_code: code }, `${home}/code`);
      if (answer.location !== '/office') throw new Error(`signing in led to ${answer.location}`);
      return visitor;
    }
    await sleep(100);
  }
  throw new Error('no code came');
}

let count = 0;
/** Logins whose registration the server has acknowledged. @type {string[]} */
const acknowledged = [];

/** Registers one administrator after the other until the server is gone. @param {Visitor} visitor */
async function registerOn(visitor) {
  for (;;) {
    const login_id = `crash${String((count += 1)).padStart(6, '0')}`;
    const form = (await visitor.get('/administrators/new')).location;
    const draft = new URL(form, origin).searchParams.get('draft') ?? '';
    const fields = {
      members: 'administrators', draft, 'form[login_id]': login_id, 'form[family_name]': '山田', 'form[given_name]': '花子',
      'form[family_kana]': 'やまだ', 'form[given_kana]': 'はなこ', 'form[services][]': '16', 'form[jobs][]': 'nurse',
      'form[email]': `${login_id}@member.example.jp`,
    };
    const checked = await visitor.post('/api/submit_member', fields, form);
    const done = await visitor.post('/api/register_member', { members: 'administrators', draft }, checked.location);
    if (done.status === 303 && done.location.includes('/done')) acknowledged.push(login_id);
  }
}

/** What is wrong with one acknowledged account; nothing if it is whole. @param {Visitor} visitor @param {string} login_id */
async function fault(visitor, login_id) {
  const list = await visitor.get(`/administrators?q=${login_id}`);
  const address = list.text.match(/\/administrators\/[0-9a-f-]{36}/)?.[0];
  if (!address) return `${login_id} was acknowledged and is not in the list`;
  const detail = await visitor.get(address);
  const whole = detail.status === 200 && ['通所リハビリテーション', '看護職', `${login_id}@member.example.jp`].every((text) => detail.text.includes(text));
  return whole ? undefined : `${login_id} is there in part only`;
}

let server = await start();
const faults = [];
try {
  const visitor = await signIn();
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const workers = [1, 2, 3, 4].map(() => registerOn(visitor).catch(() => undefined));
    await sleep(300 + Math.random() * 1200);
    await end(server, 'SIGKILL');
    await Promise.all(workers);
    server = await start();
  }
  for (const login_id of acknowledged) {
    const found = await fault(visitor, login_id);
    if (found) faults.push(found);
  }
} finally {
  await end(server, 'SIGINT');
  rmSync(dir, { recursive: true });
}
faults.forEach((one) => console.error(one));
console.log(`${cycles} times killed, ${acknowledged.length} registrations acknowledged`);
console.log(`${acknowledged.length - faults.length} passed, ${faults.length} failed`);
process.exit(faults.length > 0 || acknowledged.length === 0 ? 1 : 0);
