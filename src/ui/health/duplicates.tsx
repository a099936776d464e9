import { useState } from 'preact/hooks';
import { withoutExportIds } from '../../note-files.ts';
import { folderOfPath } from '../../paths.ts';
import type { NoteName } from '../../protocol.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { noteHref } from '../core/router.ts';
import { shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { W } from './words.ts';

/** Groups shown at most. */
const MOST_GROUPS = 50;

/** Nearly identical notes, looked for when asked: it reads all words of all notes. */
export function Duplicates() {
  const { engine } = useApp();
  const [groups, setGroups] = useState<NoteName[][] | null>(null);
  const [looking, setLooking] = useState(false);
  const look = async () => {
    setLooking(true);
    try {
      setGroups(await engine.duplicates(MOST_GROUPS));
    } catch (thrown) {
      toast(errorText(thrown));
    }
    setLooking(false);
  };
  return (
    <section>
      <h2 id="duplicates">{W.duplicatesTitle}</h2>
      <p>
        <button type="button" class="button" disabled={looking} onClick={look}>
          {W.findDuplicates}
        </button>
      </p>
      <p class="quiet" role="status" aria-labelledby="duplicates">
        {groups && (groups.length > 0 ? W.duplicatesHint : W.noDuplicates)}
      </p>
      {groups?.map((group) => (
        <ul key={group[0]!.note} class="failed-notes" aria-labelledby="duplicates">
          {group.map(({ note, title, path }) => (
            <li key={note}>
              <a href={noteHref(note)} dir="auto">
                {shown(title)}
              </a>
              <span class="quiet" dir="auto">
                {withoutExportIds(folderOfPath(path))}
              </span>
            </li>
          ))}
        </ul>
      ))}
    </section>
  );
}
