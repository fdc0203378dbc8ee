/** The mail server, and the ways in which it can fail. */

import { createServer } from 'node:net';

import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** @typedef {'normal' | 'refuse' | 'hang' | 'hang-after-data' | 'defer' | 'reject'} Mode */

/** @type {readonly string[]} */
export const MODES = ['normal', 'refuse', 'hang', 'hang-after-data', 'defer', 'reject'];

const HOST = '127.0.0.1';

/**
 * Listens itself and hands the sockets to smtp-server, because only so can the port be closed and reopened, and
 * connections be taken without a word.
 */
export class SmtpDoor {
  /** @type {Mode} */
  #mode = 'normal';
  #port = 0;
  /** @type {import('node:net').Server | undefined} */
  #listener;
  /** @type {Set<import('node:net').Socket>} */
  #sockets = new Set();
  #store;
  #server;

  /**
   * @param {import('./store.js').Store} store
   * @param {{cert: Buffer, key: Buffer, implicit: boolean} | undefined} tls
   */
  constructor(store, tls) {
    this.#store = store;
    this.#server = new SMTPServer({
      ...(tls ? { cert: tls.cert, key: tls.key, secure: tls.implicit } : { hideSTARTTLS: true }),
      authOptional: true,
      disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      size: 1024 * 1024,
      onRcptTo: (_address, _session, callback) => callback(this.#refusal()),
      onData: (stream, session, callback) => {
        this.#receive(stream, session).then((answer) => answer && callback(), callback);
      },
    });
    // Clients that break off are part of the game.
    this.#server.on('error', () => {});
  }

  /**
   * @param {number} port  0: any
   * @returns {Promise<number>} the port
   */
  async open(port) {
    const listener = createServer((socket) => this.#greet(socket));
    await new Promise((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, HOST, () => resolve(undefined));
    });
    this.#listener = listener;
    const address = listener.address();
    this.#port = typeof address === 'object' && address ? address.port : port;
    return this.#port;
  }

  /** @param {Mode} mode */
  async enter(mode) {
    this.#mode = mode;
    if (mode === 'hang') {
      // Those already connected fall silent too.
      for (const socket of this.#sockets) socket.unpipe().pause();
      return;
    }
    for (const socket of this.#sockets) socket.destroy();
    if (mode === 'refuse') {
      await this.#close();
    } else if (!this.#listener) {
      await this.open(this.#port);
    }
  }

  async #close() {
    const listener = this.#listener;
    this.#listener = undefined;
    if (listener) await new Promise((resolve) => listener.close(resolve));
  }

  /** @param {import('node:net').Socket} socket */
  #greet(socket) {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    if (this.#mode !== 'hang') this.#server.server.emit('connection', socket);
  }

  /** @returns {Error | undefined} */
  #refusal() {
    if (this.#mode === 'defer') return Object.assign(new Error('Try later'), { responseCode: 451 });
    if (this.#mode === 'reject') return Object.assign(new Error('No such mailbox'), { responseCode: 550 });
    return undefined;
  }

  /**
   * @param {import('smtp-server').SMTPServerDataStream} stream
   * @param {import('smtp-server').SMTPServerSession} session
   * @returns {Promise<boolean>} whether to answer
   */
  async #receive(stream, session) {
    const mail = await simpleParser(stream);
    if (this.#mode === 'hang-after-data') return false;
    for (const recipient of session.envelope.rcptTo) {
      this.#store.addMail({
        to: recipient.address,
        from: mail.from?.text ?? '',
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        messageId: mail.messageId ?? '',
      });
    }
    return true;
  }
}
