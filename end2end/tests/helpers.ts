/**
 * What every spec imports: `test` with its fixtures, and what is asked of every screen.
 *
 *     import { expect, test } from './helpers.js';
 *     import { signIn } from './sign-in.js';
 *
 *     test('the menu is shown', async ({ page, demo }) => {
 *       await signIn(page, demo);
 *     });
 */

import { type BrowserContext, type BrowserContextOptions, type Page, expect, test as base } from '@playwright/test';

import { scriptsAreOn } from './axe.js';
import { type ClientCertificate, Demo, readDemoInfo } from './demo.js';
import { Watch } from './watch.js';

export { axe, scriptsAreOn } from './axe.js';
export { type Arrived, type ClientCertificate, Demo, type DemoInfo, type Insured, type Member, type OfficeUser } from './demo.js';
export { expect };

interface Fixtures {
  /** The running demo. */
  demo: Demo;
  /** Fails the test on console errors, exceptions and requests to elsewhere. */
  watch: Watch;
  /** Opens a page in a context of its own: another person's browser, another certificate (`null`: none). */
  openPage: (certificate: ClientCertificate | null) => Promise<Page>;
}

/**
 * `page` and `context` hold the certificate of the demo's first office user.
 */
export const test = base.extend<Fixtures>({
  demo: async ({ playwright }, use) => {
    const request = await playwright.request.newContext({ ignoreHTTPSErrors: true });
    await use(new Demo(readDemoInfo(), request));
    await request.dispose();
  },
  watch: async ({ demo }, use) => {
    const watch = new Watch(demo.origins);
    await use(watch);
    watch.check();
  },
  clientCertificates: async ({ demo }, use) => {
    await use(certificates(demo, demo.certificateOf(demo.officeUser.office_number)));
  },
  context: async ({ context, watch }, use) => {
    watch.add(context);
    await use(context);
  },
  openPage: async ({ browser, demo, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (certificate) => {
      const clientCertificates = certificate ? certificates(demo, certificate) : [];
      const context = await browser.newContext({ clientCertificates });
      contexts.push(context);
      watch.add(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

/** The certificate for the listener that asks for one. */
export function certificates(demo: Demo, { cert, key }: ClientCertificate): BrowserContextOptions['clientCertificates'] {
  return [{ origin: new URL(demo.info.https_login).origin, certPath: cert, keyPath: key }];
}

/** Waits until the page is the screen with this 画面番号 and, with JavaScript, is hydrated. */
export async function onScreen(page: Page, number: string): Promise<void> {
  await expect(page.locator(`[data-screen="${number}"]`)).toBeAttached();
  if (scriptsAreOn()) await expect(page.locator('html[data-hydrated]')).toBeAttached();
}

/** The message in the error summary, which has the focus, and the title that says so. */
export async function expectErrors(page: Page, ...texts: (string | RegExp)[]): Promise<void> {
  const summary = page.locator('#error-summary');
  for (const text of texts) await expect(summary).toContainText(text);
  if (scriptsAreOn()) await expect(summary).toBeFocused();
  // The answer may be a page of its own: what needs the app is not there at once.
  if (scriptsAreOn()) await expect(page.locator('html[data-hydrated]')).toBeAttached();
  await expect(page).toHaveTitle(/^エラー：/);
}
