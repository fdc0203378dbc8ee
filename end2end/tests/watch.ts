/** Nobody looks at the console or the network while tests run; this does. */

import { type BrowserContext, expect } from '@playwright/test';

/**
 * Collects what must not happen in a browser context: console errors, uncaught exceptions, requests to somewhere else.
 */
export class Watch {
  readonly #problems: string[] = [];
  readonly #allowed: RegExp[] = [];
  readonly #origins: string[];

  constructor(origins: string[]) {
    this.#origins = origins;
  }

  /** Every page of the context, also those opened later. */
  add(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#problems.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => this.#problems.push(`exception: ${error.error().message}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      const inside = ['data:', 'blob:', 'about:'].includes(url.protocol) || this.#origins.includes(url.origin);
      if (!inside) this.#problems.push(`request to ${url.origin}`);
    });
  }

  /** A problem that this test provokes, such as the console's line about a response with status 403. */
  allow(problem: RegExp): void {
    this.#allowed.push(problem);
  }

  /** Fails the test if something happened that was not allowed. */
  check(): void {
    const left = this.#problems.filter((problem) => !this.#allowed.some((allowed) => allowed.test(problem)));
    expect(left, 'console errors, exceptions and requests to elsewhere').toEqual([]);
  }
}
