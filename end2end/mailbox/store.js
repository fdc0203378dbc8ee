/**
 * What has arrived.
 *
 * @typedef {object} Message
 * @property {string} to         the address or number it was delivered to
 * @property {string} from
 * @property {string} subject    empty for SMS
 * @property {string} text
 * @property {string} time       when it arrived, ISO 8601
 * @property {string} messageId  the mail's Message-ID, or the gateway's number of the SMS
 */

/** The most messages kept of each kind; the oldest go first. */
const KEPT = 1000;

export class Store {
  /** @type {Message[]} */
  mails = [];
  /** @type {Message[]} */
  shortMessages = [];

  /** @param {Omit<Message, 'time'>} mail */
  addMail(mail) {
    this.mails = [...this.mails, { ...mail, time: new Date().toISOString() }].slice(-KEPT);
  }

  /** @param {Omit<Message, 'time'>} shortMessage */
  addShortMessage(shortMessage) {
    this.shortMessages = [...this.shortMessages, { ...shortMessage, time: new Date().toISOString() }].slice(-KEPT);
  }
}
