import { existsSync } from 'node:fs';

import { defineConfig, devices } from '@playwright/test';

/** Debian builds the same Chromium without its windows, which starts and draws in half the time. */
const SHELL = '/usr/bin/chromium-headless-shell';
const CHROMIUM = process.env.CHROMIUM ?? (existsSync(SHELL) ? SHELL : '/usr/bin/chromium');

/** Nothing that an engine could change: these read approved pages, or measure them one at a time. */
const ON_ONE_ENGINE = ['lighthouse', 'markup', 'outline', 'room', 'styleguide'].map((name) => `**/${name}.spec.ts`);

/**
 * The browser is the system's Chromium: nothing is downloaded.
 *
 * Every spec runs twice, with and without JavaScript; tag a test `@js` or `@no-js` when it makes sense only once. One
 * worker, because the demo under test has one clock and one mailbox, and tests move the one and read the other.
 */
export default defineConfig({
  testDir: 'tests',
  testIgnore: process.env.ENGINE === 'postgres' ? ON_ONE_ENGINE : [],
  // Two runs side by side must not clear each other's traces away.
  outputDir: process.env.E2E_RESULTS ?? 'test-results',
  // One approved text for every machine and project.
  snapshotPathTemplate: '{testDir}/{testFilePath}-snapshots/{arg}{ext}',
  forbidOnly: true,
  workers: 1,
  // CI machines are busy, and both engines run at once; what needs a second try there is reported as flaky.
  retries: process.env.CI ? 2 : 0,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices['Desktop Chrome'],
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    // The demo's certificate authority is made at its first start; no browser knows it.
    ignoreHTTPSErrors: true,
    actionTimeout: 15_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    // Traces of every test would double the time.
    trace: process.env.CI ? 'on-first-retry' : 'off',
    launchOptions: {
      executablePath: CHROMIUM,
      chromiumSandbox: false,
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'js', grepInvert: /@no-js/ },
    { name: 'no-js', grepInvert: /@js/, use: { javaScriptEnabled: false } },
  ],
});
