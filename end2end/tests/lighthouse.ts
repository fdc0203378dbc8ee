/** Lighthouse as a phone has it (its mobile preset), on the system's Chromium with the session that a test has opened. */

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

import { type BrowserContext, type Page, chromium, expect, test } from '@playwright/test';
import lighthouse, { snapshot } from 'lighthouse';
import { connect } from 'puppeteer-core';

import { Demo, type DemoInfo } from './demo.js';

/** Screens whose speed is asserted as well (quality.md, and those that staff open most). */
const TIMED = ['A-1', 'A-4', 'C-11', 'D-11', 'E-6'];

/** What is asserted of them; the two other scores are to be 100 on every screen. */
const FAST = 95;

/** `LIGHTHOUSE='A-1 E-6'` looks at these only. */
const ONLY = process.env.LIGHTHOUSE?.split(' ');

type Flags = NonNullable<Parameters<typeof lighthouse>[1]>;
type Config = NonNullable<Parameters<typeof lighthouse>[2]>;
type Result = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr'];

/** Scores of a screen, of 100. */
export interface Scores {
  screen: string;
  performance?: number;
  accessibility: number;
  'best-practices': number;
  /** What was found: audits that did not pass. */
  found: string[];
}

/** The demo at its plain-HTTP door, where no certificate has to reach Lighthouse: `localhost` counts as secure. */
export function atDemoDoor(info: DemoInfo, demo: Demo): Demo {
  return demo.at({ ...info, https_public: info.http, https_login: info.http });
}

/** A free port. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** What Lighthouse is asked. */
function config(timed: boolean): Config {
  return {
    extends: 'lighthouse:default',
    settings: {
      onlyCategories: [...(timed ? ['performance'] : []), 'accessibility', 'best-practices'],
      // Slow networks and processors matter to speed alone.
      throttlingMethod: timed ? 'simulate' : 'provided',
      disableFullPageScreenshot: true,
    },
  };
}

/** A browser that Lighthouse can join, and what it said of each screen. */
export class Judge {
  readonly scores: Scores[] = [];
  readonly context: BrowserContext;
  readonly #port: number;

  private constructor(context: BrowserContext, port: number) {
    this.context = context;
    this.#port = port;
  }

  static async open(): Promise<Judge> {
    const port = await freePort();
    const { launchOptions = {}, locale, timezoneId } = test.info().project.use;
    const args = [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`];
    const options = { ...launchOptions, args, ...(locale && { locale }), ...(timezoneId && { timezoneId }) };
    return new Judge(await chromium.launchPersistentContext('', options), port);
  }

  /** Whether `LIGHTHOUSE` asks for any of these: the way there may be long. */
  wants(...screens: string[]): boolean {
    return !ONLY || screens.some((screen) => ONLY.includes(screen));
  }

  /** Opens an address as a phone does, signed in as the context is, and keeps the scores. */
  async see(screen: string, url: string): Promise<void> {
    if (!this.wants(screen)) return;
    const timed = TIMED.includes(screen);
    // The session is a cookie: it has to stay.
    const flags: Flags = { port: this.#port, logLevel: 'silent', output: 'json', disableStorageReset: true };
    const result = await lighthouse(url, flags, config(timed));
    this.#keep(screen, url, result?.lhr);
  }

  /**
   * Looks at what `page` shows, for screens that no address leads to. Nothing is loaded: what is judged is the page as it
   * stands, and of the best practices only those that can be seen there.
   */
  async look(screen: string, page: Page): Promise<void> {
    if (!this.wants(screen)) return;
    await expect(page.locator(`[data-screen="${screen}"]`)).toBeAttached();
    const browser = await connect({ browserURL: `http://127.0.0.1:${this.#port}`, defaultViewport: null });
    try {
      const found = (await browser.pages()).find((one) => one.url() === page.url());
      if (!found) throw new Error(`no page shows ${screen}`);
      const result = await snapshot(found, { flags: { logLevel: 'silent' }, config: config(false) });
      this.#keep(screen, page.url(), result?.lhr);
    } finally {
      await browser.disconnect();
    }
  }

  #keep(screen: string, url: string, lhr: Result | undefined): void {
    if (!lhr) throw new Error(`no answer for ${screen}`);
    if (lhr.runtimeError) throw new Error(`${screen}: ${lhr.runtimeError.message}`);
    expect(lhr.finalDisplayedUrl, `${screen} redirects`).toBe(url);
    const timed = TIMED.includes(screen);
    const score = (name: string) => Math.round(100 * (lhr.categories[name]?.score ?? 0));
    const asked = [lhr.categories.accessibility, lhr.categories['best-practices']].flatMap((it) => it?.auditRefs ?? []);
    const failed = asked.filter(({ id }) => lhr.audits[id]?.scoreDisplayMode === 'binary' && lhr.audits[id]?.score === 0);
    this.scores.push({
      screen,
      ...(timed && { performance: score('performance') }),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
      found: [...new Set(failed.map(({ id }) => id))],
    });
  }

  /** Prints what was seen, as a table. */
  report(): void {
    const rows = this.scores.map(
      (it) => `| ${it.screen} | ${it.performance ?? '–'} | ${it.accessibility} | ${it['best-practices']} | ${it.found.join(', ')} |`,
    );
    const table = ['| screen | performance | accessibility | best practices | found |', '|---|---|---|---|---|', ...rows];
    writeFileSync(test.info().outputPath('lighthouse.md'), `${table.join('\n')}\n`);
    console.log(table.join('\n'));
  }

  /** Fails with every screen that misses a bar, and with those of `all` that were not seen. */
  expectBars(all: string[]): void {
    const missed = this.scores.filter(
      (it) => (it.performance ?? 100) < FAST || it.accessibility < 100 || it['best-practices'] < 100 || it.found.length,
    );
    expect(missed, 'screens below the bars').toEqual([]);
    const timed = this.scores.filter(({ performance }) => performance !== undefined).map(({ screen }) => screen);
    const seen = this.scores.map(({ screen }) => screen);
    expect(all.filter((screen) => this.wants(screen) && !seen.includes(screen)), 'screens that were not seen').toEqual([]);
    if (!ONLY) expect(timed.sort()).toEqual(TIMED);
  }
}
