import { defineConfig } from 'vitest/config';
import { staticImports } from './tests/engine/platform/static-imports.ts';

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        plugins: [staticImports()],
        test: {
          name: 'engine',
          include: ['tests/engine/**/*.test.ts'],
          // All steps of a kind take minutes, and more beside other work.
          testTimeout: process.env.FINDLING_LONG === 'all' ? 3_600_000 : 600_000,
        },
      },
    ],
  },
});
