import { useEffect, useState } from 'preact/hooks';
import type { NoteVersion } from '../../../storage/notes/index.ts';
import { useApp } from '../../core/context.ts';
import { dateLang, exactDate } from '../../core/format.ts';
import { shown } from '../../core/strings.ts';
import { L } from './version-words.ts';
import './versions.css';

interface Props {
  id: string;
  revision: number;
  onUse(version: { title: string; text: string }): void;
}

/** Texts that others took the place of, newest first, and the way back to each. */
export function Versions({ id, revision, onUse }: Props) {
  const { notes, engine } = useApp();
  const [versions, setVersions] = useState<NoteVersion[]>([]);
  const changed = engine.notesVersion.value;
  useEffect(() => {
    let here = true;
    notes.versions(id).then(
      (found) => {
        if (here) setVersions(found.reverse());
      },
      () => {},
    );
    return () => {
      here = false;
    };
  }, [id, revision, changed]);
  if (versions.length === 0) return null;
  return (
    <details class="versions">
      <summary>{L.versions(versions.length)}</summary>
      <ul>
        {versions.map((version) => (
          <li key={version.id}>
            <Version version={version} onUse={onUse} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Twenty texts are drawn only as they are asked for. */
function Version({ version, onUse }: { version: NoteVersion } & Pick<Props, 'onUse'>) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span lang={dateLang()}>{exactDate(version.at)}</span>
        <span class="quiet">{L.versionWhy[version.why]}</span>
      </summary>
      {open && (
        <>
          <p class="version-title" dir="auto">
            {shown(version.title)}
          </p>
          {version.tags && (
            <p class="quiet">{L.versionAlso(version.tags, version.path, version.pinned)}</p>
          )}
          <pre dir="auto">{version.text}</pre>
          <button
            type="button"
            class="button small"
            onClick={() => onUse({ title: version.title, text: version.text })}
          >
            {L.useVersion}
          </button>
        </>
      )}
    </details>
  );
}
