/**
 * The `default` Trusted Types policy of a realm (page or worker): script URLs of our own origin
 * pass, nothing else does. Install it first of all: every Worker and service worker goes through.
 */
interface PolicyFactory {
  defaultPolicy?: unknown;
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

interface Realm {
  trustedTypes?: PolicyFactory;
  location: { href: string; origin: string; protocol: string };
}

/** Throws for a script URL that is not an ordinary one of our own origin. */
export function sameOriginScriptUrl(url: string, location: Realm['location']): string {
  const resolved = new URL(url, location.href);
  // A blob: URL made here has our origin too, but its text may come from anywhere.
  if (resolved.origin !== location.origin || resolved.protocol !== location.protocol) {
    throw new TypeError(`Refused script URL: ${resolved.href}`);
  }
  return resolved.href;
}

/**
 * Once a realm; does nothing where the browser has no Trusted Types, or a default policy is there.
 */
export function installTrustedTypes(): void {
  const realm = globalThis as unknown as Realm;
  const factory = realm.trustedTypes;
  if (!factory || factory.defaultPolicy) return;
  factory.createPolicy('default', {
    createScriptURL: (url) => sameOriginScriptUrl(url, realm.location),
  });
}
