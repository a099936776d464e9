import { useState } from 'preact/hooks';
import { S } from '../core/strings.ts';
import { W } from './words.ts';
import './licences.css';

/** As scripts/licences.mjs writes it. */
interface LicencesFile {
  packages: { name: string; version: string; licence: string; text: number }[];
  texts: string[];
}

/** Read, and drawn, only when somebody wants to see them. */
export function Licences() {
  const [file, setFile] = useState<LicencesFile | null>(null);
  const [failed, setFailed] = useState(false);
  const load = async (open: boolean) => {
    if (!open || file) return;
    setFailed(false);
    try {
      const response = await fetch(new URL('licences.json', document.baseURI));
      if (!response.ok) throw new Error(`status ${response.status}`);
      setFile(await response.json());
    } catch {
      setFailed(true);
    }
  };
  return (
    <details onToggle={(event) => load(event.currentTarget.open)}>
      <summary>{W.licences}</summary>
      {failed && <p role="alert">{W.licencesFailed}</p>}
      {!file && !failed && <p class="quiet">{S.loading}</p>}
      {file && (
        <>
          <p class="quiet">{W.licencesHint(file.packages.length)}</p>
          <ul class="licences" aria-label={W.licences} translate={false}>
            {file.packages.map((one) => (
              <li key={`${one.name} ${one.version}`}>
                <Licence {...one} text={file.texts[one.text] ?? ''} />
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

function Licence({ name, version, licence, text }: Record<string, string>) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {name} {version} <span class="quiet">{licence}</span>
      </summary>
      {open && <pre>{text}</pre>}
    </details>
  );
}
