import { test } from '@playwright/test';

test('signs out', async ({ page }) => {
  await page.goto('/sign-out');
});
