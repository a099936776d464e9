import { defineConfig } from '@playwright/test';
import base, { PORT as FIRST } from './playwright.config.ts';

const PORT = FIRST - 2;

// Set here for all of Playwright's processes: each reads the spec, and all must read the same.
process.env.SOAK_MINUTES ??= '2';
process.env.SOAK_SEED ??= String(Math.floor(Math.random() * 2 ** 31));

/** The soak, on a build with the fault port (`--mode test`). */
export default defineConfig({
  ...base,
  testDir: 'tests/soak',
  use: { ...base.use, baseURL: `http://localhost:${PORT}/`, screenshot: 'off' },
  webServer: {
    command: 'node scripts/serve.mjs dist-test',
    url: `http://localhost:${PORT}/`,
    env: { PORT: String(PORT) },
    reuseExistingServer: !process.env.CI,
    timeout: 30_000,
  },
});
