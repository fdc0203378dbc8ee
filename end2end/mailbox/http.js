/** The HTTP side: the page, the JSON for tests, the SMS gateway and the controls. */

import { createServer } from 'node:http';
import { randomUUID, timingSafeEqual } from 'node:crypto';

import { PAGE_STYLE, page } from './page.js';
import { MODES } from './smtp.js';

/**
 * @typedef {object} Context
 * @property {import('./store.js').Store} store
 * @property {import('./smtp.js').SmtpDoor} door
 * @property {string} account  the SMS account
 * @property {string} token    its token
 *
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 */

const HOST = '127.0.0.1';

/**
 * @param {number} port  0: any
 * @param {Context} context
 * @returns {Promise<number>} the port
 */
export async function startHttp(port, context) {
  const gateway = new SmsGateway(context);
  const server = createServer((request, response) => {
    answer(request, response, context, gateway).catch(() => send(response, 500, 'text/plain', 'failed'));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(undefined));
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/**
 * @param {Request} request
 * @param {Response} response
 * @param {Context} context
 * @param {SmsGateway} gateway
 */
async function answer(request, response, { store, door }, gateway) {
  const url = new URL(request.url ?? '/', 'http://mailbox');
  const what = `${request.method} ${url.pathname}`;
  // One-time codes lie here: a page on the Internet must not reach them by pointing its name at 127.0.0.1.
  if (!isThisMachine(request.headers.host) || (request.method !== 'GET' && request.headers.origin)) {
    return send(response, 403, 'text/plain', 'only from this machine');
  }
  if (what === 'GET /') return send(response, 200, 'text/html', page(store, url.searchParams.get('refresh') !== 'off'));
  if (what === 'GET /style.css') return send(response, 200, 'text/css', PAGE_STYLE);
  if (what === 'GET /mail.json') return sendJson(response, 200, store.mails);
  if (what === 'GET /sms.json') return sendJson(response, 200, store.shortMessages);
  if (what === 'DELETE /mail.json') {
    store.mails = [];
    return send(response, 204);
  }
  if (what === 'DELETE /sms.json') {
    store.shortMessages = [];
    return send(response, 204);
  }
  const [, where, argument, ...rest] = url.pathname.split('/');
  if (request.method === 'POST' && rest.length === 0 && where === 'smtp' && argument && MODES.includes(argument)) {
    await door.enter(/** @type {import('./smtp.js').Mode} */ (argument));
    return send(response, 204);
  }
  if (request.method === 'POST' && rest.length === 0 && where === 'sms' && argument && gateway.enter(argument)) {
    return send(response, 204);
  }
  if (request.method === 'POST' && where === '2010-04-01') return gateway.take(request, response, url.pathname);
  return send(response, 404, 'text/plain', 'nothing here');
}

/** Takes SMS as Twilio does: POST /2010-04-01/Accounts/{account}/Messages.json with To, From and Body. */
class SmsGateway {
  /** @type {number | 'normal' | 'hang'} */
  #mode = 'normal';
  #context;

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
  }

  /**
   * @param {string} mode
   * @returns {boolean} whether there is such a mode
   */
  enter(mode) {
    const known = mode === 'normal' || mode === 'hang' ? mode : /^[345]\d\d$/.test(mode) ? Number(mode) : undefined;
    if (known === undefined) return false;
    this.#mode = known;
    return true;
  }

  /**
   * @param {Request} request
   * @param {Response} response
   * @param {string} path
   */
  async take(request, response, path) {
    const { store, account, token } = this.#context;
    const form = new URLSearchParams(await body(request));
    if (this.#mode === 'hang') return;
    const expected = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`;
    if (!same(request.headers.authorization ?? '', expected)) {
      return sendJson(response, 401, { code: 20003, message: 'Authenticate', status: 401 });
    }
    if (path !== `/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`) {
      return sendJson(response, 404, { code: 20404, message: 'The requested resource was not found', status: 404 });
    }
    if (this.#mode !== 'normal') {
      return sendJson(response, this.#mode, { code: 20000, message: 'as told', status: this.#mode });
    }
    const [to, from, text] = [form.get('To') ?? '', form.get('From') ?? '', form.get('Body') ?? ''];
    if (!/^\+[1-9]\d{7,14}$/.test(to) || !from || !text) {
      return sendJson(response, 400, { code: 21211, message: "Invalid 'To', 'From' or 'Body'", status: 400 });
    }
    const messageId = `SM${randomUUID().replaceAll('-', '')}`;
    store.addShortMessage({ to, from, subject: '', text, messageId });
    return sendJson(response, 201, { sid: messageId, account_sid: account, to, from, body: text, status: 'queued' });
  }
}

/** @param {string | undefined} host */
function isThisMachine(host) {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');
}

/**
 * @param {string} given
 * @param {string} expected
 */
function same(given, expected) {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** @param {Request} request */
async function body(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > 64 * 1024) throw new Error('too long');
  }
  return text;
}

/**
 * @param {Response} response
 * @param {number} status
 * @param {unknown} value
 */
function sendJson(response, status, value) {
  send(response, status, 'application/json', JSON.stringify(value));
}

/**
 * @param {Response} response
 * @param {number} status
 * @param {string} [type]
 * @param {string} [text]
 */
function send(response, status, type, text) {
  response.writeHead(status, {
    ...(type ? { 'content-type': `${type}; charset=utf-8` } : {}),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}
