/**
 * The one source of truth for response headers: the bundled server, the dev server, and the files
 * for other hosts (`dist/_headers`, `dist/nginx-headers.conf`,
 * `dist/Caddyfile.headers`) are all made from here.
 */

const directives = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'media-src': "'self' blob:",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
};

const policy = (/** @type {Record<string, string>} */ map) =>
  Object.entries(map)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

const DENIED = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** Sent with every response, errors included: a worker takes its policy from its own script. */
export const HEADERS = {
  'Content-Security-Policy': policy(directives),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'Permissions-Policy': DENIED.map((feature) => `${feature}=()`).join(', '),
};

const { 'require-trusted-types-for': _tt, 'trusted-types': _names, ...untrusted } = directives;

/** For `vite dev` only: hot reload injects inline scripts and styles and speaks over a socket. */
export const DEV_HEADERS = {
  ...HEADERS,
  'Content-Security-Policy': policy({
    ...untrusted,
    'script-src': "'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    'style-src': "'self' 'unsafe-inline'",
    'connect-src': "'self' ws: wss:",
  }),
};

export const IMMUTABLE = 'public, max-age=31536000, immutable';
export const REVALIDATE = 'no-cache';

/** @param {string} path below the app's folder, without a leading slash */
export const cacheControl = (path) => (path.startsWith('assets/') ? IMMUTABLE : REVALIDATE);

/** For Netlify and Cloudflare Pages. */
export function headersFile() {
  const lines = Object.entries(HEADERS).map(([name, value]) => `  ${name}: ${value}`);
  return `${[
    '/*',
    ...lines,
    '/assets/*',
    `  Cache-Control: ${IMMUTABLE}`,
    '/sw.js',
    `  Cache-Control: ${REVALIDATE}`,
    '/index.html',
    `  Cache-Control: ${REVALIDATE}`,
  ].join('\n')}\n`;
}

/** For nginx: `include` it in a `server` block that has no add_header of its own. */
export function nginxFile() {
  const lines = Object.entries(HEADERS).map(
    ([name, value]) => `add_header ${name} "${value}" always;`,
  );
  return `${[
    '# include this in the server block; a location with its own add_header loses these.',
    ...lines,
    `set $findling_cache "${REVALIDATE}";`,
    `if ($uri ~ "/assets/") { set $findling_cache "${IMMUTABLE}"; }`,
    'add_header Cache-Control $findling_cache;',
    'location ~ \\.mjs$ { types { } default_type text/javascript; }',
    'location ~ \\.webmanifest$ { types { } default_type application/manifest+json; }',
  ].join('\n')}\n`;
}

/** For Caddy: `import` it in the site's block. */
export function caddyFile() {
  const lines = Object.entries(HEADERS).map(([name, value]) => `\t${name} "${value}"`);
  return `${[
    '# import this in the site block that serves the app.',
    'header {',
    ...lines,
    `\tCache-Control "${REVALIDATE}"`,
    '}',
    '@findling_assets path_regexp /assets/',
    `header @findling_assets Cache-Control "${IMMUTABLE}"`,
  ].join('\n')}\n`;
}
