import { useEffect, useState } from 'preact/hooks';
import type { ModelChoice as Choice } from '../../protocol.ts';
import { useApp } from '../context.ts';
import { errorText } from '../errors-text.ts';
import { bytes } from '../format.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';

const nameOf = (id: string): string => S.models[id] ?? id;

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
  const choose = async (id: string) => {
    try {
      await engine.chooseModel(id);
      setChoices(await engine.models());
    } catch (thrown) {
      toast(errorText(thrown));
    }
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
          {choices.map(({ id, bytes: size }) => (
            <option key={id} value={id}>
              {S.modelOption(nameOf(id), bytes(size))}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet">{S.modelLanguages}</p>
      <p class="quiet">{building ? S.modelBuilding(nameOf(building.id)) : S.modelHint}</p>
    </>
  );
}
