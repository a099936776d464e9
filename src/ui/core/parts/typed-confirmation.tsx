import { useState } from 'preact/hooks';
import { errorText } from '../errors-text.ts';
import { P } from '../page-strings.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import { DialogButton } from './dialog-button.tsx';

export interface TypedConfirmationProps {
  /** Of the button, and of the dialog that it opens. */
  name: string;
  /** What the button shows, where its name is longer. */
  shown?: string;
  hint: string;
  label: string;
  /** What must be typed. */
  word: string;
  run(): Promise<void>;
}

/** For what no Undo can bring back: a button whose dialog asks for a word. */
export function TypedConfirmation(props: TypedConfirmationProps) {
  const { name, shown } = props;
  return (
    <DialogButton name={name} shown={shown} class={`button final ${shown ? 'small' : ''}`}>
      {(close) => <Question {...props} close={close} />}
    </DialogButton>
  );
}

function Question(props: TypedConfirmationProps & { close(): void }) {
  const { name, hint, label, word, run, close } = props;
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const right = typed.trim().toLocaleLowerCase() === word.trim().toLocaleLowerCase();
  const confirm = async () => {
    setBusy(true);
    try {
      await run();
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
        if (right && !busy) void confirm();
      }}
    >
      <h2 dir="auto">{name}</h2>
      <p class="quiet">{hint}</p>
      <label class="field column">
        {label}
        <input
          type="text"
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={close}>
          {S.cancel}
        </button>
        <button type="submit" class="button final" disabled={!right || busy}>
          {P.delete}
        </button>
      </div>
    </form>
  );
}
