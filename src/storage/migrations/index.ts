import { initial } from './0001-initial.ts';
import { linksUndoAttachments } from './0002-links-undo-attachments.ts';
import { segments } from './0003-segments.ts';
import { passageRows } from './0004-passage-rows.ts';
import { withoutTexts } from './0005-without-texts.ts';
import { metaChanged } from './0006-meta-changed.ts';
import { files } from './0007-files.ts';
import type { Migration, UpgradeDb, UpgradeTx } from './migration.ts';

/**
 * Entry n-1 brings a database from version n-1 to n. Append only. A fresh install walks the same
 * steps as an old one.
 */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  linksUndoAttachments,
  segments,
  passageRows,
  withoutTexts,
  metaChanged,
  files,
];

/** IndexedDB's version of a workspace's database. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Runs the steps after version `from`, in order, in one version change.
 * @param from 0 for a new database
 */
export async function migrate(db: UpgradeDb, tx: UpgradeTx, from: number): Promise<void> {
  for (const step of MIGRATIONS.slice(from)) await step(db, tx);
}
