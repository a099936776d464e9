import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { P } from '../core/page-strings.ts';
import { TypedConfirmation } from '../core/parts/typed-confirmation.tsx';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { foundWorkspaces } from './found-workspaces.ts';
import { L } from './later-words.ts';
import './decision.css';

/** Notes that belong to no workspace of the list: kept as one, or deleted. */
export function FoundNotes() {
  const { keepFound, removeFound, switchTo } = useApp();
  const keep = async (id: string) => {
    try {
      const record = await keepFound(id);
      const open = () => switchTo(record).catch((thrown: unknown) => toast(errorText(thrown)));
      toast(L.foundKept(record.name), { label: L.open, run: () => void open() });
    } catch (thrown) {
      toast(errorText(thrown));
    }
  };
  return (
    <>
      {foundWorkspaces.value.map(({ id, notes }) => (
        <section key={id} class="decision" aria-label={S.foundNotes}>
          <div>
            <h2>{S.foundNotes}</h2>
            <p>{L.foundHint(notes)}</p>
          </div>
          <button type="button" class="button" onClick={() => keep(id)}>
            {L.keep}
          </button>
          <TypedConfirmation
            name={L.deleteFound}
            shown={P.delete}
            hint={L.deleteFoundHint(notes)}
            label={P.deleteAllType}
            word={P.deleteAllWord}
            run={async () => {
              await removeFound(id);
              toast(L.foundDeleted);
            }}
          />
        </section>
      ))}
    </>
  );
}
