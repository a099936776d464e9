import { parseQuery } from '../../query.ts';
import { useApp } from '../core/context.ts';
import { S } from '../core/strings.ts';
import { newNote } from '../editor/new-note.ts';
import { W } from './words.ts';

/** Nothing was found: it can be written. */
export function NoMatch({ query, close }: { query: string; close(): void }) {
  const ctx = useApp();
  const title = parseQuery(query).text.replace(/\s+/g, ' ');
  const write = (called?: string) => {
    close();
    newNote(ctx, called);
  };
  return (
    <div class="no-match">
      <p>{W.noMatch}</p>
      <div class="ways">
        {title && (
          <button type="button" class="button primary" dir="auto" onClick={() => write(title)}>
            {W.createNoteCalled(title)}
          </button>
        )}
        <button type="button" class="button" onClick={() => write()}>
          {S.newNote}
        </button>
      </div>
    </div>
  );
}
