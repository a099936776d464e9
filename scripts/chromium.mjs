/** Where this machine's Chromium is: tests drive the installed browser and download none. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/opt/google/chrome',
  ...(process.env.PATH ?? '').split(delimiter),
];
const APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const runs = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const everywhere = (names) => names.flatMap((name) => PLACES.map((place) => join(place, name)));

/** @returns {string | null} */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return runs(chosen) ? chosen : null;
  return [...everywhere(NAMES), ...APPS].find(runs) ?? null;
}

/**
 * The same engine without a window and all that belongs to one (toolbar, extensions, sign-in), which
 * takes a third of a test's time; else the whole one.
 * @returns {string | null}
 */
export function findHeadlessChromium() {
  const shell = everywhere(['chromium-headless-shell', 'chrome-headless-shell']).find(runs);
  return (process.env.CHROMIUM_PATH ? null : shell) ?? findChromium();
}

export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium itself asks its maker about form fields, pages and the time. The list replaces
  // Playwright's own (the last one wins), so that one is repeated here.
  `--disable-features=${[
    'AutofillServerCommunication',
    'OptimizationHints',
    'OptimizationGuideModelDownloading',
    'NetworkTimeServiceQuerying',
    'PreconnectToSearch',
    'MediaRouter',
    'LensOverlay',
    'AimEnabled',
    'HttpsUpgrades',
    'HttpsFirstBalancedModeAutoEnable',
    'ThirdPartyStoragePartitioning',
    'PaintHolding',
    'DestroyProfileOnBrowserClose',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'CDPScreenshotNewSurface',
  ].join(',')}`,
];
