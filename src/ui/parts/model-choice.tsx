import { useEffect, useState } from 'preact/hooks';
import type { ModelChoice as Choice } from '../../protocol.ts';
import { useApp } from '../context.ts';
import { errorText } from '../errors-text.ts';
import { bytes } from '../format.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import { ModelImport } from './model-import.tsx';

const nameOf = ({ id, name }: Choice): string => name ?? S.models[id] ?? id;

/** Which model this workspace is searched with, and how far a change has come. */
export function ModelChoice() {
  const { engine } = useApp();
  const [choices, setChoices] = useState<Choice[]>([]);
  const { state } = engine.status.value;
  // A change begins and ends with a change of state; nothing else says so to a page.
  useEffect(() => {
    let here = true;
    engine.models().then(
      (found) => {
        if (here) setChoices(found);
      },
      () => {},
    );
    return () => {
      here = false;
    };
  }, [engine, state]);
  const building = choices.find((one) => one.state === 'building');
  const wanted = building ?? choices.find((one) => one.state === 'active');
  const reload = async () => {
    try {
      setChoices(await engine.models());
    } catch (thrown) {
      toast(errorText(thrown));
    }
  };
  const choose = async (id: string) => {
    try {
      await engine.chooseModel(id);
    } catch (thrown) {
      toast(errorText(thrown));
    }
    await reload();
  };
  return (
    <>
      <label class="field">
        {S.model}
        <select
          value={wanted?.id ?? ''}
          disabled={choices.length === 0}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {choices.map((one) => (
            <option key={one.id} value={one.id}>
              {S.modelOption(nameOf(one), bytes(one.bytes))}
            </option>
          ))}
        </select>
      </label>
      {wanted?.name === null && <p class="quiet">{S.modelLanguages}</p>}
      <p class="quiet">{building ? S.modelBuilding(nameOf(building)) : S.modelHint}</p>
      <ModelImport choices={choices} onChange={reload} />
    </>
  );
}
