/** Installed for real, through the DevTools protocol: shortcuts, shared things, opened files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { controlled, expect, launchPersistent, test } from '../browser/harness.ts';
import {
  expectNote,
  folderOf,
  go,
  indexStatus,
  search,
  writeNote,
} from '../browser/support/app.ts';
import { share } from '../browser/support/share.ts';

// Each starts a browser of its own, or indexes twice: slow where cores are few.
test.describe.configure({ timeout: 240_000 });

interface Installed {
  context: BrowserContext;
  page: Page;
  url: string;
  cdp: CDPSession;
  /** From here on there is no server. */
  stop(): Promise<void>;
}

async function withApp(run: (app: Installed) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'findling-profile-'));
  const server = await serve({ dir: 'dist' });
  const context = await launchPersistent(profile);
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await controlled(page);
    await expect(indexStatus(page)).toHaveText('Up to date', { timeout: 60_000 });
    const cdp = await context.newCDPSession(page);
    await run({ context, page, url: server.url, cdp, stop: () => server.close() });
  } finally {
    await context.close();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const titles = (page: Page) =>
  page.getByRole('list', { name: 'All notes' }).locator('.note-title').allTextContents();

/** The list of notes, as a fresh page of the app shows it. */
async function titlesIn(context: BrowserContext, url: string): Promise<string[]> {
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.getByRole('button', { name: 'New note' }).first()).toBeVisible();
  // What was left of a share is taken in meanwhile, and shown.
  await page.waitForTimeout(1_500);
  await go(page, 'Notes');
  await expect(page.getByRole('list', { name: 'All notes' })).toBeVisible();
  const all = await titles(page);
  await page.close();
  return all;
}

test('the browser finds nothing to object to, and its screenshots are as they say', async () => {
  await withApp(async ({ cdp, url, page }) => {
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
    expect(installabilityErrors).toEqual([]);
    const { errors, manifest } = (await cdp.send('Page.getAppManifest')) as unknown as {
      errors: unknown[];
      manifest: {
        shortcuts: { name: string; url: string }[];
        screenshots: { image: { url: string; sizes: string }; formFactor: string }[];
        shareTarget: { action: string; method: string };
        launchHandler: { clientMode: string };
        displayOverrides: string[];
      };
    };
    expect(errors).toEqual([]);
    expect(manifest.shortcuts.map(({ name }) => name)).toEqual([
      'New note',
      'Search',
      'Daily note',
    ]);
    expect(manifest.shareTarget).toMatchObject({ action: `${url}share`, method: 'kPost' });
    expect(manifest.launchHandler.clientMode).toBe('kFocusExisting');
    expect(manifest.displayOverrides).toEqual(['kStandalone', 'kMinimalUi']);
    expect(manifest.screenshots.map(({ formFactor }) => formFactor)).toEqual(['kWide', 'kNarrow']);
    for (const { image } of manifest.screenshots) {
      const real = await page.evaluate(async (src) => {
        const shown = new Image();
        shown.src = src;
        await shown.decode();
        return `${shown.naturalWidth}x${shown.naturalHeight}`;
      }, image.url);
      expect(real).toBe(image.sizes);
    }
  });
});

test('shortcuts begin what they say, once', async ({ page }) => {
  await page.goto('./?start=search');
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'New note' }).first()).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeHidden();

  await page.goto('./?start=new');
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('');
  await expect(page).toHaveURL(/\/#\/note\//);

  await page.goto('./?start=today');
  const title = page.getByRole('textbox', { name: 'Title' });
  await expect(title).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  const first = page.url();
  await expect(page.getByRole('status', { name: 'Save state' })).toHaveText('Saved');
  await page.goto('./?start=today');
  await expect(title).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  expect(page.url().split('?')[0]).toBe(first.split('?')[0]);
});

test('installed: files that the system opens become notes, and none replaces another', {
  tag: '@long',
}, async () => {
  await withApp(async ({ context, cdp }) => {
    const { appId } = (await cdp.send('Page.getAppId')) as { appId: string };
    await cdp.send('PWA.install', { manifestId: appId, installUrlOrBundleUrl: appId });
    const { targetId } = await cdp.send('PWA.launch', { manifestId: appId });
    expect(targetId).toBeTruthy();
    const { dir, remove } = folderOf({
      'a/plan.md': '# Plan\n\nsow',
      'b/plan.md': '---\ntitle: Other\n---\n\nreap',
    });
    const open = (file: string) =>
      cdp.send('PWA.launchFilesInApp', { manifestId: appId, files: [join(dir, file)] });
    try {
      const shownIn = async (title: string) => {
        await expect
          .poll(
            async () => {
              const all = context.pages().map(async (page) => {
                const field = page.getByRole('textbox', { name: 'Title' });
                return (await field.count()) > 0 ? field.inputValue() : '';
              });
              return Promise.all(all);
            },
            { timeout: 20_000 },
          )
          .toContain(title);
      };
      await open('a/plan.md');
      await shownIn('Plan');
      await open('b/plan.md');
      await shownIn('Other');
      await open('a/plan.md');
      await shownIn('Plan');
      expect((await titlesIn(context, appId)).sort()).toEqual(['Other', 'Plan']);
    } finally {
      remove();
      await cdp.send('PWA.uninstall', { manifestId: appId });
    }
  });
});

test('shared words, links and files become notes: no server, no app open', {
  tag: '@long',
}, async () => {
  await withApp(async ({ context, page, url, stop }) => {
    await writeNote(page, 'Here already', 'before');
    await stop();
    for (const open of context.pages().slice(1)) await open.close();
    const target = await share(context, url, {
      title: 'Märchen',
      text: 'Es war einmal',
      url: 'https://example.org/fern',
    });
    await expect(target.getByRole('textbox', { name: 'Title' })).toHaveValue('Märchen');
    await expectNote(target, 'Es war einmal\n\nhttps://example.org/fern');
    await expect(target.getByText('What was shared is a note now.')).toBeVisible();
    expect((await search(target, 'es war einmal'))[0]).toMatch(/^Märchen/);
    await target.close();

    const { dir, remove } = folderOf({
      'one.md': '# One\n\nfirst',
      'two.txt': 'Second text',
      'no.md': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]),
    });
    try {
      const files = ['one.md', 'two.txt', 'no.md'].map((name) => join(dir, name));
      const many = await share(context, url, { files });
      await expect(many.getByText('“no.md” is no note: This is not a text file.')).toBeVisible();
      await expect
        .poll(async () => (await titles(many)).sort())
        .toEqual(['Here already', 'Märchen', 'One', 'two']);
    } finally {
      remove();
    }
  });
});

test('a share that is too large is refused with words', { tag: '@long' }, async () => {
  await withApp(async ({ context, url }) => {
    const dir = mkdtempSync(join(tmpdir(), 'findling-'));
    const file = join(dir, 'large.txt');
    writeFileSync(file, Buffer.alloc(65 * 1024 * 1024, 'a'));
    const target = await share(context, url, { files: [file] });
    await expect(target.getByText(/^What was shared could not be kept/)).toBeVisible();
    rmSync(dir, { recursive: true });
  });
});
