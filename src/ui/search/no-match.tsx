import { parseQuery } from '../../query.ts';
import { useApp } from '../context.ts';
import { go, noteHref } from '../router.ts';
import { S } from '../strings.ts';

/** Nothing was found: it can be written. */
export function NoMatch({ query, close }: { query: string; close(): void }) {
  const { newId } = useApp();
  const title = parseQuery(query).text.replace(/\s+/g, ' ');
  const write = (options: { title?: string }) => {
    close();
    go(noteHref(newId(), { fresh: true, ...options }));
  };
  return (
    <div class="no-match">
      <p>{S.noMatch}</p>
      <div class="ways">
        {title && (
          <button type="button" class="button primary" dir="auto" onClick={() => write({ title })}>
            {S.createNoteCalled(title)}
          </button>
        )}
        <button type="button" class="button" onClick={() => write({})}>
          {S.newNote}
        </button>
      </div>
    </div>
  );
}
