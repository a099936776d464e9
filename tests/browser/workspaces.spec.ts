import { expect, test } from './harness.ts';
import {
  closeSearch,
  expectNote,
  go,
  openSearch,
  readHealth,
  search,
  upToDate,
  writeNote,
} from './support/app.ts';

const workspace = (page: import('@playwright/test').Page) =>
  page.getByRole('combobox', { name: 'Workspace' });

async function create(page: import('@playwright/test').Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New workspace' }).click();
  const dialog = page.getByRole('dialog', { name: 'New workspace' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(workspace(page).locator('option:checked')).toHaveText(name);
}

// Each starts the engine several times: slow where cores are few.
test.describe.configure({ timeout: 120_000 });

test('each workspace has notes, search and status of its own', async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Private', 'The spare key hangs behind the ficus.');
  await upToDate(page);
  await create(page, 'Work');
  await expect(page.getByText(/never leave this device/)).toBeVisible();
  await writeNote(page, 'Minutes', 'We decided to repaint the lobby.');
  await upToDate(page);
  expect((await search(page, 'lobby'))[0]).toMatch(/^Minutes/);
  await closeSearch(page);
  const dialog = await openSearch(page);
  await dialog.getByRole('combobox').fill('ficus');
  await expect(dialog.getByRole('option', { name: /^Private/ })).toHaveCount(0);
  await closeSearch(page);

  // It survives a reload, and the way back finds everything without embedding it again.
  await page.reload();
  await expect(workspace(page).locator('option:checked')).toHaveText('Work');
  await workspace(page).selectOption({ label: 'My notes' });
  await upToDate(page);
  expect((await search(page, 'ficus'))[0]).toMatch(/^Private/);
  await closeSearch(page);
  await go(page, 'Health');
  await expect(async () => {
    const { 'Passages embedded': embedded, Notes, 'Workers alive': alive } = await readHealth(page);
    expect([embedded, Notes, alive]).toEqual(['1', '1', '1']);
  }).toPass();
});

test('a switch in the middle of typing loses nothing', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'New note' }).first().click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Hasty');
  await page.getByRole('textbox', { name: 'Note' }).fill('Typed a blink ago.');
  await create(page, 'Other');
  await workspace(page).selectOption({ label: 'My notes' });
  await page
    .getByRole('link', { name: /^Hasty/ })
    .first()
    .click();
  await expectNote(page, 'Typed a blink ago.');
});

/** Names of the databases that are there. */
const databases = (page: import('@playwright/test').Page) =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());

test('a workspace is renamed, and deleted in every tab once its name is typed', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await writeNote(page, 'Stays', 'This one is kept.');
  await create(page, 'Work');
  await writeNote(page, 'Goes', 'This one is not.');
  await go(page, 'Settings');
  await page.getByRole('button', { name: 'Rename “Work”' }).click();
  const renaming = page.getByRole('dialog', { name: 'Rename “Work”' });
  await renaming.getByRole('textbox', { name: 'Name' }).fill('Office');
  await renaming.getByRole('button', { name: 'Save' }).click();
  await expect(workspace(page).locator('option:checked')).toHaveText('Office');

  // Another tab shows it too, with a worker of its own.
  const other = await context.newPage();
  await other.goto('./');
  await workspace(other).selectOption({ label: 'Office' });
  await expect(other.getByRole('link', { name: /^Goes/ })).toBeVisible();
  expect(await databases(page)).toHaveLength(3);

  await page.getByRole('button', { name: 'Delete “Office”' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “Office”' });
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('office');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  for (const tab of [page, other]) {
    await expect(workspace(tab).locator('option')).toHaveText(['My notes']);
    await go(tab, 'Notes');
    await expect(tab.getByRole('link', { name: /^Stays/ }).first()).toBeVisible();
  }
  // Not offered from the first moment on; its database goes once the other tab has let go.
  await expect.poll(() => databases(page)).toEqual(['findling-app', 'findling-ws-default']);
});

test('“Delete all data” leaves nothing behind, and all tabs begin anew', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await writeNote(page, 'Secret', 'Nobody may read this.');
  await upToDate(page);
  const other = await context.newPage();
  await other.goto('./');
  await upToDate(other);
  await go(page, 'Settings');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption({ label: 'Dark' });
  await page.getByRole('button', { name: 'Delete all data' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete all data' });
  await dialog.getByRole('textbox').fill('delete');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  for (const tab of [page, other]) {
    await expect(tab.getByText(/never leave this device/)).toBeVisible();
    await expect(tab.getByRole('link', { name: /^Secret/ })).toHaveCount(0);
    await upToDate(tab);
  }
  // It works as on the first day.
  await writeNote(page, 'New', 'A clean start with marzipan.');
  await upToDate(page);
  expect((await search(page, 'marzipan'))[0]).toMatch(/^New/);
});

/** Opens Settings, presses the button, and types the word by key, as a person does. */
async function confirmTyped(
  page: import('@playwright/test').Page,
  name: string,
  word: string,
): Promise<void> {
  await go(page, 'Settings');
  await page.getByRole('button', { name }).click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByRole('textbox').click();
  await page.keyboard.type(word, { delay: 20 });
  await dialog.getByRole('button', { name: 'Delete' }).click();
}

test('lists follow what other tabs create, rename and delete', { tag: '@long' }, async ({
  page,
  context,
}) => {
  await page.goto('./');
  const other = await context.newPage();
  await other.goto('./');
  const names = (tab: typeof page) => workspace(tab).locator('option');
  await expect(names(other)).toHaveText(['My notes']);
  await create(page, 'Work');
  await create(other, 'Home');
  for (const tab of [page, other])
    await expect(names(tab)).toHaveText(['My notes', 'Work', 'Home']);
  await go(other, 'Settings');
  await other.getByRole('button', { name: 'Rename “Work”' }).click();
  const renaming = other.getByRole('dialog', { name: 'Rename “Work”' });
  await renaming.getByRole('textbox', { name: 'Name' }).fill('Office');
  await renaming.getByRole('button', { name: 'Save' }).click();
  for (const tab of [page, other]) {
    await expect(names(tab)).toHaveText(['My notes', 'Office', 'Home']);
  }
  // The tab that shows it has its new name, and deletes by it.
  await confirmTyped(page, 'Delete “Home”', 'home');
  for (const tab of [page, other]) await expect(names(tab)).toHaveText(['My notes', 'Office']);
  await expect.poll(async () => (await databases(page)).length).toBe(3);
});

/** A tab that does not hear what others say on the channel of all tabs, so that its list is stale. */
async function deafTab(context: import('@playwright/test').BrowserContext) {
  const tab = await context.newPage();
  await tab.addInitScript(() => {
    const onmessage = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, 'onmessage')!;
    Object.defineProperty(BroadcastChannel.prototype, 'onmessage', {
      ...onmessage,
      set(handler) {
        if (this.name !== 'findling-tabs') onmessage.set!.call(this, handler);
      },
    });
  });
  return tab;
}

test('a stale list that chooses a deleted workspace is told, and the workspace stays deleted', {
  tag: '@long',
}, async ({ page, context }) => {
  await page.goto('./');
  await writeNote(page, 'Stays', 'This one is kept.');
  await create(page, 'Work');
  await writeNote(page, 'Goes', 'This one is not.');
  const stale = await deafTab(context);
  await stale.goto('./');
  await workspace(stale).selectOption({ label: 'My notes' });
  await expect(stale.getByRole('link', { name: /^Stays/ }).first()).toBeVisible();
  await confirmTyped(page, 'Delete “Work”', 'Work');
  await expect.poll(() => databases(page)).toEqual(['findling-app', 'findling-ws-default']);

  // Its list still has it, and something is typed when it is chosen.
  await expect(workspace(stale).locator('option')).toHaveText(['My notes', 'Work']);
  await stale.getByRole('button', { name: 'New note' }).first().click();
  await stale.getByRole('textbox', { name: 'Title' }).click();
  await stale.keyboard.type('Hasty', { delay: 20 });
  await workspace(stale).selectOption({ label: 'Work' });
  await expect(stale.getByText('This workspace is no longer on this device.')).toBeVisible();
  await expect(workspace(stale).locator('option')).toHaveText(['My notes']);
  // The tab is where it was, and goes on.
  await expect(stale.getByRole('textbox', { name: 'Title' })).toHaveValue('Hasty');
  await stale.keyboard.press('Enter');
  await stale.keyboard.type('and more', { delay: 20 });
  await expect(stale.getByRole('status', { name: 'Save state' })).toHaveText('Saved');
  expect(await databases(stale)).toEqual(['findling-app', 'findling-ws-default']);
  await stale.reload();
  await go(stale, 'Notes');
  await expect(stale.getByRole('link', { name: /^Hasty/ }).first()).toBeVisible();
  expect(await databases(stale)).toEqual(['findling-app', 'findling-ws-default']);
});

test('a tab whose workspace is deleted elsewhere says so, and what it could not save is kept', {
  tag: '@long',
}, async ({ page, context }) => {
  await page.goto('./');
  await writeNote(page, 'Stays', 'This one is kept.');
  await create(page, 'Work');
  const typing = await deafTab(context);
  await typing.goto('./');
  await writeNote(typing, 'Saved', 'Goes with its workspace.');
  // Nothing is saved any more from here on: what is typed is in memory alone.
  await typing.evaluate(() => {
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (stores, mode, options) {
      const full = mode === 'readwrite' && this.name.startsWith('findling-ws-');
      if (full && this.name !== 'findling-ws-default') {
        throw new DOMException('full', 'QuotaExceededError');
      }
      return transaction.call(this, stores, mode, options);
    };
  });
  await typing.getByRole('button', { name: 'New note' }).first().click();
  await typing.getByRole('textbox', { name: 'Title' }).click();
  await typing.keyboard.type('Half a thought', { delay: 20 });
  await typing.keyboard.press('Enter');
  await typing.keyboard.type('that is not saved yet', { delay: 20 });
  await page.bringToFront();
  await confirmTyped(page, 'Delete “Work”', 'work');
  await typing.bringToFront();
  await expect(
    typing
      .getByRole('alert')
      .filter({ hasText: 'The workspace “Work” was deleted in another tab' }),
  ).toHaveCount(2);
  await expect(workspace(typing).locator('option')).toHaveText(['My notes']);
  const left = typing.getByRole('region', { name: 'Text that was not saved' });
  await expect(left).toContainText('Half a thought');
  await left.getByRole('button', { name: 'Discard' }).click();
  await expect(left).toBeHidden();
  await typing.getByRole('button', { name: 'Undo' }).click();
  await left.getByRole('button', { name: 'Keep in “My notes”' }).click();
  await expect(typing.getByRole('textbox', { name: 'Title' })).toHaveValue('Half a thought');
  await expectNote(typing, 'that is not saved yet');
  await expect(left).toBeHidden();
  await expect.poll(() => databases(page)).toEqual(['findling-app', 'findling-ws-default']);
  await go(typing, 'Notes');
  await expect(typing.getByRole('listitem').filter({ hasText: /^Half|^Stays/ })).toHaveCount(2);
});

/** What is stored at this origin, by kind. */
const stored = (page: import('@playwright/test').Page) =>
  page.evaluate(async () => {
    const files: string[] = [];
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) files.push(name);
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name!).sort(),
      caches: (await caches.keys()).sort(),
      local: Object.keys(localStorage).sort(),
      session: Object.keys(sessionStorage).sort(),
      files,
    };
  });

/** Makes what another app, another copy and an earlier version of this one would leave behind. */
const leaveThings = (page: import('@playwright/test').Page) =>
  page.evaluate(async () => {
    for (const name of ['other-app', 'findlings', 'findling-ws-nobody-knows']) {
      await new Promise((resolve, reject) => {
        const request = indexedDB.open(name, 1);
        request.onupgradeneeded = () => request.result.createObjectStore('notes');
        request.onsuccess = () => resolve(request.result.close());
        request.onerror = reject;
      });
    }
    for (const name of ['other-cache', 'findling:/copy/:big', 'findling:/copy/:kept-models']) {
      await (await caches.open(name)).put('x', new Response('x'));
    }
    await (await caches.open('findling:/:kept-models')).put('x', new Response('x'));
    for (const area of [localStorage, sessionStorage]) {
      area.setItem('other-app', '1');
      area.setItem('findlingsapp', '1');
      area.setItem('findling-draft:t:w:n', '1');
    }
    const root = await navigator.storage.getDirectory();
    for (const name of ['other.txt', 'findling-file']) {
      await root.getFileHandle(name, { create: true });
    }
  });

test('“Delete all data” takes all that is Findling’s by name, and nothing of anybody else', {
  tag: '@long',
}, async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Secret', 'Nobody may read this.');
  await create(page, 'Work');
  await upToDate(page);
  await leaveThings(page);
  const before = await stored(page);
  expect(before.databases).toHaveLength(6);
  expect(before.local).toContain('findling-library');
  await go(page, 'Settings');
  await page.getByRole('button', { name: 'Delete all data' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete all data' });
  await expect(dialog).toContainText('Other copies of Findling at this address');

  // Cancelled, it is disarmed: opened again, nothing is typed.
  await page.keyboard.type('delete', { delay: 20 });
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('textbox')).toHaveValue('');
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.keyboard.press('Enter');
  await page.keyboard.type('delete', { delay: 20 });
  await page.keyboard.press('Enter');
  await expect(page.getByText(/never leave this device/)).toBeVisible();
  const after = await stored(page);
  expect(after.databases).toEqual([
    'findling-app',
    'findling-ws-default',
    'findlings',
    'other-app',
  ]);
  expect(after.caches).toEqual(
    expect.arrayContaining(['findling:/copy/:big', 'findling:/copy/:kept-models', 'other-cache']),
  );
  // The new start may have made an empty one.
  const kept = await page.evaluate(async () => {
    const cache = await caches.open('findling:/:kept-models');
    return (await cache.keys()).map(({ url }) => url);
  });
  expect(kept).toEqual([]);
  expect(after.local).toEqual(['findlingsapp', 'other-app']);
  // Those of the app are of the new start.
  expect(after.session).toEqual([
    'findling-tab',
    'findling-workspace',
    'findlingsapp',
    'other-app',
  ]);
  expect(after.files).toEqual(['other.txt']);
  await expect(workspace(page).locator('option')).toHaveText(['My notes']);
});

for (const cut of ['marked', 'half of the databases gone'] as const) {
  test(`“Delete all data” cut off (${cut}) is finished by the next start`, {
    tag: '@long',
  }, async ({ page }) => {
    await page.goto('./');
    await writeNote(page, 'Secret', 'Nobody may read this.');
    await create(page, 'Work');
    await page.goto('./icons/icon.svg');
    // As the tab that died left it.
    await page.evaluate(async (half) => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('findling-app');
        request.onsuccess = () => resolve(request.result);
      });
      const tx = db.transaction(['kv', 'workspaces'], 'readwrite');
      tx.objectStore('kv').put(true, 'deleting-all');
      const all = tx.objectStore('workspaces').getAll();
      all.onsuccess = () => {
        for (const record of all.result) {
          tx.objectStore('workspaces').put({ ...record, state: 'deleting' });
        }
      };
      await new Promise((resolve) => {
        tx.oncomplete = resolve;
      });
      db.close();
      if (!half) return;
      await new Promise((resolve) => {
        indexedDB.deleteDatabase('findling-ws-default').onsuccess = resolve;
      });
    }, cut !== 'marked');
    await page.goto('./');
    await expect(page.getByText(/never leave this device/)).toBeVisible();
    await expect(workspace(page).locator('option')).toHaveText(['My notes']);
    await expect.poll(() => databases(page)).toEqual(['findling-app', 'findling-ws-default']);
    await writeNote(page, 'New', 'As on the first day.');
    await go(page, 'Notes');
    await expect(page.getByRole('link', { name: /^Secret/ })).toHaveCount(0);
  });
}

test('a deletion that was cut off is finished by the next start, in every tab', {
  tag: '@long',
}, async ({ page, context }) => {
  await page.goto('./');
  await create(page, 'Work');
  await writeNote(page, 'Goes', 'This one is not kept.');
  // As a tab that died right after the mark left it; this one was not told.
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('findling-app');
      request.onsuccess = () => resolve(request.result);
    });
    const { store } = {
      store: db.transaction('workspaces', 'readwrite').objectStore('workspaces'),
    };
    const all = store.getAll();
    await new Promise((resolve) => {
      all.onsuccess = () => {
        const record = all.result.find(({ name }) => name === 'Work');
        store.put({ ...record, state: 'deleting' }).onsuccess = resolve;
      };
    });
    db.close();
  });
  const next = await context.newPage();
  await next.goto('./');
  await expect(workspace(next).locator('option')).toHaveText(['My notes']);
  await expect(
    page.getByRole('alert').filter({ hasText: 'The workspace “Work” was deleted in another tab' }),
  ).toBeVisible();
  await expect(workspace(page).locator('option')).toHaveText(['My notes']);
  await expect.poll(() => databases(next)).toEqual(['findling-app', 'findling-ws-default']);
});

test('a database that no workspace has is offered, and kept or deleted', { tag: '@long' }, async ({
  page,
}) => {
  await page.goto('./');
  for (const [name, title] of [
    ['Lost', 'Left behind'],
    ['Gone', 'Unwanted'],
  ] as const) {
    await create(page, name);
    await writeNote(page, title, 'Of a workspace that an earlier version brought back.');
  }
  await workspace(page).selectOption({ label: 'My notes' });
  await page.goto('./icons/icon.svg');
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('findling-app');
      request.onsuccess = () => resolve(request.result);
    });
    const tx = db.transaction('workspaces', 'readwrite');
    const all = tx.objectStore('workspaces').getAll();
    all.onsuccess = () => {
      for (const { id } of all.result) {
        if (id !== 'default') tx.objectStore('workspaces').delete(id);
      }
    };
    await new Promise((resolve) => {
      tx.oncomplete = resolve;
    });
    db.close();
  });
  await page.goto('./');
  const found = page.getByRole('region', { name: 'Found notes' });
  await expect(found).toHaveCount(2);
  await expect(found.first()).toContainText('There is a note on this device');
  await go(page, 'Settings');
  await found.first().getByRole('button', { name: 'Delete found notes' }).click();
  await page.keyboard.type('delete', { delay: 20 });
  await page.keyboard.press('Enter');
  await expect(found).toHaveCount(1);
  expect(await databases(page)).toHaveLength(3);
  await go(page, 'Notes');
  await found.getByRole('button', { name: 'Keep' }).click();
  await expect(found).toHaveCount(0);
  await expect(workspace(page).locator('option')).toHaveText(['My notes', 'Found notes']);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(workspace(page).locator('option:checked')).toHaveText('Found notes');
  await expect(page.getByRole('link', { name: /^(Left behind|Unwanted)/ })).toHaveCount(1);
});

test('a name that was typed and not used is gone when the dialog is opened again', async ({
  page,
}) => {
  await page.goto('./');
  const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
  await page.getByRole('button', { name: 'New workspace' }).click();
  await page.keyboard.type('Wor', { delay: 20 });
  await expect(name).toHaveValue('Wor');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  // The focus is back on the button.
  await page.keyboard.press('Enter');
  await expect(name).toHaveValue('');
  await page.keyboard.press('Escape');
  await go(page, 'Settings');
  await page.getByRole('button', { name: 'Rename “My notes”' }).click();
  await page.keyboard.type('X', { delay: 20 });
  await expect(name).toHaveValue(/X/);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Enter');
  await expect(name).toHaveValue('My notes');
});

test('two tabs start at once on a fresh profile: one workspace, and both work', {
  tag: '@long',
}, async ({ page, context }) => {
  const other = await context.newPage();
  await Promise.all([page.goto('./'), other.goto('./')]);
  for (const [tab, title] of [
    [page, 'One'],
    [other, 'Two'],
  ] as const) {
    await tab.bringToFront();
    await writeNote(tab, title, 'Some text.');
    await go(tab, 'Notes');
  }
  for (const tab of [page, other]) {
    await expect(workspace(tab).locator('option')).toHaveText(['My notes']);
    await expect(tab.getByRole('link', { name: /^(One|Two)/ })).toHaveCount(2);
  }
  expect(await databases(page)).toEqual(['findling-app', 'findling-ws-default']);
});
