/** The demo's mailbox page: readable with and without JavaScript, harmless whatever arrives, gone with its parent. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { expect, test } from '@playwright/test';

import { axe } from './helpers.js';

/** Starts a mailbox of its own on free ports; says where. */
async function start(): Promise<{ child: ChildProcessWithoutNullStreams; url: string }> {
  const child = spawn(process.execPath, ['mailbox', '--smtp', '0', '--http', '0'], { cwd: `${import.meta.dirname}/..` });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url: `http://127.0.0.1:${(JSON.parse(line) as { http: number }).http}` };
}

async function sendSms(url: string, text: string): Promise<number> {
  const response = await fetch(`${url}/2010-04-01/Accounts/ACdemo/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('ACdemo:demo-token')}` },
    body: new URLSearchParams({ To: '+819012345678', From: '+815000000000', Body: text }),
  });
  return response.status;
}

let mailbox: Awaited<ReturnType<typeof start>>;

test.beforeEach(async () => {
  mailbox = await start();
});

test.afterEach(() => {
  mailbox.child.kill();
});

test('newest first, readable, nothing is markup', async ({ page }) => {
  await page.goto(`${mailbox.url}/?refresh=off`);
  await expect(page.getByText('まだ何も届いていません。')).toBeVisible();
  await axe(page);
  expect(await sendSms(mailbox.url, '一通目です。')).toBe(201);
  expect(await sendSms(mailbox.url, '<img src=x onerror=alert(1)>\n851025\n& "終わり"')).toBe(201);
  await page.reload();
  const articles = page.getByRole('article');
  await expect(articles).toHaveCount(2);
  await expect(articles.first()).toContainText('<img src=x onerror=alert(1)>');
  await expect(articles.first().locator('strong.code')).toHaveText('851025');
  await expect(articles.last()).toContainText('一通目です。');
  await expect(page.locator('img')).toHaveCount(0);
  await axe(page);
});

test('what arrives shows up by itself', async ({ page }) => {
  await page.goto(mailbox.url);
  await sendSms(mailbox.url, '自動更新で見えます。');
  await expect(page.getByText('自動更新で見えます。')).toBeVisible({ timeout: 10_000 });
});

test('a page from elsewhere cannot read or change it', async ({ request }) => {
  expect((await request.get(`${mailbox.url}/mail.json`, { headers: { host: 'evil.example' } })).status()).toBe(403);
  const origin = { origin: 'https://evil.example' };
  expect((await request.post(`${mailbox.url}/smtp/refuse`, { headers: origin })).status()).toBe(403);
});

test('it ends with whoever started it', async () => {
  mailbox.child.stdin.end();
  const [code] = (await once(mailbox.child, 'exit')) as [number];
  expect(code).toBe(0);
});
