import { useState } from 'preact/hooks';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { useApp } from '../context.ts';
import { removeManyWithUndo } from '../editor/undo.ts';
import { exportMarkdown } from '../export-markdown.ts';
import { pinNotes } from '../organise.ts';
import { P } from '../page-strings.ts';
import { OrganiseDialog } from '../parts/organise-dialog.tsx';
import { S } from '../strings.ts';

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
    <div class="list-bar selection" role="toolbar" aria-label={S.select}>
      <span role="status" class="selected-count">
        {P.selected(chosen.length)}
      </span>
      <button type="button" class="button small bare" onClick={onAll}>
        {P.selectAll}
      </button>
      <button type="button" class="button small bare" onClick={onDone}>
        {P.done}
      </button>
      <span class="list-acts">
        <button
          type="button"
          class="button small"
          disabled={none}
          onClick={() => setAsking('folder')}
        >
          {P.move}
        </button>
        <button
          type="button"
          class="button small"
          disabled={none}
          onClick={() => setAsking('tags')}
        >
          {P.tagVerb}
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
          {P.export}
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
          name={asking === 'folder' ? P.move : P.tags}
          notes={chosen}
          folder={asking === 'folder'}
          tags={asking === 'tags'}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
