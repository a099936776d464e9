import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const TRIES = 5;

/** Writes the files beside, then swaps the folder in: nobody ever sees half of it. */
export async function swapInFolder(target, files, scratch) {
  await mkdir(scratch, { recursive: true });
  await mkdir(dirname(target), { recursive: true });
  const temporary = await mkdtemp(join(scratch, 'model-'));
  try {
    const fresh = join(temporary, 'new');
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(fresh, path)), { recursive: true });
      await writeFile(join(fresh, path), bytes);
    }
    for (let attempt = 1; !(await swap(fresh, target, join(temporary, `old${attempt}`))); ) {
      if (attempt++ === TRIES) throw new Error(`Other builds keep writing ${target}.`);
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function swap(fresh, target, old) {
  await rename(target, old).catch(ignore('ENOENT'));
  // A build that runs at the same time may have put its own folder there just now.
  return rename(fresh, target).then(() => true, ignore('ENOTEMPTY', 'EEXIST'));
}

function ignore(...codes) {
  return (error) => {
    if (!codes.includes(error.code)) throw error;
    return false;
  };
}
