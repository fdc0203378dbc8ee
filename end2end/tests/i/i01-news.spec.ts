/** I-1: お知らせ, found from A-1. */

import { expect, onScreen, test } from '../helpers.js';

test('A-1 names the newest お知らせ; each leads to its text on I-1', async ({ openPage, demo }) => {
  const page = await openPage(null);
  await page.goto(demo.info.https_public);
  await onScreen(page, 'A-1');
  const news = page.getByRole('region', { name: 'お知らせ' });
  await news.getByRole('link', { name: 'デモ環境のデータについて' }).click();
  await onScreen(page, 'I-1');
  const item = page.locator('article', { hasText: 'デモ環境のデータについて' });
  await expect(item).toBeInViewport();
  await expect(item).toContainText('すべて架空のものです');
  await page.goBack();
  await news.getByRole('link', { name: 'お知らせをすべて見る' }).click();
  await onScreen(page, 'I-1');
  await expect(page.locator('article')).toHaveCount(2);
});
