import type { Notice } from '../engine-types.ts';
import { S } from '../strings.ts';

/** One sentence, what can be done about it, and a way to be rid of it. */
export function NoticeLine({ notice }: { notice: Notice | null }) {
  if (!notice) return null;
  const { kind, text, action, dismiss } = notice;
  return (
    <div class={`engine-notice is-${kind}`}>
      <p role={kind}>{text}</p>
      {action && (
        <button type="button" class="link" onClick={action.run}>
          {action.label}
        </button>
      )}
      {dismiss && (
        <button type="button" class="icon" aria-label={S.dismiss} onClick={dismiss}>
          ×
        </button>
      )}
    </div>
  );
}
