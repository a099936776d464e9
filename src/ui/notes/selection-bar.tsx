import { useState } from 'preact/hooks';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { exportMarkdown } from '../backup/export-markdown.ts';
import { useApp } from '../core/context.ts';
import { P } from '../core/page-strings.ts';
import { S } from '../core/strings.ts';
import { removeManyWithUndo } from '../trash/remove-many.ts';
import { L } from './later-words.ts';
import { OrganiseDialog } from './organise-dialog.tsx';
import { pinNotes } from './pin-notes.ts';
import { W } from './words.ts';

interface Props {
  all: readonly NoteMeta[];
  chosen: readonly NoteMeta[];
  onAll(): void;
  onDone(): void;
}

/** What can be done with the notes that are selected. */
export function SelectionBar({ chosen, onAll, onDone }: Props) {
  const ctx = useApp();
  const [asking, setAsking] = useState<'folder' | 'tags' | null>(null);
  const none = chosen.length === 0;
  const pin = !chosen.every(({ pinned }) => pinned);
  return (
    <div class="list-bar selection" role="toolbar" aria-label={W.select}>
      <span role="status" class="selected-count">
        {L.selected(chosen.length)}
      </span>
      <button type="button" class="button small bare" onClick={onAll}>
        {L.selectAll}
      </button>
      <button type="button" class="button small bare" onClick={onDone}>
        {L.done}
      </button>
      <span class="list-acts">
        <button
          type="button"
          class="button small"
          disabled={none}
          onClick={() => setAsking('folder')}
        >
          {L.move}
        </button>
        <button
          type="button"
          class="button small"
          disabled={none}
          onClick={() => setAsking('tags')}
        >
          {L.tagVerb}
        </button>
        <button
          type="button"
          class="button small"
          disabled={none}
          onClick={() => void pinNotes(ctx, chosen, pin)}
        >
          {pin || none ? S.pin : S.unpin}
        </button>
        <button
          type="button"
          class="button small"
          disabled={none}
          onClick={() => void exportMarkdown(ctx, chosen)}
        >
          {L.export}
        </button>
        <button
          type="button"
          class="button small"
          disabled={none}
          onClick={async () => {
            if (await removeManyWithUndo(ctx, chosen)) onDone();
          }}
        >
          {P.delete}
        </button>
      </span>
      {asking && (
        <OrganiseDialog
          name={asking === 'folder' ? L.move : L.tags}
          notes={chosen}
          folder={asking === 'folder'}
          tags={asking === 'tags'}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
