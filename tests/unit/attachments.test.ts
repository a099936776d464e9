import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseName } from '../../src/storage/db.ts';
import type { DeletedNotes, Notes } from '../../src/storage/notes/index.ts';
import { attachmentIdsIn, ShownAmong } from '../../src/storage/notes/shown-among.ts';
import { random } from '../random.ts';
import { createNotes } from '../support/fresh.ts';

const DAY = 24 * 60 * 60_000;
const next = random(28);
const newHash = (): string =>
  Array.from({ length: 64 }, () => Math.floor(next() * 16).toString(16)).join('');

let workspace: string;
let notes: Notes;
let deleted: DeletedNotes;
let now: number;
let image: string;
let serial = 0;
let unsaved: () => string[];
/** Called whenever the clock is looked at. */
let onClock: () => void;
/** What happens once all texts are read, before the unused attachments are deleted. */
let meanwhile: (() => Promise<unknown>) | null;
/** The texts here are read in so many pieces: notes, versions, the trash, undo histories. */
const PIECES = 4;

beforeEach(async () => {
  workspace = `attachments${++serial}`;
  now = Date.UTC(2026, 10, 1);
  unsaved = () => [];
  onClock = () => {};
  meanwhile = null;
  image = newHash();
  const clock = (): number => {
    onClock();
    return now;
  };
  notes = await createNotes(workspace, { now: clock, newId: () => `id${++serial}` });
  deleted = await notes.deleted();
  await keep(image);
  // So that there is something to read.
  for (let n = 0; n < 3; n++) await save(`other${n}`, `no image ${newHash()}`);
});

const keep = (id: string) =>
  notes.addAttachment({ id, type: 'image/png', bytes: new ArrayBuffer(100), added: now });
const save = async (id: string, text: string, baseRevision = 0) =>
  (await notes.save({ id, title: id, text, baseRevision })).meta.revision;
const address = (id = image) => `![](attachment:${id})`;
const isThere = async (id = image) => (await notes.attachment(id)) !== undefined;

const sweep = () => {
  let pieces = 0;
  return deleted.sweepAttachments({
    unsaved: () => unsaved(),
    async pause() {
      if (++pieces === PIECES) {
        const act = meanwhile;
        meanwhile = null;
        await act?.();
      }
      return true;
    },
  });
};
/** Two starts more than a day apart. */
async function twoStarts(): Promise<string[]> {
  await sweep();
  now += DAY;
  return sweep();
}

describe('an attachment', () => {
  it('goes at the second of two starts a day apart, if nothing shows it at either', async () => {
    expect(await sweep()).toEqual([]);
    now += DAY - 1;
    expect(await sweep()).toEqual([]);
    expect((await deleted.freeable()).attachments).toBe(100);
    now += 1;
    expect(await sweep()).toEqual([image]);
    expect(await isThere()).toBe(false);
    expect((await deleted.freeable()).attachments).toBe(0);
  });

  it('has its day begun anew by being shown in between', async () => {
    await sweep();
    now += DAY;
    await save('a', address());
    expect(await sweep()).toEqual([]);
    await save('a', '', 1);
    expect(await sweep()).toEqual([]);
    now += DAY - 1;
    expect(await sweep()).toEqual([]);
    now += 1;
    expect(await sweep()).toEqual([image]);
  });

  const atPath = (path: string, id = image) =>
    notes.addAttachment(
      { id, type: 'image/png', bytes: new ArrayBuffer(100), added: now },
      { path, time: 1 },
    );

  it('that was imported goes with its path, if no text names its file', async () => {
    await atPath('v/img/harbour view.png');
    await save('a', '![](other.png) and the harbour view.jpg');
    expect(await twoStarts()).toEqual([image]);
    expect(await notes.files()).toEqual([]);
  });

  const named: Record<string, string> = {
    'a path': '![](img/Hafen-Blick.png)',
    'a path from elsewhere': '![](../../other/hafen-blick.PNG "title")',
    'a path in a long row of signs that is not read': `${'*_['.repeat(10_000)}![](hafen-blick.png)`,
    'an encoded path': '![](img/H%61fen-Blick.png)',
    'an escaped path': '![](img/Hafen\\-Blick&period;png)',
    'a name': '![[Hafen-Blick.png|200]]',
    'a link to it': 'See [[Hafen-Blick.png]].',
    'a definition': '![x][r]\n\n[r]: <img/Hafen-Blick.png>',
    HTML: '<img src="img/Hafen-Blick.png">',
  };
  for (const [how, text] of Object.entries(named)) {
    it(`that is named by ${how} stays`, async () => {
      await atPath('v/img/Hafen-Blick.png');
      await save('a', text);
      expect(await twoStarts()).toEqual([]);
      expect(await isThere()).toBe(true);
    });
  }

  it('that an undo may name again, of which a letter was deleted, stays', async () => {
    await atPath('v/img/harbour.png');
    const revision = await save('a', '![](img/habour.png)');
    await notes.keepUndo({ note: 'a', revision, json: JSON.stringify(['r']) });
    expect(await twoStarts()).toEqual([]);
  });

  it('whose path got other bytes goes, and what the path names by now stays', async () => {
    const other = newHash();
    await atPath('v/one.png');
    await atPath('v/one.png', other);
    await save('a', '![](one.png)');
    expect(await twoStarts()).toEqual([image]);
    expect((await notes.files()).map(({ attachment }) => attachment)).toEqual([other]);
  });

  it('that is named just before the deleting transaction stays', async () => {
    await atPath('v/one.png');
    await sweep();
    now += DAY;
    meanwhile = () => save('a', '![[one.png]]');
    expect(await sweep()).toEqual([]);
    expect(await isThere()).toBe(true);
  });

  const places: Record<string, () => Promise<unknown>> = {
    'a note': () => save('a', `before ${address()} after`),
    'a version': async () => {
      await save('a', address());
      now += DAY;
      return save('a', 'no more', 1);
    },
    'a deleted note': async () => {
      await save('a', address());
      return notes.remove('a');
    },
    'an undo history': async () => {
      const revision = await save('a', 'no more');
      const json = JSON.stringify({ done: [{ changes: [0, [0, address(), '"quoted"\n']] }] });
      return notes.keepUndo({ note: 'a', revision, json });
    },
    'an unsaved text': async () => {
      unsaved = () => [address()];
    },
    'a text that lost a letter, which the undo history has': async () => {
      const broken = address().replace(image, image.slice(0, 40) + image.slice(41));
      const revision = await save('a', broken);
      await notes.keepUndo({ note: 'a', revision, json: JSON.stringify([image[40]]) });
    },
    'a history that has half of it': async () => {
      const revision = await save('a', address().slice(0, 30));
      await notes.keepUndo({ note: 'a', revision, json: JSON.stringify([image.slice(17)]) });
    },
  };
  for (const [place, show] of Object.entries(places)) {
    it(`that ${place} shows stays`, async () => {
      await show();
      expect(await twoStarts()).toEqual([]);
      now += DAY;
      expect(await sweep()).toEqual([]);
      expect(await isThere()).toBe(true);
    });

    it(`that ${place} shows again between the reading and the deleting stays`, async () => {
      await sweep();
      now += DAY;
      meanwhile = show;
      expect(await sweep()).toEqual([]);
      expect(meanwhile).toBeNull();
      expect(await isThere()).toBe(true);
    });
  }

  it('that is pasted again between the reading and the deleting stays', async () => {
    await sweep();
    now += DAY;
    meanwhile = () => keep(image);
    expect(await sweep()).toEqual([]);
    expect(await isThere()).toBe(true);
    // It has a day from here on, and so has the text that is to show it.
    now += DAY - 1;
    expect(await sweep()).toEqual([]);
    now += 1;
    expect(await sweep()).toEqual([image]);
  });

  it('shown again by a version that took the place of another, with a save, stays', async () => {
    await save('a', 'first');
    now += DAY;
    await save('a', 'second', 1);
    await sweep();
    now += DAY;
    meanwhile = async () => {
      const db = await openDB(databaseName(workspace));
      const [version] = await db.getAllFromIndex('versions', 'note', 'a');
      await db.put('versions', { ...version, text: address() });
      db.close();
      await save('a', 'third', 2);
    };
    expect(await sweep()).toEqual([]);
    expect(await isThere()).toBe(true);
  });

  it('pasted again just before the deleting transaction stays', async () => {
    await sweep();
    now += DAY;
    let kept: Promise<unknown> | null = null;
    // After it was looked up how long each has been unused.
    onClock = () =>
      queueMicrotask(() => {
        kept ??= keep(image);
      });
    expect(await sweep()).toEqual([]);
    await kept;
    expect(await isThere()).toBe(true);
  });

  it('in a text that was typed just before the deleting transaction stays', async () => {
    await sweep();
    now += DAY;
    let asked = 0;
    unsaved = () => (++asked === 1 ? [] : [address()]);
    expect(await sweep()).toEqual([]);
    expect([asked, await isThere()]).toEqual([2, true]);
  });

  it('shown again by a version alone, as one that was found after a crash, stays', async () => {
    await save('a', 'first');
    await sweep();
    now += DAY;
    meanwhile = async () => {
      const db = await openDB(databaseName(workspace));
      await db.add('versions', { note: 'a', at: 1, title: '', text: address(), why: 'edit' });
      db.close();
    };
    expect(await sweep()).toEqual([]);
    expect(await isThere()).toBe(true);
  });

  it('is not touched when the sweep is told to stop', async () => {
    await sweep();
    now += DAY;
    const stopped = await deleted.sweepAttachments({
      unsaved: () => [],
      pause: async () => false,
    });
    expect([stopped, await isThere()]).toEqual([[], true]);
  });

  it('goes alone: those that are shown stay, in a library read in many pieces', async () => {
    const shown = Array.from({ length: 30 }, newHash);
    const unused = Array.from({ length: 30 }, newHash);
    for (const id of [...shown, ...unused]) await keep(id);
    for (const [i, id] of shown.entries()) {
      await save(`s${i}`, `${'long '.repeat(60_000)}${address(id)}`);
      now += DAY;
      if (i % 3 === 0) await save(`s${i}`, 'no more', 1);
      if (i % 3 === 1) await notes.remove(`s${i}`);
    }
    expect((await twoStarts()).sort()).toEqual([image, ...unused].sort());
    for (const id of shown) expect(await isThere(id)).toBe(true);
  });
});

describe('what a text shows', () => {
  it('is told by its addresses', () => {
    const [a, b] = [newHash(), newHash()];
    const text = `![x](attachment:${a}) [y]: attachment:${b} ![again](<attachment:${a}>) ${newHash()}`;
    expect([...attachmentIdsIn(text)]).toEqual([a, b]);
  });

  it('is found in a long row of digits, wherever it begins', () => {
    for (let before = 0; before < 40; before++) {
      const id = newHash();
      const row = `${newHash().slice(0, before)}${id}${newHash().slice(before)}`;
      expect([...new ShownAmong([newHash(), id]).in(row)]).toEqual([id]);
    }
  });

  it('is found with any one of its digits wrong or gone', () => {
    const id = newHash();
    const among = new ShownAmong([id, newHash()]);
    for (let at = 0; at < 64; at++) {
      const other = id[at] === '0' ? '1' : '0';
      expect([...among.in(`:${id.slice(0, at)}${other}${id.slice(at + 1)})`)]).toEqual([id]);
      expect([...among.in(`:${id.slice(0, at)}${id.slice(at + 1)})`)]).toEqual([id]);
    }
    expect(among.in(newHash()).size).toBe(0);
  });
});
