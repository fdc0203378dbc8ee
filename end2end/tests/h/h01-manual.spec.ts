/** H-1: each role's tasks on a page with pictures, for the browser and for paper; and the site as an installed app. */

import { expect, onScreen, scriptsAreOn, test } from '../helpers.js';
import { check } from '../screen.js';

const ROLES = [
  ['office', '事業所ユーザの操作', '管理者ユーザを登録する'],
  ['administrator', '管理者ユーザの操作', 'マイナ資格確認アプリ情報を登録する'],
  ['staff', '一般ユーザの操作', '同意を得る・取り消す'],
] as const;

for (const [role, title, task] of ROLES) {
  test(`${title}: contents, steps, pictures`, async ({ openPage, demo }) => {
    test.slow();
    const page = await openPage(null);
    await page.goto(`${demo.info.https_public}/help/manual`);
    await check(page, 'H-1');
    await page.locator('main').getByRole('link', { name: title }).click();
    await onScreen(page, 'H-1');
    await expect(page).toHaveURL(new RegExp(`/help/manual/${role}$`));
    await check(page, 'H-1');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    const contents = page.getByRole('navigation', { name: '目次' });
    expect(await contents.getByRole('link').count()).toBe(await page.locator('main section').count());
    await contents.getByRole('link', { name: task }).click();
    await expect(page.getByRole('heading', { level: 2, name: task })).toBeInViewport();
    for (const picture of await page.locator('main img').all()) {
      await expect(picture).toHaveAttribute('alt', /.{5,}/);
      const answer = await page.request.get(new URL((await picture.getAttribute('src')) ?? '', page.url()).href);
      expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/webp']);
    }
  });
}

test('on paper the manual is whole, without frame and search', async ({ openPage, demo }) => {
  const page = await openPage(null);
  await page.goto(`${demo.info.https_public}/help/manual/office`);
  await onScreen(page, 'H-1');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.breadcrumb')).toBeHidden();
  await expect(page.locator('.footer__links')).toBeHidden();
  await expect(page.getByRole('navigation', { name: '目次' })).toBeVisible();
  await expect(page.locator('.footer__screen')).toBeVisible();
});

test('the site can be installed as an app', async ({ openPage, demo }) => {
  const page = await openPage(null);
  await page.goto(demo.info.https_public);
  await onScreen(page, 'A-1');
  const href = await page.locator('link[rel="manifest"]').getAttribute('href');
  const answer = await page.request.get(new URL(href ?? '', demo.info.https_public).href);
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/manifest+json']);
  const manifest = (await answer.json()) as { name: string; icons: { src: string; sizes: string; type: string }[] };
  expect(manifest.name).toBe('介護保険資格確認等WEBサービス');
  for (const icon of manifest.icons) {
    const image = await page.request.get(new URL(icon.src, demo.info.https_public).href);
    expect([image.status(), image.headers()['content-type']?.split(';')[0]], icon.src).toEqual([200, icon.type]);
  }
  if (!scriptsAreOn()) return;
  const session = await page.context().newCDPSession(page);
  const { errors } = (await session.send('Page.getAppManifest')) as { errors: unknown[] };
  expect(errors).toEqual([]);
});
