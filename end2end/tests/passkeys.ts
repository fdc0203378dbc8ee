/** An authenticator in the browser, as a notebook with a fingerprint reader has one. */

import { type CDPSession, type Page } from '@playwright/test';

/** A virtual authenticator: its passkeys can be found without a ユーザID, and a finger is always there. */
export class VirtualAuthenticator {
  readonly #session: CDPSession;
  readonly #id: string;
  readonly #page: Page;
  #offered = true;
  #asks = false;

  private constructor(page: Page, session: CDPSession, id: string) {
    this.#page = page;
    this.#session = session;
    this.#id = id;
  }

  /** Plugs one into the page's browser. */
  static async add(page: Page): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new VirtualAuthenticator(page, session, authenticatorId);
  }

  /**
   * Whether the browser offers passkeys in a field. With a finger always there, the offer is taken at once: a test of the
   * button says no.
   */
  async offered(enabled: boolean): Promise<void> {
    this.#offered = enabled;
    if (this.#asks) return;
    this.#asks = true;
    await this.#page.exposeFunction('offersPasskeys', () => this.#offered);
    await this.#page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = () =>
        (globalThis as unknown as { offersPasskeys: () => Promise<boolean> }).offersPasskeys();
    });
  }

  /** Whether somebody touches it when it is asked. */
  async touched(enabled: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.#id, enabled });
  }

  /** How many passkeys it holds. */
  async count(): Promise<number> {
    const { credentials } = await this.#session.send('WebAuthn.getCredentials', { authenticatorId: this.#id });
    return credentials.length;
  }
}
