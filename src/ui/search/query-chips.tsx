import { parseQuery, without } from '../../query.ts';
import { W } from './words.ts';

/** What of the query is understood as more than words, each with a way to take it out again. */
export function QueryChips({ query, onChange }: { query: string; onChange(query: string): void }) {
  const { pieces } = parseQuery(query);
  if (pieces.length === 0) return null;
  return (
    <ul class="chips" aria-label={W.filters}>
      {pieces.map((piece) => (
        <li key={piece.start} class="chip">
          <span dir="auto">{W.understood(piece.means)}</span>
          <button
            type="button"
            aria-label={W.removeFilter(query.slice(piece.start, piece.end))}
            onClick={() => onChange(without(query, piece))}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}
