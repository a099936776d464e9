import { useEffect, useState } from 'preact/hooks';
import { withoutExportIds } from '../../note-files.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { useApp } from '../core/context.ts';
import { type ListChoice, listHref, replaceAddress, type Sort } from '../core/router.ts';
import { S } from '../core/strings.ts';
import { openToday } from './daily.ts';
import { foldersOf, type Named, tagsOf } from './list-choice.ts';
import { W } from './words.ts';

/** Delay before folders and tags are counted, ms: the list itself is drawn first. */
const SOON_MS = 60;
/** Orders, as they are offered. */
const SORTS: Sort[] = ['modified', 'created', 'title'];

interface ListBarProps {
  notes: NoteMeta[];
  choice: ListChoice;
  onSelect(): void;
}

/** What of the list is shown, in which order, and what can be done with it. */
export function ListBar({ notes, choice, onSelect }: ListBarProps) {
  const ctx = useApp();
  const folders = useSoon(notes, foldersOf);
  const tags = useSoon(notes, tagsOf);
  const choose = (change: ListChoice) => replaceAddress(listHref({ ...choice, ...change }));
  return (
    <div class="list-bar">
      {notes.some(({ path }) => path.includes('/')) && (
        <Choice
          label={W.folder}
          all={W.allFolders}
          none={W.noFolder}
          names={folders}
          value={choice.folder}
          onChoose={(folder) => choose({ folder })}
        />
      )}
      {notes.some((note) => note.tags.length > 0) && (
        <Choice
          label={W.tag}
          all={W.allTags}
          none=""
          names={tags}
          value={choice.tag}
          onChoose={(tag) => choose({ tag })}
        />
      )}
      <select
        class="compact"
        aria-label={W.sortBy}
        value={choice.sort ?? 'modified'}
        onChange={(event) => choose({ sort: event.currentTarget.value as Sort })}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {W.sorts[sort]}
          </option>
        ))}
      </select>
      <span class="list-acts">
        <button type="button" class="button small bare" onClick={() => void openToday(ctx)}>
          {W.todaysNote}
        </button>
        <button type="button" class="button small bare" onClick={onSelect}>
          {W.select}
        </button>
      </span>
    </div>
  );
}

/** Of a folder or a tag. */
const shownName = withoutExportIds;

/** Counted when the list itself has been drawn: a thousand tags take a while. */
function useSoon(notes: NoteMeta[], count: (notes: NoteMeta[]) => Named[]): Named[] {
  const [named, setNamed] = useState<Named[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setNamed(count(notes)), SOON_MS);
    return () => clearTimeout(timer);
  }, [notes]);
  return named;
}

interface ChoiceProps {
  label: string;
  all: string;
  none: string;
  names: Named[];
  value: string | undefined;
  onChoose(name: string | undefined): void;
}

/** Index 0 stands for all: a name may be empty. */
function Choice({ label, all, none, names, value, onChoose }: ChoiceProps) {
  const gone = value !== undefined && !names.some(({ name }) => name === value);
  const options = gone ? [...names, { name: value, count: 0 }] : names;
  return (
    <select
      class="compact"
      aria-label={label}
      value={String(options.findIndex(({ name }) => name === value) + 1)}
      onChange={(event) => onChoose(options[Number(event.currentTarget.value) - 1]?.name)}
    >
      <option value="0">{all}</option>
      {options.map(({ name, count }, i) => (
        <option key={name} value={String(i + 1)}>
          {count > 0 ? S.withCount(shownName(name) || none, count) : shownName(name) || none}
        </option>
      ))}
    </select>
  );
}
