import './file-picker.css';

interface Props {
  name: string;
  folder: boolean;
  /** Of single files, as the input's `accept`; a folder has all kinds. */
  accept: string;
  multiple?: boolean;
  primary?: boolean;
  busy: boolean;
  onPick(files: File[]): void;
}

/** A button that lets files, or a folder, be picked. */
export function FilePicker({ name, folder, accept, multiple, primary, busy, onPick }: Props) {
  return (
    <label class={`button ${primary ? 'primary ' : ''}picker${busy ? ' busy' : ''}`}>
      {name}
      <input
        ref={(input) => {
          if (input) input.webkitdirectory = folder;
        }}
        type="file"
        multiple={multiple}
        accept={folder ? undefined : accept}
        disabled={busy}
        onChange={({ currentTarget: input }) => {
          const picked = Array.from(input.files ?? []);
          // Choosing the same again is a change too.
          input.value = '';
          if (picked.length > 0) onPick(picked);
        }}
      />
    </label>
  );
}
