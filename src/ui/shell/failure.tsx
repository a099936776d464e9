/** All that can be shown when not even the notes could be opened. */
export function Failure({ text }: { text: string }) {
  return (
    <main class="failure">
      <h1>Findling</h1>
      <p role="alert">{text}</p>
      <button type="button" onClick={() => location.reload()}>
        Reload
      </button>
    </main>
  );
}
