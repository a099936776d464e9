import { withoutExportIds } from '../../note-files.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { dateLang, exactDate, relativeDate } from '../core/format.ts';
import { Icon } from '../core/parts/icons.tsx';
import { noteHref } from '../core/router.ts';
import { S, shown } from '../core/strings.ts';
import { W } from './words.ts';

interface Props {
  note: NoteMeta;
  now: number;
  /** It is a conflict copy of another. */
  isCopy: boolean;
  /** Null while nothing is being selected. */
  selected: boolean | null;
  onToggle(range: boolean): void;
}

/** A note in the list: its title, date, place and tags. */
export function NoteRow({ note, now, isCopy, selected, onToggle }: Props) {
  const selecting = selected !== null;
  return (
    <>
      {selecting && (
        <input
          type="checkbox"
          class="row-check"
          aria-label={W.selectNote(shown(note.title))}
          checked={selected}
          onClick={(event) => onToggle(event.shiftKey)}
        />
      )}
      <a
        class={selecting ? 'note-row selecting' : 'note-row'}
        href={noteHref(note.id)}
        onClick={(event) => {
          if (!selecting || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          onToggle(event.shiftKey);
        }}
      >
        <span class="note-title" dir="auto">
          {shown(note.title)}
        </span>
        <span class="note-date">
          {note.pinned && (
            <span class="pinned" role="img" aria-label={W.pinned}>
              <Icon name="pin" />
            </span>
          )}
          <time
            lang={dateLang()}
            dateTime={isoDate(note.modified)}
            title={exactDate(note.modified)}
          >
            {relativeDate(note.modified, now)}
          </time>
        </span>
        <span class="note-path">
          {isCopy && <strong>{W.conflictCopy} </strong>}
          <bdi>{withoutExportIds(note.path) || S.writtenHere}</bdi>
          {note.tags.length > 0 && <bdi class="note-tags">{tagLine(note.tags)}</bdi>}
        </span>
      </a>
    </>
  );
}

/** A thousand tags are no line. */
const tagLine = (tags: readonly string[]): string =>
  tags
    .slice(0, 8)
    .map((tag) => `#${tag}`)
    .join(' ');

function isoDate(time: number): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
