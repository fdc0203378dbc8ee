/** Accessibility of a page as it stands, with and without JavaScript. */

import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect, test } from '@playwright/test';

/** WCAG 2.2 AA, and what axe counts as good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** Whether this run's browser runs the pages' scripts. */
export function scriptsAreOn(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** Asserts that axe finds nothing at all. */
export async function axe(page: Page): Promise<void> {
  const shown = scriptsAreOn() ? page : await stillCopy(page);
  const { violations } = await new AxeBuilder({ page: shown }).withTags(RULES).analyze();
  if (shown !== page) await shown.context().close();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target).join(', ')}`);
  expect(found, 'accessibility').toEqual([]);
}

/**
 * The same document where axe's script can run and the page's own cannot: axe would wait for ever in a context without
 * scripts. Style sheets come through the original context, which has the cookies and the certificate.
 */
async function stillCopy(page: Page): Promise<Page> {
  const html = (await page.content()).replace(/<script\b[\s\S]*?<\/script>/g, '');
  const context = await page.context().browser()?.newContext({ javaScriptEnabled: true, bypassCSP: true });
  if (!context) throw new Error('the page has no browser');
  await context.route('**/*', async (route) => {
    const request = route.request();
    if (request.isNavigationRequest()) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
    if (request.resourceType() === 'script') return route.abort();
    return route.fulfill({ response: await page.request.get(request.url()) });
  });
  const copy = await context.newPage();
  await copy.goto(page.url());
  return copy;
}
