import { useState } from 'preact/hooks';
import { withoutExportIds } from '../../note-files.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { lazy } from '../core/parts/lazy.tsx';
import { W } from './words.ts';

const OrganiseDialog = lazy(
  () => import('../notes/organise-dialog.tsx').then((part) => part.OrganiseDialog),
  null,
);

/** Folder and tags, and the way to change them. */
export function NotePlace({ meta }: { meta: NoteMeta | null }) {
  const [asking, setAsking] = useState(false);
  if (!meta) return <span class="note-place" />;
  const place = [withoutExportIds(meta.path), meta.tags.map((tag) => `#${tag}`).join(' ')].filter(
    Boolean,
  );
  return (
    <span class="note-place">
      <button
        type="button"
        class="quiet"
        title={W.organise}
        aria-label={place.length > 0 ? `${W.organise}: ${place.join(', ')}` : undefined}
        onClick={() => setAsking(true)}
      >
        {place.length > 0 ? place.map((part) => <bdi key={part}>{part}</bdi>) : W.organise}
      </button>
      {asking && (
        <OrganiseDialog
          name={W.organise}
          notes={[meta]}
          folder
          tags
          onClose={() => setAsking(false)}
        />
      )}
    </span>
  );
}
