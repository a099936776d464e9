import { sha256 } from '../../sha256.ts';

/**
 * Whether a model's files are the ones it was published with. The service worker checks what it
 * keeps, but there may be none; weights with a few flipped bits load well and give wrong vectors.
 */
interface Manifest {
  files: readonly PublishedFile[];
}
export interface PublishedFile {
  path: string;
  /** Hex. */
  sha256: string;
}

export interface WholenessCheck {
  /** Hashes a file that was fetched; the library goes on reading it meanwhile. */
  note(url: string, copy: Response): void;
  /** The path of a noted file that differs from the manifest's, if any. */
  damaged(): Promise<string | undefined>;
}

/**
 * @param folder URL of the model's folder, ending in `/`; without a manifest all passes
 * @param files what its manifest would say, where that is known already
 */
export function checkWholeness(folder: string, files?: readonly PublishedFile[]): WholenessCheck {
  const hashes = new Map<string, Promise<string>>();
  const { pathname } = new URL(folder);
  return {
    note(url, copy) {
      const path = new URL(url, folder).pathname;
      if (!path.startsWith(pathname)) return;
      const hash = copy.arrayBuffer().then(sha256);
      // A body that is cut off is the library's to report.
      hash.catch(() => {});
      hashes.set(path.slice(pathname.length), hash);
    },
    async damaged() {
      for (const file of files ?? (await published(folder))) {
        const found = await hashes.get(file.path);
        if (found !== undefined && found !== file.sha256) return file.path;
      }
      return undefined;
    },
  };
}

async function published(folder: string): Promise<readonly PublishedFile[]> {
  const response = await fetch(`${folder}manifest.json`).catch(() => null);
  const manifest: Manifest | null = response?.ok ? await response.json() : null;
  return manifest?.files ?? [];
}
