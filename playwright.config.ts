import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium, findHeadlessChromium } from './scripts/chromium.mjs';
import type { Options } from './tests/browser/harness.ts';

/** TEST_PORT: so that several checkouts can be tested at the same time; the next one is used, too. */
const FIRST = Number(process.env.TEST_PORT ?? 4199);

/** The server of a built app: `dist` is what people get, `dist-test` the build for tests. */
const server = (dir: string, port: number) => ({
  command: `node scripts/serve.mjs ${dir}`,
  url: `http://localhost:${port}/`,
  env: { PORT: String(port) },
  reuseExistingServer: !process.env.CI,
  timeout: 30_000,
});

const onPort = (port: number) => ({ baseURL: `http://localhost:${port}/` });
const quick = onPort(FIRST - 1);
const launch = (executablePath: string | null) => ({
  launchOptions: { executablePath: executablePath ?? undefined, args: CHROMIUM_ARGS },
});
const whole = launch(findChromium());
const headless = launch(findHeadlessChromium());

// Set here for all of Playwright's processes: each reads the spec, and all must read the same.
process.env.SOAK_MINUTES ??= '2';
process.env.SOAK_SEED ??= String(Math.floor(Math.random() * 2 ** 31));

/** All of them, and every seed of each: `npm run test:long`. */
const LONG = process.env.FINDLING_LONG === 'all';

/**
 * Four projects. `app`: the app on the test build, whose model is small and whose service worker
 * is left out, for what depends on neither. `shipped`: what people get. `faults`, `soak`: the test
 * build, broken at named places.
 */
export default defineConfig<Options>({
  outputDir: 'test-results',
  // Long, so that a slow machine fails no test: a time that matters is bounded by the test itself.
  timeout: 150_000,
  expect: { timeout: 30_000 },
  retries: 0,
  workers: Number(process.env.TEST_WORKERS ?? 2),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    trace: 'off',
    screenshot: 'only-on-failure',
    serviceWorkers: 'allow',
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    ...whole,
  },
  // What a quicker test holds, too, or few changes can break, is marked @long.
  grepInvert: process.env.FINDLING_LONG ? undefined : /@long/,
  projects: [
    {
      name: 'app',
      testDir: 'tests/browser',
      use: { ...quick, ...headless, serviceWorkers: 'block', waitFactor: LONG ? 1 : 0.25 },
    },
    { name: 'shipped', testDir: 'tests/shipped', use: { ...onPort(FIRST), ...headless } },
    {
      name: 'faults',
      testDir: 'tests/faults',
      timeout: LONG ? 20 * 60_000 : 4 * 60_000,
      use: quick,
    },
    { name: 'soak', testDir: 'tests/soak', use: { ...quick, screenshot: 'off' } },
  ],
  webServer: [server('dist-test', FIRST - 1), server('dist', FIRST)],
});
