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
          testTimeout: 600_000,
        },
      },
    ],
  },
});
