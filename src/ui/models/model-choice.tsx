import { useEffect, useState } from 'preact/hooks';
import type { ModelChoice as Choice } from '../../protocol.ts';
import { bytesToLoad } from '../../storage/models/description.ts';
import { openImportedModels } from '../../storage/models/imported.ts';
import { appFolder } from '../core/app-folder.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { bytes } from '../core/format.ts';
import { toast } from '../core/toasts.tsx';
import { type HostedModel, hostedModels, isImportedOf } from './hosted.ts';
import { type Candidate, ModelCheck } from './model-check.tsx';
import { ModelImport } from './model-import.tsx';
import { W } from './words.ts';

const nameOf = ({ id, name }: Choice): string => name ?? W.models[id] ?? id;
/** Before a hosted model's id in the menu; no model's own id has a colon. */
const HOSTED = 'hosted:';

/** Hosted models that were not imported yet, and what of their list is bad. */
async function offered(): Promise<{ models: HostedModel[]; bad: string[] }> {
  const base = appFolder();
  const imported = await openImportedModels(base)
    .list()
    .catch(() => []);
  const { models, bad } = await hostedModels(base);
  return {
    models: models.filter((one) => !imported.some(({ files }) => isImportedOf(one, files))),
    bad,
  };
}

/** Which model this workspace is searched with, and how far a change has come. */
export function ModelChoice() {
  const { engine } = useApp();
  const [choices, setChoices] = useState<Choice[]>([]);
  const [hosted, setHosted] = useState<HostedModel[]>([]);
  const [bad, setBad] = useState<string[]>([]);
  const [candidate, setCandidate] = useState<Candidate | null>(null);
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
  const readHosted = () =>
    offered().then((found) => {
      setHosted(found.models);
      setBad(found.bad);
    });
  useEffect(() => {
    void readHosted();
  }, []);
  const building = choices.find((one) => one.state === 'building');
  const wanted = building ?? choices.find((one) => one.state === 'active');
  const reload = async () => {
    try {
      setChoices(await engine.models());
      await readHosted();
    } catch (thrown) {
      toast(errorText(thrown));
    }
  };
  const use = async (id: string) => {
    try {
      await engine.chooseModel(id);
    } catch (thrown) {
      toast(errorText(thrown));
    }
    await reload();
  };
  const choose = (value: string) => {
    const offer = hosted.find(({ id }) => HOSTED + id === value);
    const choice = choices.find(({ id }) => id === value);
    if (offer) setCandidate({ name: offer.name, id: null, hosted: offer });
    else if (choice && !choice.agreed) {
      setCandidate({ name: nameOf(choice), id: choice.id, hosted: null });
    } else void use(value);
  };
  const decided = async (id: string | null) => {
    setCandidate(null);
    if (!id) return reload();
    await openImportedModels(appFolder()).amend(id, { agreed: true });
    await use(id);
  };
  return (
    <>
      <label class="field">
        {W.model}
        <select
          // What was picked is shown as in use only once it is.
          key={candidate ? 'asking' : 'settled'}
          value={wanted?.id ?? ''}
          disabled={choices.length === 0}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {choices.map((one) => (
            <option key={one.id} value={one.id}>
              {W.modelOption(nameOf(one), bytes(one.bytes))}
            </option>
          ))}
          {hosted.map((one) => (
            <option key={HOSTED + one.id} value={HOSTED + one.id}>
              {W.modelOption(one.name, bytes(bytesToLoad(one.files)))}
            </option>
          ))}
        </select>
      </label>
      {wanted?.name === null && <p class="quiet">{W.modelLanguages}</p>}
      <p class="quiet">{building ? W.modelBuilding(nameOf(building)) : W.modelHint}</p>
      {bad.length > 0 && <p class="quiet">{W.hostedBad(bad.join(', '))}</p>}
      {candidate && <ModelCheck candidate={candidate} onClose={(id) => void decided(id)} />}
      <ModelImport choices={choices} onChange={reload} />
    </>
  );
}
