/**
 * `npm start`: from a fresh clone to a running app. Installs, builds and serves, each only where
 * something is missing or out of date; without network once that is done. No dependency may be
 * imported at the top: node_modules may not exist yet.
 */
import { spawnSync } from 'node:child_process';
import { install, nodeProblem, ROOT } from './install.mjs';
import { portFromEnv, portProblem, serve } from './serve.mjs';

function fail(message) {
  console.error(message);
  process.exit(1);
}

process.chdir(ROOT);
const port = portFromEnv();
const nodeTrouble = nodeProblem();
if (nodeTrouble) fail(nodeTrouble);
if (port === null) fail(`PORT is not a port number: ${process.env.PORT}`);

// Asked first, so that a taken port is not found out after minutes of work.
try {
  await (await serve({ dir: 'dist', port })).close();
} catch (error) {
  fail(portProblem(error, port));
}

const installTrouble = install();
if (installTrouble) fail(installTrouble);
const build = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'inherit' });
if (build.status !== 0) fail('The build failed: see above.');

try {
  const { url } = await serve({ dir: 'dist', port, base: process.env.BASE || '/' });
  console.log(`Findling is ready: ${url}`);
} catch (error) {
  fail(portProblem(error, port));
}
