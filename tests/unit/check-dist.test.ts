import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blindSigns, problems, shellFiles } from '../../scripts/check-dist.mjs';

let dist: string;
const put = (file: string, text: string) => writeFileSync(join(dist, file), text);

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'findling-dist-'));
  mkdirSync(join(dist, 'assets'));
  put('index.html', '<script type="module" src="./assets/a.js"></script>');
  put('assets/a.js', 'import{b}from"./b.js";import("./lazy.js");b()');
  put('assets/b.js', 'export const b=()=>{};');
  put('assets/lazy.js', `//${randomBytes(200_000).toString('base64')}`);
});
afterEach(() => rmSync(dist, { recursive: true, force: true }));

describe('what is shipped', () => {
  it('counts what the first screen imports, and not what comes on demand', () => {
    expect(shellFiles(dist)).toEqual(['assets/a.js', 'assets/b.js']);
    expect(problems(dist)).toEqual([]);
  });

  it('must be small on the first screen', () => {
    put('assets/b.js', `export const b="${randomBytes(80_000).toString('hex')}";`);
    expect(problems(dist)).toEqual([expect.stringMatching(/^The first screen loads \d+ bytes/)]);
  });

  it('holds no source map and no code of tests', () => {
    put('assets/lazy.js.map', '{}');
    put('assets/b.js', 'export const b=1;//# sourceMappingURL=b.js.map');
    put('assets/a.js', 'new BroadcastChannel("findling-faults")');
    expect(problems(dist)).toEqual([
      'A source map: assets/lazy.js.map',
      'Names a source map: assets/b.js',
      'Code of tests: assets/a.js',
    ]);
  });

  it('knows signs of tests that nothing shows any more', () => {
    expect(blindSigns(dist)).toEqual([
      'findling-faults',
      'faultsForNextWorker',
      'globalThis,{findling:',
    ]);
    put(
      'assets/a.js',
      'new BroadcastChannel("findling-faults");faultsForNextWorker();x(globalThis,{findling:y})',
    );
    expect(blindSigns(dist)).toEqual([]);
  });
});
