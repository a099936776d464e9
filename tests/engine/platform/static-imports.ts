import type { Plugin } from 'vite';

/** `import('./x.ts')`, as the sources have it; `typeof import('./x.ts')` is a type. */
const DYNAMIC = /(?<!\btypeof )\bimport\(\s*'(\.[^']+\.ts)'\s*\)/g;
/** The real runtime, which is not run here, and what only a page with a screen has. */
const LEFT = /embedder\.ts$|\/trial\/|layout-worker/;

/**
 * What the app fetches later is there from the start: a dynamic import is answered by the test
 * runner's server, in its own time, and two runs of the same seed would differ.
 */
export function staticImports(): Plugin {
  return {
    name: 'static-imports',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id) || !code.includes('import(')) return null;
      const heads: string[] = [];
      const changed = code.replace(DYNAMIC, (found, path: string) => {
        if (LEFT.test(path)) return found;
        heads.push(`import * as later${heads.length} from '${path}';`);
        return `Promise.resolve(later${heads.length - 1})`;
      });
      return heads.length > 0 ? { code: `${heads.join('')}${changed}`, map: null } : null;
    },
  };
}
