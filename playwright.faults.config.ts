import { defineConfig } from '@playwright/test';
import base, { PORT as FIRST } from './playwright.config.ts';

const PORT = FIRST - 1;

/**
 * Faults, on a build with the fault port (`--mode test`). `npm test` runs a few seeded moments of
 * each; `npm run test:faults` (FINDLING_FAULTS=all) runs them all.
 */
export default defineConfig({
  ...base,
  testDir: 'tests/faults',
  timeout: process.env.FINDLING_FAULTS === 'all' ? 20 * 60_000 : 4 * 60_000,
  use: { ...base.use, baseURL: `http://localhost:${PORT}/` },
  webServer: {
    command: 'node scripts/serve.mjs dist-test',
    url: `http://localhost:${PORT}/`,
    env: { PORT: String(PORT) },
    reuseExistingServer: !process.env.CI,
    timeout: 30_000,
  },
});
