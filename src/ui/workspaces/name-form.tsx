import { useState } from 'preact/hooks';
import { errorText } from '../core/errors-text.ts';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { W } from './words.ts';

/** Longest name, UTF-16 units. */
const LONGEST_NAME = 60;

interface Props {
  title: string;
  hint?: string;
  /** What stands in the field at first. */
  name: string;
  /** Of the button. */
  submit: string;
  /** With the name, trimmed; a failure is told, and the form stays. */
  run(name: string): Promise<unknown>;
  close(): void;
}

/** Asks for a workspace's name. */
export function NameForm({ title, hint, name: first, submit, run, close }: Props) {
  const [name, setName] = useState(first);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      await run(name.trim().slice(0, LONGEST_NAME));
      close();
    } catch (thrown) {
      toast(errorText(thrown));
      setBusy(false);
    }
  };
  return (
    <form
      method="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() && !busy) void go();
      }}
    >
      <h2 dir="auto">{title}</h2>
      {hint && <p class="quiet">{hint}</p>}
      <label class="field">
        {W.workspaceName}
        <input
          type="text"
          value={name}
          maxLength={LONGEST_NAME}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={close}>
          {S.cancel}
        </button>
        <button type="submit" class="button primary" disabled={!name.trim() || busy}>
          {submit}
        </button>
      </div>
    </form>
  );
}
