import { useEffect, useRef, useState } from 'preact/hooks';
import { isCode } from '../../errors.ts';
import type { DeviceChoice as Choice, DeviceState } from '../../protocol.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { W } from './words.ts';

const CHOICES = ['auto', 'webgpu', 'wasm'] as const;

/** What runs the model, as the engine knows it; asked again whenever `again` is another. */
function useDevice(again: unknown): [DeviceState | null, () => Promise<DeviceState | null>] {
  const { engine } = useApp();
  const [state, setState] = useState<DeviceState | null>(null);
  const here = useRef(true);
  const load = async () => {
    const found = await engine.device().catch(() => null);
    if (found && here.current) setState(found);
    return found;
  };
  useEffect(() => {
    here.current = true;
    void load();
    return () => {
      here.current = false;
    };
  }, [engine, again]);
  return [state, load];
}

const sentence = (state: DeviceState | null): string =>
  state ? W.deviceSays[state.reason](state) : '';

/** Why the model runs where it runs, where there is something to say. */
export function DeviceSentence({ device }: { device: string }) {
  const [state] = useDevice(device);
  const text = sentence(state);
  return text ? <p class="quiet">{text}</p> : null;
}

/** What runs the model: a choice of WebGPU is tested before it is used. */
export function DeviceChoice() {
  const { engine } = useApp();
  const [state, load] = useDevice(engine.status.value.state);
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const test = async () => {
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    try {
      await engine.tryDevices({ signal: controller.signal });
    } finally {
      running.current = null;
    }
  };
  const choose = async (choice: Choice) => {
    const before = state?.choice ?? 'auto';
    try {
      await engine.setDevice(choice);
      const now = await load();
      if (choice === 'webgpu' && now?.due) await test();
    } catch (thrown) {
      const cancelled = isCode(thrown, 'cancelled');
      toast(cancelled ? W.deviceTrialCancelled : errorText(thrown));
      if (cancelled) await engine.setDevice(before).catch(() => {});
    }
    await load();
    setBusy(false);
  };
  return (
    <>
      <label class="field">
        {W.device}
        <select
          value={state?.choice ?? 'auto'}
          disabled={!state || busy}
          onChange={(event) => void choose(event.currentTarget.value as Choice)}
        >
          {CHOICES.map((one) => (
            <option key={one} value={one}>
              {W.devices[one]}
            </option>
          ))}
        </select>
      </label>
      {busy && (
        <p class="running-line">
          <progress aria-label={W.deviceTrying} />
          <span>{W.deviceTrying}</span>
          <button type="button" class="button small" onClick={() => running.current?.abort()}>
            {S.cancel}
          </button>
        </p>
      )}
      {/* There from the start, so that what changes is spoken. */}
      <p class="quiet" role="status" aria-label={W.deviceState}>
        {busy ? '' : sentence(state)}
      </p>
    </>
  );
}
