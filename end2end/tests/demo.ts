/** The running demo, as `make demo-info` describes it, and its levers: mailbox and clock. */

import { readFileSync } from 'node:fs';

import { type APIRequestContext, expect } from '@playwright/test';

/** A client certificate; `cert`, `key` and `p12` are paths. */
export interface ClientCertificate {
  office_number: string;
  cert: string;
  key: string;
  p12: string;
  password: string;
}

export interface OfficeUser {
  login_id: string;
  password: string;
  /** `null`: none is set, A-3 is skipped. */
  security_code: string | null;
  /** Mail address; empty: none is registered. */
  contact: string;
  office_number: string;
  office_name: string;
}

/** 管理者 or 一般ユーザ. */
export interface Member {
  login_id: string;
  password: string;
  contact: string;
  /** As people write it: `070…`. */
  phone: string;
  office_number: string;
  /** The password is an initial one. */
  first_sign_in: boolean;
}

/** An insured person in whose charge no office is when the demo starts. */
export interface Insured {
  insurer_number: string;
  insured_number: string;
  name: string;
  /** ISO. */
  born_on: string;
  sex: 'male' | 'female';
  certificate: string;
}

export interface DemoInfo {
  /** Plain HTTP on loopback, where certificates are chosen on a page. */
  http: string;
  /** TLS without client certificate: A-1, help. */
  https_public: string;
  /** TLS that asks for a client certificate. */
  https_login: string;
  /** Path of the demo's certificate authority (PEM). */
  ca: string;
  client_certificates: {
    valid: ClientCertificate[];
    expired: ClientCertificate;
    revoked: ClientCertificate;
    foreign: ClientCertificate;
  };
  office_users: OfficeUser[];
  administrators: Member[];
  staff: Member[];
  insured_people: Insured[];
  mailbox: { page: string; json: string };
  smsbox: { page: string; json: string };
  /** Takes `{"advance_seconds": n}`. */
  clock: string;
}

/** What the mailbox keeps of a mail or an SMS; newest last. */
export interface Arrived {
  to: string;
  from: string;
  /** Empty for SMS. */
  subject: string;
  text: string;
  /** ISO 8601. */
  time: string;
  messageId: string;
}

/** Reads the file that the environment variable DEMO_INFO names. */
export function readDemoInfo(): DemoInfo {
  const path = process.env.DEMO_INFO;
  if (!path) throw new Error('DEMO_INFO must name a file with the output of `make demo-info`');
  return JSON.parse(readFileSync(path, 'utf8')) as DemoInfo;
}

/** How long a message may take to arrive. */
const ARRIVAL = 10_000;

/** The running demo. */
export class Demo {
  readonly info: DemoInfo;
  readonly #request: APIRequestContext;

  constructor(info: DemoInfo, request: APIRequestContext) {
    this.info = info;
    this.#request = request;
  }

  /** The same demo, reached elsewhere. */
  at(info: DemoInfo): Demo {
    return new Demo(info, this.#request);
  }

  /** Origins that pages may speak to. */
  get origins(): string[] {
    const { http, https_public, https_login, mailbox } = this.info;
    return [http, https_public, https_login, mailbox.page].map((url) => new URL(url).origin);
  }

  /** The 事業所ユーザ whose certificate `page` holds: with a security code, and with 管理者 of its own. */
  get officeUser(): OfficeUser {
    return this.#user('KJ123456789012');
  }

  /** Another office's, with a security code: for what locks accounts. */
  get otherUser(): OfficeUser {
    return this.#user('KJ200000000001');
  }

  /** Without a security code, and with nobody registered yet. */
  get newOfficeUser(): OfficeUser {
    return this.#user('KJ300000000001');
  }

  /** Without a mail address. */
  get unreachableUser(): OfficeUser {
    return this.#user('KJ400000000001');
  }

  #user(login_id: string): OfficeUser {
    const found = this.info.office_users.find((user) => user.login_id === login_id);
    if (!found) throw new Error(`the demo has no office user ${login_id}`);
    return found;
  }

  /** A 管理者 of the first office. */
  administrator(login_id: string): Member {
    return this.#member(this.info.administrators, login_id);
  }

  /** A 一般ユーザ of the first office. */
  staffMember(login_id: string): Member {
    return this.#member(this.info.staff, login_id);
  }

  /** The `n`th insured person whom nobody is in charge of. */
  insured(n: number): Insured {
    const found = this.info.insured_people[n];
    if (!found) throw new Error(`the demo has no insured person ${n}`);
    return found;
  }

  #member(members: Member[], login_id: string): Member {
    const found = members.find((member) => member.login_id === login_id);
    if (!found) throw new Error(`the demo has no member ${login_id}`);
    return found;
  }

  /** The valid certificate of an office. */
  certificateOf(office_number: string): ClientCertificate {
    const found = this.info.client_certificates.valid.find((it) => it.office_number === office_number);
    if (!found) throw new Error(`the demo has no certificate for office ${office_number}`);
    return found;
  }

  /** Everything sent to a mail address or a phone number (`+81…`), oldest first. */
  async arrived(to: string): Promise<Arrived[]> {
    const response = await this.#request.get(to.startsWith('+') ? this.info.smsbox.json : this.info.mailbox.json);
    expect(response.ok(), `the mailbox answered ${response.status()}`).toBe(true);
    return ((await response.json()) as Arrived[]).filter((message) => message.to === to);
  }

  /** The mails with a one-time code to `to`, newer than `since`; other notices do not count. */
  async codeMails(to: string, since: Date): Promise<Arrived[]> {
    const subject = 'ワンタイムパスワード発行通知(介護保険資格確認等WEBサービス)';
    return (await this.arrived(to)).filter((mail) => mail.subject === subject && new Date(mail.time) >= since);
  }

  /** Waits for exactly one message with this subject to `to`, newer than `since`; answers it. */
  async mailWith(to: string, subject: string, since: Date): Promise<Arrived> {
    const found = async () =>
      (await this.arrived(to)).filter((mail) => mail.subject === subject && new Date(mail.time) >= since);
    await expect.poll(async () => (await found()).length, { message: `${subject} to ${to}`, timeout: ARRIVAL }).toBe(1);
    const [mail] = await found();
    if (!mail) throw new Error('the mail is gone again');
    return mail;
  }

  /**
   * The newest one-time code sent to `to`, waiting for it to arrive.
   *
   * @param since  a code that is older does not count: take the time before asking for one
   */
  async lastCode(to: string, since: Date): Promise<string> {
    const deadline = Date.now() + ARRIVAL;
    for (;;) {
      const fresh = (await this.arrived(to)).filter((message) => new Date(message.time) >= since);
      const code = fresh.map(({ text }) => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0]).findLast((found) => found);
      if (code) return code;
      if (Date.now() > deadline) throw new Error(`no code for ${to} arrived within ${ARRIVAL / 1000} s`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** The demo's present, in seconds since the Unix epoch. */
  async now(): Promise<number> {
    const response = await this.#request.post(this.info.clock, { data: { advance_seconds: 0 } });
    expect(response.ok(), `the clock answered ${response.status()}`).toBe(true);
    return Number(((await response.json()) as { now: number }).now) / 1_000_000;
  }

  /** Moves the demo's clock forward; the mailbox's own stays where it is. */
  async advanceClock(seconds: number): Promise<void> {
    const response = await this.#request.post(this.info.clock, { data: { advance_seconds: seconds } });
    expect(response.ok(), `the clock answered ${response.status()}`).toBe(true);
  }

  /** Declares a disaster for every office, as the operator does. End it in a `finally`. */
  async declareEmergency(minutes: number): Promise<void> {
    const response = await this.#request.post(`${this.info.http}/demo/emergency`, { data: { minutes } });
    expect(response.ok(), `the emergency answered ${response.status()}`).toBe(true);
  }

  /** Ends every declaration. */
  async endEmergencies(): Promise<void> {
    await this.declareEmergency(0);
  }
}
