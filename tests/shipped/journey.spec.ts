/** From the first visit to the second version, as one person would: no request goes elsewhere. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { tinyModel } from '../../scripts/model/tiny/build.mjs';
import { serve } from '../../scripts/serve.mjs';
import {
  controlled,
  expect,
  launchPersistent,
  startLoggingProxy,
  test,
} from '../browser/harness.ts';
import {
  closeSearch,
  expectNote,
  folderOf,
  go,
  readHealth,
  search,
  upToDate,
  writeNote,
} from '../browser/support/app.ts';
import { ownCopy, publish } from '../browser/support/own-copy.ts';
import { share } from '../browser/support/share.ts';

/** The window that the app was launched in. */
async function launched(context: BrowserContext, url: string): Promise<Page> {
  const own = () => context.pages().find((page) => page.url().startsWith(url));
  await expect.poll(own, { timeout: 20_000 }).toBeDefined();
  return own()!;
}

test('installed, server gone, shared, written, searched, another model and device, updated', async () => {
  test.setTimeout(420_000);
  const profile = mkdtempSync(join(tmpdir(), 'findling-profile-'));
  const model = folderOf(Object.fromEntries(tinyModel('tiny-last')), 'tiny-last');
  const copy = await ownCopy();
  const proxy = await startLoggingProxy();
  const context = await launchPersistent(profile, { proxy: proxy.address });
  context.setDefaultTimeout(60_000);
  let later: Awaited<ReturnType<typeof serve>> | undefined;
  try {
    const first = await context.newPage();
    await first.goto(copy.url);
    await controlled(first);
    await writeNote(first, 'Balcony', 'Growing tomatoes in pots.');
    await upToDate(first);
    await go(first, 'Health');
    await expect(first.getByText('Ready to be used offline.')).toBeVisible();
    const cdp = await context.newCDPSession(first);
    const { appId } = (await cdp.send('Page.getAppId')) as { appId: string };
    await cdp.send('PWA.install', { manifestId: appId, installUrlOrBundleUrl: appId });

    await copy.close();
    const system = await context.newCDPSession(context.pages()[0]!);
    await first.close();
    await system.send('PWA.launch', { manifestId: appId });
    const app = await launched(context, copy.url);
    await upToDate(app);
    const shared = await share(context, copy.url, {
      title: 'Wool',
      text: 'Hand wash lukewarm and dry flat.',
    });
    await expect(shared.getByText('What was shared is a note now.')).toBeVisible();
    await shared.close();
    await writeNote(app, 'Bicycle', 'The rear brake squeals when it is wet.');
    await upToDate(app);
    expect((await search(app, 'growing vegetables'))[0]).toMatch(/^Balcony/);
    await closeSearch(app);
    expect((await search(app, 'how to clean a jumper')).join()).toContain('Wool');
    await closeSearch(app);

    await go(app, 'Settings');
    await app.getByLabel('Import model folder').setInputFiles(model.dir);
    await expect(app.getByRole('status', { name: 'Model import result' })).toContainText(
      'Imported “tiny-last”',
    );
    const option = app.getByRole('option', { name: /^tiny-last/ });
    await app
      .getByRole('combobox', { name: 'Embedding model' })
      .selectOption({ label: (await option.textContent())! });
    const asked = app.getByRole('dialog', { name: 'Use “tiny-last”?' });
    await asked.getByRole('button', { name: 'Use this model' }).click();
    await expect(asked).toBeHidden();
    await upToDate(app);
    await go(app, 'Settings');
    await app.getByRole('combobox', { name: 'Device' }).selectOption('WebAssembly');
    await go(app, 'Health');
    await expect(async () => {
      const { Model, Device, Notes } = await readHealth(app);
      expect([Model, Device, Notes]).toEqual([
        expect.stringMatching(/^tiny-last/),
        'WebAssembly',
        '3',
      ]);
    }).toPass({ timeout: 60_000 });
    expect((await search(app, 'brake'))[0]).toMatch(/^Bicycle/);
    await closeSearch(app);

    publish(copy.dir, 'later');
    later = await serve({ dir: copy.dir, port: copy.port });
    await app.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
    });
    await app.getByRole('button', { name: 'Update', exact: true }).click();
    await expect(app.locator('meta[name=version]')).toHaveAttribute('content', 'later');
    await upToDate(app);
    expect((await search(app, 'tomatoes'))[0]).toMatch(/^Balcony/);
    await app.keyboard.press('Enter');
    await expectNote(app, 'Growing tomatoes in pots.');

    expect(proxy.requested.length).toBeGreaterThan(5);
    expect(proxy.foreign()).toEqual([]);
    await system.send('PWA.uninstall', { manifestId: appId });
  } finally {
    await context.close();
    await proxy.close();
    await later?.close();
    await copy[Symbol.asyncDispose]();
    model.remove();
    rmSync(profile, { recursive: true, force: true });
  }
});
