import {
  APPEARANCE,
  type Aspect,
  appearance,
  chooseAppearance,
  isValue,
} from '../core/appearance.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { toast } from '../core/toasts.tsx';
import { W } from './words.ts';

/** Theme, size of text, density, and the language of dates. */
export function AppearanceChoices() {
  return (
    <>
      <Choice aspect="theme" names={W.themes} />
      <Choice aspect="textSize" names={W.textSizes} />
      <Choice aspect="density" names={W.densities} />
      <Choice aspect="dates" names={{ browser: W.datesOfBrowser }} />
    </>
  );
}

interface Props {
  aspect: Aspect;
  names: Readonly<Record<string, string>>;
}

function Choice({ aspect, names }: Props) {
  const { workspaces } = useApp();
  const choose = (value: string) => {
    if (!isValue(aspect, value)) return;
    chooseAppearance(aspect, value);
    workspaces.setSetting(aspect, value).catch((thrown) => toast(errorText(thrown)));
  };
  return (
    <label class="field">
      {W.aspects[aspect]}
      <select
        value={appearance.value[aspect]}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {APPEARANCE[aspect].map((value) => (
          <option key={value} value={value} lang={names[value] ? undefined : value}>
            {names[value] ?? languageName(value)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** In the language itself: whoever wants it can read it. */
const languageName = (tag: string): string =>
  new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
