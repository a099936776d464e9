import { useState } from 'preact/hooks';
import { download } from '../core/download.ts';
import { S } from '../core/strings.ts';
import { csv } from './csv.ts';
import type { ImportResult, Skipped } from './importer.ts';
import { W } from './words.ts';

/** Rows shown at first, and added at a time. */
const PAGE = 200;
/** Rows from which on reasons can be chosen. */
const WORTH_CHOOSING = 12;

/** Files and why; of many, one reason can be looked at alone. */
export function SkippedTable({ title, entries }: { title: string; entries: Skipped[] }) {
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState(PAGE);
  if (entries.length === 0) return null;
  const reasons = new Map<string, number>();
  for (const entry of entries) reasons.set(entry.reason, (reasons.get(entry.reason) ?? 0) + 1);
  const wanted = reason ? entries.filter((entry) => entry.reason === reason) : entries;
  return (
    <>
      <div class="import-table-head">
        <h2>{title}</h2>
        {reasons.size > 1 && entries.length >= WORTH_CHOOSING && (
          <select
            aria-label={W.importReason}
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value);
              setShown(PAGE);
            }}
          >
            <option value="">{S.withCount(W.allReasons, entries.length)}</option>
            {[...reasons].map(([name, total]) => (
              <option key={name} value={name}>
                {S.withCount(name, total)}
              </option>
            ))}
          </select>
        )}
      </div>
      <table class="import-table" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{W.importFile}</th>
            <th scope="col">{W.importWhy}</th>
          </tr>
        </thead>
        <tbody>
          {wanted.slice(0, shown).map(({ path, reason: why }, i) => (
            <tr key={i}>
              <td dir="auto">{path}</td>
              <td class="quiet">{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {wanted.length > shown && (
        <p>
          <button type="button" class="link" onClick={() => setShown(shown + PAGE)}>
            {S.moreLines(wanted.length - shown)}
          </button>
        </p>
      )}
    </>
  );
}

/** Hands over what was skipped, and what there was to remark, for a spreadsheet. */
export function downloadList({ skipped, remarks }: ImportResult): void {
  const rows = (outcome: string, entries: Skipped[]) =>
    entries.map(({ path, reason }) => [path, outcome, reason]);
  const table = csv([
    [W.importFile, W.importOutcome, W.importReason],
    ...rows(W.importSkipped, skipped),
    ...rows(W.importRemarks, remarks),
  ]);
  download(new Blob([table], { type: 'text/csv;charset=utf-8' }), 'findling-import.csv');
}
