import { defineConfig } from 'vitest/config';
import { staticImports } from './tests/engine/platform/static-imports.ts';

/**
 * Tests that go through a folder's code without being about it. They would run for nearly every
 * mutant there, and take most of the time.
 */
const PASSING_BY: Record<string, string[]> = {
  'src/storage/notes': ['backup-flips', 'search', 'segments', 'sizes', 'workspaces'],
};
const passingBy = PASSING_BY[process.env.FINDLING_MUTATE ?? ''] ?? [];

/** For the mutation tester (stryker.config.mjs), which picks the tests that a mutant needs. */
export default defineConfig({
  plugins: [staticImports()],
  test: {
    // Crashes and seeds take minutes, and a mutant that they meet would have all of them run.
    include: ['tests/unit/**/*.test.ts', 'tests/engine/*.test.ts'],
    exclude: passingBy.map((name) => `tests/unit/${name}.test.ts`),
    testTimeout: 60_000,
  },
});
