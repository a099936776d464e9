import { noteHref } from '../core/router.ts';
import { S, shown } from '../core/strings.ts';
import type { Scene } from './scene.ts';

/** Notes of a group listed at first. */
const SHOWN = 500;

/** What the map shows, in words: its groups and their notes. */
export function MapList({ scene, hits }: { scene: Scene; hits: ReadonlySet<string> | null }) {
  const groups = scene.clusters
    .map(({ label }, c) => {
      const all = scene.notes.slice(scene.starts[c], scene.starts[c + 1]);
      return { c, label, inside: hits ? all.filter(({ id }) => hits.has(id)) : all };
    })
    .filter(({ inside }) => inside.length > 0);
  return (
    <div>
      {groups.map(({ c, label, inside }, i) => (
        <details key={c} class="folder" open={i === 0 || hits !== null}>
          <summary>
            <span class="quiet">{S.noteCount(inside.length)}</span>
            <span dir="auto">{label}</span>
          </summary>
          <ul aria-label={label}>
            {inside.slice(0, SHOWN).map(({ id, title }) => (
              <li key={id}>
                <a href={noteHref(id)} dir="auto">
                  {shown(title)}
                </a>
              </li>
            ))}
            {inside.length > SHOWN && <li class="quiet">{S.moreLines(inside.length - SHOWN)}</li>}
          </ul>
        </details>
      ))}
    </div>
  );
}
