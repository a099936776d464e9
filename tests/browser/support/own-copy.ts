/** A copy of the built app on a server of its own, which can be spoilt, stopped and replaced. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../../scripts/serve.mjs';

export async function ownCopy() {
  const dir = mkdtempSync(join(tmpdir(), 'findling-'));
  cpSync('dist', dir, { recursive: true });
  const server = await serve({ dir });
  return {
    dir,
    ...server,
    async [Symbol.asyncDispose]() {
      await server.close();
      rmSync(dir, { recursive: true });
    },
  };
}

const integrity = (content: string) =>
  `sha256-${createHash('sha256').update(content).digest('base64')}`;

/** Replaces the app in this folder by another version, whose page says `name` in a meta element. */
export function publish(dir: string, name: string): void {
  const read = (file: string) => readFileSync(join(dir, file), 'utf8');
  const before = read('index.html');
  const after = before.replace('<head>', `<head><meta name="version" content="${name}">`);
  const script = read('sw.js');
  // The build's name stands where the shell's cache is named, 12 hex digits.
  const build = /["'`]([0-9a-f]{12})["'`]/.exec(script)?.[1];
  if (!build || !script.includes(integrity(before))) throw new Error('sw.js is not as expected');
  writeFileSync(join(dir, 'index.html'), after);
  writeFileSync(
    join(dir, 'sw.js'),
    script.replaceAll(build, name).replace(integrity(before), integrity(after)),
  );
}
